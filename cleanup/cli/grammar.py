"""`cleanup grammar`: engines that are asked about grammar."""

import click

from cleanup.cli.said import out, say


@click.group()
def grammar() -> None:
    """Engines that `--grammar` asks."""


@grammar.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8081, show_default=True, help="Where it listens.")
def serve(port: int) -> int:
    """Run LanguageTool in the foreground, from the jars in $LTP_PATH, until it is interrupted.

    Only this machine reaches it. Runs that ask it start at once, and share what it has warmed up.
    """
    from cleanup.grammar.server import Server

    server = Server()
    server.start(port)
    out(f"export LANGUAGETOOL_URL={server.address}\n")
    try:
        code = server.wait()
    except KeyboardInterrupt:
        return 0
    say(f"cleanup: LanguageTool has ended (exit {code})")
    return 3

"""Measure, as ratios in one run, what the README says about speed: start-up, one file, many rules, large texts.

    pip install '.[bench]' && python benchmarks/run.py [FOLDER]    # LTP_PATH=FOLDER measures LanguageTool too

What a user has is measured: a wheel in an environment of its own, made for this run (a wheel has its
packs compiled; a checkout reads YAML). With a FOLDER of Markdown pages the hook is measured over
them, as they are and marked with a `transcript:` key. Each row is a figure and its goal; a goal that
is missed is printed so, and the exit code stays 0.
"""

import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from cleanup.literals import FLAGS, keys
from cleanup.matching import Matcher, Needle

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "harbour-strike.txt"
MARK = b"transcript: {}\n"


def installed(folder: Path) -> Path:
    """Return the commands of an environment with this project, as a wheel, and codespell in it."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    pip = (folder / "bin" / "python", "-m", "pip", "--quiet", "--disable-pip-version-check", "install")
    subprocess.run([*pip, f"{ROOT}[bench]"], check=True)
    return folder / "bin"


def pages(source: Path, folder: Path) -> tuple[list[str], list[str]]:
    """Copy the pages of a folder, as they are and marked; return the names of both."""
    plain, marked = [], []
    for number, page in enumerate(sorted(source.rglob("*.md"))):
        data = page.read_bytes()
        head = b"---\n" + MARK if data.startswith(b"---\n") else b"---\n" + MARK + b"---\n"
        for name, text, names in (("plain", data, plain), ("marked", head + data.removeprefix(b"---\n"), marked)):
            names.append(str(folder / f"{name}-{number}.md"))
            Path(names[-1]).write_bytes(text)
    return plain, marked


def text(size: int, seed: int = 1) -> str:
    """Return a transcript of about `size` characters, made of the example's turns in another order."""
    turns = EXAMPLE.read_text("utf-8").split("\n\n")[4:-4]
    rng = random.Random(seed)
    pieces: list[str] = []
    total = 0
    while total < size:
        piece = rng.choice(turns)
        pieces.append(piece)
        total += len(piece) + 2
    return "\n\n".join(pieces) + "\n"


def seconds(*command: str) -> float:
    """Return the CPU seconds of one run of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ratio(a: tuple[str, ...], b: tuple[str, ...], runs: int = 11) -> float:
    """Return the median of a / b, pair by pair, so that a drift of the machine falls on both."""
    return statistics.median(seconds(*a) / seconds(*b) for _ in range(runs))


def peak(*command: str) -> float:
    """Return the peak memory of a command in bytes, measured by a process of its own."""
    probe = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", probe, *command], capture_output=True, text=True, check=True)
    return int(done.stdout) * 1024


def took(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def patterns(count: int) -> list[str]:
    """Return made-up rules: six in ten are terms, the others patterns with a literal."""
    rng = random.Random(2)
    words = re.findall(r"[a-z]{4,}", EXAMPLE.read_text("utf-8").lower())
    made = []
    for number in range(count):
        word = rng.choice(words) + (f"{number % 97}" if number % 3 else "")
        made.append(rf"\b{word}\b" if number % 10 < 6 else rf"\b{word} (?:and|or|the) \w{{1,12}}")
    return made


def against_loop(count: int) -> float:
    """Return how many times faster the matcher is than a loop of `re` over the same rules."""
    rules = patterns(count)
    sample = text(7_000)
    matcher = Matcher([Needle(i, rule, keys(rule)) for i, rule in enumerate(rules)])
    compiled = [re.compile(rule, FLAGS) for rule in rules]
    for _ in matcher.find(sample):
        pass
    own = min(took(lambda: [list(matcher.find(sample)) for _ in range(20)]) for _ in range(3))
    loop = min(took(lambda: [[list(p.finditer(sample)) for p in compiled] for _ in range(20)]) for _ in range(3))
    return loop / own


def hook(folder: Path, source: Path | None, commands: Path) -> Iterator[tuple[str, float, str]]:
    """Yield what the hook takes: on one page that has changed, and over the pages of a folder."""
    cleanup, python, codespell = (str(commands / name) for name in ("cleanup", "python", "codespell"))
    page = folder / "page.md"
    page.write_bytes(b"---\ntitle: Harbour strike\n" + MARK + b"---\n\n" + text(11_000).encode())
    one = ratio((cleanup, "fix", "--", str(page)), (python, "-c", "import click, yaml"))
    yield "`cleanup fix` of one page against `import click, yaml`", one, "<= 2.5"
    if source:
        plain, marked = pages(source, folder)
        seconds(cleanup, "fix", "--", *marked)  # what is to be fixed there is fixed now
        for name, names, goal in (("pages without a mark", plain, "<= 1.5"), ("marked pages", marked, "<= 5")):
            figure = ratio((cleanup, "fix", "--", *names), (codespell, *names), 3)
            yield f"`cleanup fix` of {len(names)} {name} against codespell", figure, goal


def grammar(folder: Path, size: int = 60_000) -> tuple[float, float]:
    """Return how many times faster a run is than a loop of `tool.check(paragraph)`: the first, and a second one.

    Same text, same server, warm for both; by the clock, since the server does the work. Every turn has a number of its
    own, so that no answer serves twice.
    """
    from language_tool_python import LanguageTool as Naive

    from cleanup.document import Cast
    from cleanup.formats import document, make
    from cleanup.grammar import Table, read
    from cleanup.grammar.cache import Cache
    from cleanup.grammar.languagetool import LanguageTool
    from cleanup.grammar.server import Server
    from cleanup.rulebook import shipped

    turns = [
        f"{turn} That was number {number}." for number, turn in enumerate(text(size).split("\n\n")) if turn.strip()
    ]
    words = document("\n\n".join(turns), make("text", {}))
    server = Server()
    try:
        table = Table(read(shipped() / "grammar.yaml"))
        LanguageTool(server, table, Cache(None), seconds=600).find(words, Cast(), "en", frozenset())
        naive = Naive("en", remote_server=server.url())
        naive.check(turns[0])
        start = time.perf_counter()
        for turn in turns:
            naive.check(turn)
        loop = time.perf_counter() - start
        took = []
        for _ in range(2):
            engine = LanguageTool(server, table, Cache(folder / "answers"), seconds=600)
            start = time.perf_counter()
            engine.find(words, Cast(), "en", frozenset())
            took.append(time.perf_counter() - start)
        return loop / took[0], loop / took[1]
    finally:
        server.close()


def main() -> None:
    rows: list[tuple[str, float, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        commands = installed(Path(folder, "venv"))
        cleanup, python = str(commands / "cleanup"), str(commands / "python")
        rows += hook(Path(folder), Path(sys.argv[1]) if sys.argv[1:] else None, commands)
        small, large = Path(folder, "small.txt"), Path(folder, "large.txt")
        small.write_text(text(7_000), "utf-8")
        large.write_text(text(14_000_000), "utf-8")
        rows.append(
            (
                "`cleanup --version` against `python -c pass`",
                ratio((cleanup, "--version"), (python, "-c", "pass")),
                "<= 5",
            )
        )
        pair = (cleanup, "check", str(small)), (str(commands / "codespell"), str(small))
        rows.append(("`cleanup check` of 7 KB against codespell", ratio(*pair), "<= 0.75"))
        for count, goal in ((300, ">= 20"), (2_000, "")):
            rows.append((f"a loop of `re` against the matcher, {count} rules", against_loop(count), goal))
        bare = seconds(cleanup, "check", str(small))
        middle = Path(folder, "middle.txt")
        middle.write_text(text(700_000), "utf-8")
        whole, part = seconds(cleanup, "check", str(large)), seconds(cleanup, "check", str(middle))
        rows.append(
            (
                "cost a byte, 14 MB against 700 KB (start taken off)",
                (whole - bare) / 14 / ((part - bare) / 0.7),
                "<= 1.3",
            )
        )
        size = large.stat().st_size
        start = peak(python, "-c", "pass")
        rows.append(
            (
                "peak memory of `check`, times the text of 14 MB",
                (peak(cleanup, "check", str(large)) - start) / size,
                "<= 20",
            )
        )
        publish = (cleanup, "publish", str(large), "--to", "hugo", "-o", str(Path(folder, "site")), "-q")
        rows.append(("peak memory of `publish`, times the text of 14 MB", (peak(*publish) - start) / size, "<= 60"))
        if os.environ.get("LTP_PATH"):
            first, second = grammar(Path(folder))
            rows.append(("LanguageTool by paragraph in a loop against a first run", first, ">= 2"))
            rows.append(("LanguageTool by paragraph in a loop against a second run", second, ">= 50"))
    for name, figure, goal in rows:
        print(f"{name:<62} {figure:8.2f}   {goal}")


if __name__ == "__main__":
    main()

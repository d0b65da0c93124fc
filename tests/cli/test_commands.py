import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from cleanup.cli import COMMANDS
from cleanup.cli.commands import cleanup
from cleanup.kinds import KINDS
from cleanup.rulebook import COMPILED, PATTERNS, compile_folder
from tests.conftest import TALK, Run

ROOT = Path(__file__).parents[2]


def commands() -> dict[str, click.Command]:
    """Return every command by what a person types."""
    context = click.Context(cleanup)
    found: dict[str, click.Command] = {}
    for name in COMMANDS:
        command = cleanup.get_command(context, name)
        assert command
        found[name] = command
        if isinstance(command, click.Group):
            found |= {f"{name} {inner}": sub for inner, sub in command.commands.items()}
    return found


@pytest.mark.parametrize("name", commands())
def test_every_command_and_option_says_what_it_does(name: str) -> None:
    command = commands()[name]
    assert command.help
    for option in command.params:
        assert not isinstance(option, click.Option) or option.help or isinstance(option.type, click.Choice), option


def test_texts_name_only_commands_that_exist() -> None:
    known = set(commands()) | {"publish RAW", "check PATH"}
    texts = [file.read_text("utf-8") for file in (ROOT / "cleanup").rglob("*.py")]
    named = {match for text in texts for match in re.findall(r"`cleanup ((?:rules )?[a-z]+)[ `]", text)}
    assert named <= known | {"--help"}, named - known


def test_options_that_messages_name_exist() -> None:
    options = {name for command in commands().values() for option in command.params for name in option.opts}
    texts = "".join(file.read_text("utf-8") for file in (ROOT / "cleanup").rglob("*.py"))
    texts += "".join(file.read_text("utf-8") for file in (ROOT / "rules").rglob("*.yaml"))
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", texts))
    assert named <= options | {"--help", "--version"}, named - options


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str, run: Run) -> None:
    ran = run("completion", shell)
    assert ran.code == 0 and "_CLEANUP_COMPLETE" in ran.out


QUAY = """pack: quay
about: How this house writes.
rules:
  - id: evening
    kind: replace
    terms: ["Good evening"]
    text: "Good day"
    why: It is read at noon.
    examples:
      - before: "KOVAC: Good evening, all.\\n"
        after: "KOVAC: Good day, all.\\n"
      - keep: "KOVAC: Hello.\\n"
"""


def test_completion_knows_the_commands() -> None:
    environment = {**os.environ, "_CLEANUP_COMPLETE": "bash_complete", "COMP_WORDS": "cleanup che", "COMP_CWORD": "1"}
    done = subprocess.run(
        [sys.executable, "-c", "import sys; sys.argv[0] = 'cleanup'; from cleanup.cli import main; main()"],
        env=environment, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0 and done.stdout == b"plain,check\n"


def test_doctor_says_what_is_in_force(run: Run) -> None:
    for name in ("house", "content", "talks"):
        Path(name).mkdir()
    Path("house/quay.yaml").write_text(QUAY)
    Path("cleanup.yaml").write_text(
        "language: nb\npacks:\n  off: [boilerplate/wordpress]\n  on: typography/house\nrules: [house]\npages: content\n"
    )
    Path("talks/talk.txt").write_text(TALK)
    Path("talks/talk.txt.review.yaml").write_text('opening: "Ana Kovac"\n')
    for name in ("content/talk.md", "about.md", "README.md"):
        Path(name).write_text("Hello.\n")
    ran = run("doctor")
    assert ran.code == 0
    rows = [re.split(r"  +", line, maxsplit=1) for line in ran.out.splitlines()]
    told = dict(rows)
    assert told["language"] == "nb    cleanup.yaml:1"
    assert told["pack off"] == "boilerplate/wordpress    cleanup.yaml:3"
    assert told["pack on"] == "typography/house    cleanup.yaml:4"
    assert told["rules"] == "house    cleanup.yaml:5", "the last of that name"
    assert any(name == "rules" and "packs, from" in what for name, what in rows)
    assert told["own rules"].startswith("1 rule in wording/quay") and told["own rules"].endswith("house/quay.yaml")
    assert "typography/house" not in told["off"] and "boilerplate/wordpress" in told["off"]
    assert told["raw files"] == "1 text; decisions lie beside 1"
    assert told["pages"].startswith("1 that") and "; 1 without" in told["pages"]
    assert told["passed over"].startswith("4 files")
    assert told["click"][0].isdigit() and told["pyyaml"][0].isdigit()
    assert "hugo" in told["sites"] and "grammar" in told


def test_doctor_without_settings(run: Run) -> None:
    assert "everything is as shipped" in run("doctor").out
    assert run("doctor", "nowhere").code == 2


def test_rules_are_listed_and_tested(run: Run) -> None:
    ran = run("rules", "list")
    assert ran.code == 0 and "boilerplate/wordpress/comments-closed" in ran.out and "(off)" in ran.out
    ran = run("rules", "test", "boilerplate/wordpress")
    assert ran.code == 0 and "0 do not hold" in ran.err
    assert run("rules", "test", "no/such").code == 2


def test_a_rule_is_explained(run: Run) -> None:
    ran = run("explain", "boilerplate/wordpress/comments-closed")
    assert ran.code == 0 and "why" in ran.out and "keep" in ran.out and "rules/boilerplate/wordpress.yaml:" in ran.out
    assert "boilerplate/wordpress/comments-closed" in run("explain", "boilerplate/wordpress").out
    ran = run("explain", "no/such/rule")
    assert ran.code == 2 and len(ran.lines) == 1


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (1, "fact      title = “Harbour talk”"),
        (3, "label     “KOVAC:”"),
        (3, "turn      of KOVAC"),
        (11, "removed   “Comments are closed.”"),
        (11, "boilerplate/wordpress/comments-closed  applied"),
    ],
)
def test_a_line_is_explained(line: int, says: str, run: Run) -> None:
    Path("talk.txt").write_text(TALK)
    ran = run("explain", f"talk.txt:{line}")
    assert ran.code == 0 and says in ran.out
    assert run("explain", f"talk.txt:{line}:1").out == ran.out, "with a column, as `check` prints it"


WHY_NOT = {
    "a language": ("KOVAC: I live here since three years.\n", ["--language", "de"], "wording/machine-translation/", "it is for en"),
    "a pack that is off": ("KOVAC: Um, good evening.\n", [], "fillers/fillers/", "its pack is off unless asked for; --with fillers/fillers"),
    "left out": ("Comments are closed.\n", ["--without", "boilerplate"], "wordpress/comments-closed", "--without boilerplate leaves it out"),
    "a keep": ("KOVAC: Comments are closed.\n", [], "wordpress/comments-closed", "a label opens this line: what a speaker says is no furniture"),
    "another place": ("Comments are closed.\n\nKOVAC: So it is.\n\nLIND: Yes.\n", [], "wordpress/comments-closed", "goes at the tail only, and speech follows"),
    "a person": ("Comments are closed.\n", [], "wordpress/comments-closed", "a person decided: reject, Ana"),
}  # fmt: skip
REJECTED = """decisions:
- {rule: "boilerplate/wordpress/comments-closed", do: "reject", words: "Comments are closed.", by: "Ana", on: "2024-03-01"}
"""


@pytest.mark.parametrize("what", WHY_NOT)
def test_why_a_rule_did_not_fire(what: str, run: Run) -> None:
    line, options, rule, why = WHY_NOT[what]
    talk = TALK.replace("Comments are closed.\n", line)
    Path("talk.txt").write_text(talk)
    if what == "a person":
        Path("talk.txt.review.yaml").write_text(REJECTED)
    ran = run("explain", "talk.txt:11", *options)
    rows = [row for row in ran.out.splitlines() if rule in row and "did not fire" in row]
    assert ran.code == 0 and len(rows) >= 1 and why in rows[0], ran.out


LOSER = """pack: pair
about: Two rules that want the same words.
rules:
  - {id: one, kind: replace, terms: ["Good evening"], text: "Good day", why: "x", examples: [
      {before: "LIND: Good evening.\\n", after: "LIND: Good day.\\n"}, {keep: "LIND: No.\\n"}]}
  - {id: two, kind: replace, terms: ["evening"], text: "night", why: "x", examples: [
      {before: "LIND: An evening.\\n", after: "LIND: An night.\\n"}, {keep: "LIND: No.\\n"}]}
"""


def test_what_lost_its_place_and_what_was_refused(run: Run) -> None:
    Path("talk.txt").write_text(TALK)
    Path("pair.yaml").write_text(LOSER)
    ran = run("explain", "talk.txt:3", "--rules", "pair.yaml")
    assert "wording/pair/one  applied" in ran.out
    assert "wording/pair/two  not applied: lost its place to wording/pair/one" in ran.out
    only = run("explain", "talk.txt:3", "wording/pair/two", "--rules", "pair.yaml")
    assert "lost its place" in only.out and "wording/pair/one  applied" not in only.out
    circle = LOSER.replace('terms: ["evening"], text: "night"', 'terms: ["Good day"], text: "Good evening"')
    circle = circle.replace("An evening.", "Good day.").replace("An night.", "Good evening.")
    Path("pair.yaml").write_text(circle)
    ran = run("explain", "talk.txt:3", "--rules", "pair.yaml")
    assert "wording/pair/one  not applied: a second run would go on with wording/pair/two" in ran.out


def test_a_label_that_was_refused_is_explained(run: Run) -> None:
    Path("talk.txt").write_text(TALK.replace("Comments are closed.", "NOTE: there is more.\n"))
    ran = run("explain", "talk.txt:11")
    assert "no label  “NOTE”" in ran.out and '--label "NOTE"' in ran.out


def test_a_line_that_is_not_there(run: Run) -> None:
    Path("talk.txt").write_text(TALK)
    ran = run("explain", "talk.txt:99")
    assert ran.code == 2 and ran.lines == ["cleanup: talk.txt:99: the file has 12 lines"]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the package as a wheel holds it: rules inside, compiled."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(ROOT / "cleanup", folder / "cleanup", ignore=shutil.ignore_patterns("__pycache__", "rules"))
    (folder / "cleanup" / "rules").mkdir()
    module, patterns = compile_folder(ROOT / "rules", KINDS)
    (folder / "cleanup" / "rules" / COMPILED).write_text(module, "utf-8")
    (folder / "cleanup" / "rules" / PATTERNS).write_bytes(patterns)
    return folder


LOADED = """
import atexit
import sys
sys.argv[0:] = ["cleanup", *sys.argv[1:]]
from cleanup.cli import main
try:
    main()
except SystemExit as done:
    print(done.code, *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def loaded(folder: Path, *args: str) -> set[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *args], env=environment, cwd=folder, capture_output=True, check=False
    )
    code, *names = done.stderr.decode().splitlines()[-1].split()
    assert code == "0", done.stderr
    return set(names)


def test_a_check_of_plain_text_loads_nothing_heavy(installed: Path, tmp_path: Path) -> None:
    talk = tmp_path / "talk.txt"
    talk.write_text(TALK)
    heavy = set(
        "yaml markdown_it regex ftfy charset_normalizer language_tool_python requests unittest html5lib".split()
    )
    assert sorted(loaded(installed, "check", str(talk)) & heavy) == []


def test_the_version_loads_no_room_but_its_own(installed: Path) -> None:
    heavy = set("yaml markdown_it regex ahocorasick ftfy json".split())
    assert sorted(loaded(installed, "--version") & heavy) == []

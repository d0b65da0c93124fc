"""Whatever comes in: one clear line, the right exit code, no traceback, no half-written file, the others done."""

import contextlib
import importlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import TALK, Run
from tests.test_rules import GOOD as RULE

POSIX = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals and pipes")
WIDE = "word " * 60_000


@dataclass(frozen=True)
class Fault:
    """An input that cannot be done: what is wrong with it, and what must be said about it."""

    name: str
    make: Callable[[Path], object]
    says: str
    suffix: str = ".txt"
    options: tuple[str, ...] = ()
    code: int = 3
    check_code: int | None = None

    def __str__(self) -> str:
        return self.name


def bytes_of(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


NOTHING = "does not look like a transcript"
FAULTS = (
    Fault("missing", lambda path: None, "No such file"),
    Fault("binary", bytes_of(bytes(range(256)) * 20), "binary"),
    Fault("zip", bytes_of(b"PK\x03\x04" + bytes(2000)), "ZIP"),
    Fault("pdf", bytes_of(b"%PDF-1.7\n" + bytes(range(256)) * 4), "PDF"),
    Fault("broken UTF-8", bytes_of("KOVAC: Šťastný žluťoučký kůň ".encode() * 9 + b"\xc5 x\n"), "UTF-8"),
    Fault(
        "wrong encoding", bytes_of("KOVAC: Grüße\n".encode("cp1252")), "is not utf-8", options=("--encoding", "utf-8")
    ),
    Fault("unknown encoding", bytes_of(TALK.encode()), "no such encoding", options=("--encoding", "klingon"), code=2),
    Fault("too large", bytes_of(b"x" * (1 << 20) + b"y"), "larger than 1 MiB", options=("--max-size", "1")),
    Fault("a feed", bytes_of(b"<?xml version='1.0'?>\n<rss>\n</rss>\n"), "XML"),
    Fault("JSON that is cut off", bytes_of(b'{"segments": [{"text": "It rai'), "line 1, column 24: is no whole JSON"),
    Fault("deep JSON", bytes_of(b'{"a": ' * 5000), "nested too deep", suffix=".json"),
    Fault("a package", bytes_of(b'{"name": "quay"}'), "no transcript in this JSON", suffix=".json"),
    Fault("sums", bytes_of(b"date,amount\n1,2\n"), "no column of this table", suffix=".csv"),
    Fault(
        "an entity bomb",
        bytes_of(b'<?xml version="1.0"?><!DOCTYPE Trans [<!ENTITY a "a">]><Trans/>'),
        "entities",
        suffix=".trs",
    ),
    Fault("a device", lambda path: path.symlink_to(os.devnull), "no plain file"),
    Fault("a dangling link", lambda path: path.symlink_to("nowhere"), "No such file"),
    Fault("empty", bytes_of(b""), NOTHING, check_code=0),
    Fault("only blanks", bytes_of(b" \n\n \t\n"), NOTHING, check_code=0),
    Fault("only front matter", bytes_of(b"---\ntitle: x\n---\n"), NOTHING, suffix=".md", check_code=0),
    Fault("a huge line", bytes_of(WIDE.encode()), NOTHING, check_code=0),
    Fault("deep quotes", bytes_of(b">" * 5000 + b" deep\n"), NOTHING, suffix=".md", check_code=0),
    Fault("deep brackets", bytes_of(b"[" * 5000 + b"\n"), NOTHING, suffix=".md", check_code=0),
    Fault("deep tags", bytes_of(b"<div>" * 5000 + b"\n"), NOTHING, suffix=".md", check_code=0),
    Fault("deep front matter", bytes_of(b"---\na: " + b"[" * 5000 + b"\n---\n"), NOTHING, suffix=".md", check_code=0),
    Fault("one wide name", bytes_of(b"A-" * 60_000 + b"\n"), NOTHING, check_code=0),
    Fault("unclosed comments", bytes_of(b"<!--" * 5000 + b"\n"), NOTHING, suffix=".md", check_code=0),
)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
@pytest.mark.parametrize("to", ["json", "hugo"])
def test_publish(fault: Fault, to: str, run: Run, tmp_path: Path) -> None:
    Path("good.txt").write_text(TALK)
    bad = f"bad{fault.suffix}"
    fault.make(tmp_path / bad)
    ran = run("publish", "good.txt", bad, *fault.options, "--to", to, "-o", "out")
    assert ran.code == fault.code, ran.err
    mentions = [line for line in ran.lines if line.startswith("cleanup: ")]
    assert len(mentions) == 1 and fault.says in mentions[0], ran.err
    assert "Traceback" not in ran.err and "internal error" not in ran.err
    made = sorted(path.name for path in Path("out").iterdir()) if Path("out").exists() else []
    if fault.code == 2:
        assert made == [], "nothing is touched where the call is wrong"
    elif not {"--encoding"} & set(fault.options):
        assert len(made) == 1 and "1 input not done" in ran.lines[-1], "the other one is done, and nothing else"
    assert not [name for name in made if name.startswith(".")]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_check_and_explain(fault: Fault, run: Run, tmp_path: Path) -> None:
    bad = f"bad{fault.suffix}"
    fault.make(tmp_path / bad)
    ran = run("check", "--any", bad, *fault.options)
    assert ran.code == (fault.code if fault.check_code is None else fault.check_code), ran.err
    assert fault.check_code == 0 or fault.says in ran.lines[0]
    assert len(ran.lines) == 1 and "internal error" not in ran.err
    ran = run("explain", f"{bad}:1", *fault.options)
    assert ran.code in (0, 2, 3) and "internal error" not in ran.err
    assert len(ran.lines) == (ran.code != 0), ran.err


def test_a_folder_is_walked(run: Run) -> None:
    Path("raw/inner").mkdir(parents=True)
    Path("raw/inner/talk.txt").write_text(TALK)
    Path("raw/broken.txt").write_bytes(b"PK\x03\x04")
    ran = run("publish", "raw", "--to", "hugo", "-o", "out")
    assert ran.code == 3
    assert [path.as_posix() for path in Path("out").rglob("*.md")] == ["out/inner/harbour-talk.md"]


def test_an_empty_folder_is_a_usage_error(run: Run) -> None:
    Path("raw").mkdir()
    ran = run("publish", "raw", "-o", "out")
    assert ran.code == 2 and "no transcript there" in ran.err


PATTERN = RULE.replace('    lines: ["Back to the harbour"]\n    at: tail', "    sentence: SAID")

MISTAKES = {
    "no YAML": (RULE.replace("about: What", 'about: "What'), "not YAML"),
    "a list": ("- a\n", "1:1: here a mapping"),
    "an empty file": ("", "is missing"),
    "a key twice": (RULE.replace("    at: tail", "    at: tail\n    at: head"), "8:5: the key `at` stands here twice"),
    "an unknown key": (RULE.replace("at: tail", "att: tail"), "7:5: unknown key `att`"),
    "no kind": (RULE.replace("    kind: remove\n", ""), "needs a `kind`"),
    "an unknown kind": (RULE.replace("kind: remove", "kind: dance"), "5:11: no such kind"),
    "an id twice": (RULE + RULE.partition("rules:\n")[2], "stands here twice"),
    "no examples": (RULE.partition("    examples")[0], "`examples` is missing"),
    "no keep": (RULE.rpartition("      - keep")[0], "one `keep`"),
    "no lines": (RULE.replace('["Back to the harbour"]', "[]"), "`lines` is empty"),
    "an empty line": (RULE.replace('"Back to the harbour"]', '""]'), "empty"),
    "a place that is none": (RULE.replace("at: tail", "at: knee"), "`at` is"),
    "a level that is none": (RULE.replace("at: tail", "level: sure"), "`level` is"),
    "a number for a text": (RULE.replace("why: The theme printed it.", "why: 3"), "8:10: here a text is needed"),
    "an anchor": (RULE.replace("about: What", "about: &a What"), "2:8: anchors"),
    "a tag": (RULE.replace("about: What", "about: !!python/name:os.system What"), "2:8: tags"),
    "too deep": ("a: " + "[" * 20_000, "nested deeper"),
    "an example that does not hold": (RULE.replace('Thank you.\\n\\n\\n"', 'Thanks.\\n"'), "does not hold"),
    "a pattern that does not compile": (PATTERN.replace("SAID", '"(Back"'), "does not compile"),
    "a pattern of exponential time": (PATTERN.replace("SAID", '"(a+)+b"'), "repeat"),
    "a pattern that matches nothing": (PATTERN.replace("SAID", '"x*"'), "empty"),
}


@pytest.mark.parametrize("verb", ["publish", "check", "explain"])
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_rule_file_is_refused_before_anything_is_touched(mistake: str, verb: str, run: Run) -> None:
    text, says = MISTAKES[mistake]
    Path("mine.yaml").write_text(text)
    Path("talk.txt").write_text(TALK)
    target = {
        "publish": ["publish", "talk.txt", "-o", "out"],
        "check": ["check", "talk.txt"],
        "explain": ["explain", "talk.txt:1"],
    }
    ran = run(*target[verb], "--rules", "mine.yaml")
    assert ran.code == 2, ran.err
    assert ran.out == "" and not Path("out").exists()
    assert len(ran.lines) == 1 and ran.lines[0].startswith("cleanup: mine.yaml:") and says in ran.lines[0], ran.err


def test_the_rule_file_itself_is_right(run: Run) -> None:
    Path("mine.yaml").write_text(RULE)
    Path("said.yaml").write_text(PATTERN.replace("SAID", '"Back to the harbour"').replace("pack: mine", "pack: said"))
    Path("talk.txt").write_text(TALK)
    assert run("check", "talk.txt", "--rules", "mine.yaml").code == 0
    assert run("rules", "test", "wording/mine", "--rules", "mine.yaml").code == 0


def test_rules_of_their_own_that_lie_fail_the_rule_test(run: Run) -> None:
    Path("mine.yaml").write_text(MISTAKES["an example that does not hold"][0])
    ran = run("rules", "test", "wording/mine", "--rules", "mine.yaml")
    assert ran.code == 1 and "mine.yaml:4" in ran.out


def test_what_nobody_foresaw_stops_no_other_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = importlib.import_module("cleanup.cli.run")
    clean = opened.clean

    def fails(data: bytes, path: str, *rest: object) -> object:
        if path == "bad.txt":
            raise RecursionError("too\ndeep")
        return clean(data, path, *rest)

    monkeypatch.setattr(opened, "clean", fails)
    Path("bad.txt").write_text(TALK)
    Path("good.txt").write_text(TALK)
    ran = run("publish", "bad.txt", "good.txt", "-o", "out")
    assert ran.code == 3 and Path("out/harbour-talk.md").exists()
    assert "cleanup: bad.txt: internal error (RecursionError: too deep)" in ran.err and "Traceback" not in ran.err


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_page(call: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("talk.txt").write_text(TALK)
    assert run("publish", "talk.txt", "-o", "out").code == 0
    old = Path("out/harbour-talk.md").read_bytes()

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os if call == "fsync" else Path, call, full)
    ran = run("publish", "talk.txt", "-o", "out", "--date", "2024-03-01")
    assert ran.code == 3 and "No space left" in ran.lines[-1]
    assert [path.name for path in Path("out").iterdir()] == ["harbour-talk.md"]
    assert Path("out/harbour-talk.md").read_bytes() == old


def start(*args: str, **options: object) -> "subprocess.Popen[bytes]":
    """Start the command as a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    environment.pop("CLEANUP_DEBUG", None)
    pipe = subprocess.PIPE
    hear = (
        (lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)) if os.name == "posix" else None
    )  # a job in the background is deaf
    full = {"stdin": pipe, "stdout": pipe, "stderr": pipe, "env": environment, "preexec_fn": hear, **options}
    return subprocess.Popen([sys.executable, "-m", "cleanup", *args], **full)  # type: ignore[call-overload, no-any-return]


@POSIX
def test_a_file_that_grows_too_large_is_not_half_written(tmp_path: Path) -> None:
    import resource

    (tmp_path / "talk.txt").write_text(TALK + "KOVAC: And so on, and so on, and so on.\n\n" * 400)
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))  # noqa: E731
    process = start("publish", "talk.txt", "-o", "out", cwd=tmp_path, preexec_fn=limit)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 3 and b"cannot be written" in err and b"Traceback" not in err
    assert list((tmp_path / "out").iterdir()) == []


@POSIX
@pytest.mark.parametrize(
    "args", [["publish", "talk.txt", "-o", "-"], ["check", "talk.txt"], ["rules", "list"], ["--help"]]
)
def test_full_standard_output(args: list[str], tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    (tmp_path / "talk.txt").write_text(TALK)
    with Path("/dev/full").open("wb") as full:
        process = start(*args, cwd=tmp_path, stdout=full)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 3
    assert err.decode().splitlines() == ["cleanup: standard output cannot be written (No space left on device)"]


@POSIX
@pytest.mark.parametrize(
    "args", [["publish", "talk.txt", "-q", "-o", "-"], ["check", "talk.txt"], ["rules", "list"], ["--help"]]
)
def test_a_reader_that_has_gone(args: list[str], tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK)
    process = start(*args, cwd=tmp_path)
    assert process.stdout and process.stderr
    process.stdout.close()
    process.stdout = None
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0 and err == b""


@POSIX
@pytest.mark.parametrize(
    ("number", "code", "says"), [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")]
)
def test_a_signal_in_the_middle(number: int, code: int, says: str, tmp_path: Path) -> None:
    """The first page is written whole; then the run waits for standard input, where the signal finds it."""
    (tmp_path / "talk.txt").write_text(TALK)
    with start("publish", "talk.txt", "-", "-o", "out", "--max-size", "4096", cwd=tmp_path) as process:
        assert process.stdin and process.stderr
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(b"KOVAC: Wait.\n" * 40_000)  # more than a pipe holds: written means that it is read
            process.send_signal(number)
            while True:  # and read on, so that the signal is met between two pieces
                process.stdin.write(b"KOVAC: Wait.\n" * 5_000)
        err = process.stderr.read()
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        assert process.wait(timeout=60) == code
    assert says in err.decode().splitlines()[-1] and b"Traceback" not in err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["harbour-talk.md"]


@contextlib.contextmanager
def no_rights() -> Iterator[None]:
    """Be somebody whom permissions bind: they do not bind root."""
    if os.name != "posix":
        pytest.skip("needs POSIX permissions")
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def talk(tmp_path: Path, run: Run) -> Path:
    """Return a transcript where every user can come, published once: so all modules are loaded."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.geteuid() and not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o711)
    path = tmp_path / "talk.txt"
    path.write_text(TALK)
    assert run("publish", "talk.txt", "-o", "out").code == 0
    return path


def test_no_permission_to_read(talk: Path, run: Run) -> None:
    talk.chmod(0)
    with no_rights():
        ran = run("check", "talk.txt")
    assert ran.code == 3
    assert ran.lines == ["cleanup: talk.txt: cannot be read (Permission denied)"]


def test_a_folder_that_nobody_can_look_into(talk: Path, run: Run) -> None:
    Path("raw/closed").mkdir(parents=True)
    Path("raw/talk.txt").write_text(TALK)
    Path("raw/closed").chmod(0)
    with no_rights():
        ran = run("check", "raw")
    Path("raw/closed").chmod(0o755)
    assert ran.code == 3 and "raw/closed: cannot be looked into (Permission denied)" in ran.lines[0]
    assert ran.lines[-1].endswith("1 input not done")


@pytest.mark.parametrize("closed", ["folder", "page"])
def test_no_permission_to_write(closed: str, talk: Path, run: Run) -> None:
    page = Path("out/harbour-talk.md")
    old = page.read_bytes()
    page.chmod(0o444)
    page.parent.chmod(0o555 if closed == "folder" else 0o777)
    with no_rights():
        ran = run("publish", "talk.txt", "-o", "out", "--date", "2024-03-01")
    page.parent.chmod(0o755)
    assert ran.code == 3 and len(ran.lines) == 1 and "out/harbour-talk.md: " in ran.lines[0]
    assert page.read_bytes() == old and [path.name for path in page.parent.iterdir()] == ["harbour-talk.md"]

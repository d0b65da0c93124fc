"""What is installed works by itself: the wheel holds the compiled rules, and a foreign `rules/` beside it is nothing to it."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from cleanup.regexes import _engine
from tests.conftest import TALK

ROOT = Path(__file__).parents[1]
HEAVY = "yaml markdown_it regex ftfy chardet requests language_tool_python unittest urllib.request html http".split()
LOADED = "import atexit, sys\nfrom cleanup.cli import main\ntry:\n    main()\nfinally:\n    print(*sys.modules, file=sys.stderr)\n"


def python(*args: str, cwd: Path, site: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder, with the package taken from `site`."""
    environment = {**os.environ, "PYTHONPATH": str(site), "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, *args], cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_version_loads_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    done = python("-c", LOADED, "--version", cwd=tmp_path)
    assert done.stdout.startswith("cleanup ")
    loaded = set(done.stderr.split())
    assert "cleanup.cli" in loaded
    assert not loaded & {*HEAVY, "cleanup.pipeline", "cleanup.rulebook"}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and lay it out as an installer would."""
    folder = tmp_path_factory.mktemp("wheel")
    done = python("-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), cwd=ROOT)
    assert done.returncode == 0, done.stderr
    site = folder / "site"
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(site)
    return site


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """Make a content repository that has a `rules/`, a `cleanup/` and a `pyproject.toml` of its own."""
    (tmp_path / "rules" / "boilerplate").mkdir(parents=True)
    (tmp_path / "rules" / "boilerplate" / "wordpress.yaml").write_text("pack: wordpress\nabout: x\nrules: nothing\n")
    (tmp_path / "rules" / "compiled.py").write_text("PACKS, TABLES, KEYS = (), {}, {}\n")
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "transcript-cleanup"\n')
    (tmp_path / "talk.txt").write_bytes((ROOT / "examples" / "harbour-strike.txt").read_bytes())
    return tmp_path


CLEANUP = "import sys; sys.path.remove(''); from cleanup.cli import main; main()"


@pytest.mark.slow
def test_the_wheel_has_all_rules_and_their_compiled_form(installed: Path) -> None:
    shipped = {file.relative_to(ROOT / "rules").as_posix() for file in (ROOT / "rules").rglob("*.yaml")}
    there = {
        file.relative_to(installed / "cleanup" / "rules").as_posix() for file in installed.rglob("rules/**/*.yaml")
    }
    assert there == shipped
    compiled = (installed / "cleanup" / "rules" / "compiled.py").read_text("utf-8")
    assert all(f"\nPack('{name[:-5]}', " in compiled for name in shipped if "/" in name)
    patterns = (installed / "cleanup" / "rules" / "patterns.bin").read_bytes()
    assert patterns.startswith(_engine()) and len(patterns) > 1_000_000
    assert (installed / "cleanup" / "py.typed").is_file()
    assert (installed / "cleanup" / "settings.schema.json").is_file()
    assert {file.suffix for file in (installed / "cleanup" / "reports").glob("review.*")} == {
        ".py",
        ".html",
        ".css",
        ".js",
    }
    assert not [file for file in installed.rglob("*") if "tests" in file.parts]


@pytest.mark.slow
def test_the_wheel_works_beside_foreign_rules(installed: Path, foreign: Path) -> None:
    """The same bytes come out as from the checkout."""
    command = ("publish", "talk.txt", "--to", "hugo", "-o", "-")
    wheel = python("-c", CLEANUP, *command, cwd=foreign, site=installed)
    checkout = python("-c", CLEANUP, *command, cwd=foreign)
    assert wheel.returncode == checkout.returncode == 0, wheel.stderr
    assert wheel.stdout == checkout.stdout
    assert wheel.stdout.startswith("---\n")
    assert str(installed) in python("-c", CLEANUP, "doctor", cwd=foreign, site=installed).stdout


@pytest.mark.slow
def test_check_from_the_wheel_loads_what_it_needs(installed: Path, foreign: Path) -> None:
    (foreign / "plain.txt").write_text(TALK, "utf-8")
    done = python("-c", LOADED, "check", "plain.txt", cwd=foreign, site=installed)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stderr.split())
    assert "cleanup.pipeline" in loaded
    assert loaded & {*HEAVY, "pathlib"} == set()

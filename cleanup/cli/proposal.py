"""What `cleanup init` would write: settings, a hook and a step of CI, as texts."""

import json
import re
from contextlib import suppress
from pathlib import Path
from textwrap import indent
from typing import NamedTuple

from cleanup import __version__
from cleanup.cli.survey import Survey, listed
from cleanup.errors import SettingsError
from cleanup.settings import NAME
from cleanup.yamlfile import loads

ADDRESS = "https://github.com/OWNER/cleanup"
"""Where a hook and CI fetch this program from; whoever publishes it puts the owner's name in."""

SCHEMA = ".cleanup.schema.json"
"""The copy of the schema beside the settings: a path is right on every machine, and needs no network."""

HOOKS = ".pre-commit-config.yaml"
_FIRST = re.compile(r"^\ufeff?repos:\s*(?:#.*)?(?:\n\s*(?:#.*)?)*?^( *)- ", re.MULTILINE)
"""The first entry of a list of hooks, and how far it is indented."""

_ENTRY = f"- repo: {ADDRESS}\n  rev: v{__version__}\n  hooks:\n    - id: cleanup-fix\n"


class Proposal(NamedTuple):
    """One file as it would be; `before` is what stands there (None: no file).

    Where it cannot be changed with certainty, `why_not` says why, and `shown` are lines for a person to put in.
    """

    name: str
    shown: str
    text: str = ""
    before: bytes | None = None
    why_not: str = ""


def proposals(found: Survey) -> list[Proposal]:
    """Return what this repository lacks; what is there already is left out."""
    settings = _read(found.root / NAME)
    made = [] if settings is not None else [_new(NAME, _settings(found))]
    if (settings is None or SCHEMA.encode() in settings) and _read(found.root / SCHEMA) is None:
        schema = (Path(__file__).parents[1] / "settings.schema.json").read_text("utf-8")
        made.append(Proposal(SCHEMA, f"(the JSON Schema of {NAME}, for editors)\n", schema))
    return [*made, *_hook(_read(found.root / HOOKS)), *_ci(found)]


def _new(name: str, text: str) -> Proposal:
    return Proposal(name, text, text)


def _read(file: Path) -> bytes | None:
    """Return what stands at a path; what cannot be read is there all the same."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b"" if file.is_symlink() else None
    except OSError:
        return b""


def _settings(found: Survey) -> str:
    lines = [
        f"# yaml-language-server: $schema={SCHEMA}",
        "# What this repository asks of `cleanup`; `cleanup doctor` says what is in force.",
    ]
    if found.generator:
        lines.append(f"site: {found.generator.site}  # told by {json.dumps(found.config)[1:-1]}")
    else:
        lines.append("site: markdown  # no configuration of a site generator was found")
    lines += [f"# Raw transcripts: {listed(found.raw)}. `cleanup publish` makes pages of them."] if found.raw else []
    if found.pages:
        lines += [
            f"# These pages look like transcripts and have no `transcript:` key: {listed(found.pages)}.",
            "# `check`, `fix` and the hook leave them alone, unless the next line is switched on:",
            f"# pages: {json.dumps(list(found.pages))}",
        ]
    return "\n".join(lines) + "\n"


def _hook(before: bytes | None) -> list[Proposal]:
    """Return the hook's entry, put behind the last one where the result proves to be that and nothing else."""
    if before is None:
        return [_new(HOOKS, "repos:\n" + indent(_ENTRY, "  "))]
    if b"cleanup-fix" in before or b"cleanup-check" in before:
        return []
    try:
        after, entry = _inserted(before.decode("utf-8"))
    except ValueError as problem:
        return [Proposal(HOOKS, _ENTRY, why_not=str(problem))]
    return [Proposal(HOOKS, entry, after, before)]


def _inserted(text: str) -> tuple[str, str]:
    """Return a file of hooks with our entry behind the last one, and the lines that were put in.

    Nothing else changes: the entry goes where what comes out parses as what went in and one entry
    more, as low as that is so. Raises `ValueError` where there is no such place.
    """
    shape = "its `repos:` is no plain list with an entry a line"
    first = _FIRST.search(text)
    try:
        wanted = loads(text, HOOKS).plain()
        wanted["repos"].append(loads(_ENTRY, HOOKS).plain()[0])
    except SettingsError as problem:
        raise ValueError(str(problem).partition("\n")[0]) from problem
    except (AttributeError, KeyError, TypeError) as problem:
        raise ValueError(shape) from problem
    if not first:
        raise ValueError(shape)
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = (text if text.endswith(("\n", "\r")) else text + newline).splitlines(keepends=True)
    entry = indent(_ENTRY, first[1]).replace("\n", newline)
    for at in range(len(lines), 0, -1):
        line = lines[at - 1].lstrip()
        if not line or (line[0] == "#" and not lines[at - 1].startswith(f"{first[1]} ")):
            continue  # it belongs to no entry
        after = "".join([*lines[:at], entry, *lines[at:]])
        with suppress(SettingsError):
            if loads(after, HOOKS).plain() == wanted:
                return after, entry
    raise ValueError(shape)


def _ci(found: Survey) -> list[Proposal]:
    root = found.root
    remote = (_read(root / ".git" / "config") or b"").lower()
    gitlab = (root / ".gitlab-ci.yml").exists() or (b"gitlab" in remote and not (root / ".github").is_dir())
    name, form = (".gitlab-ci.yml", "gitlab") if gitlab else (".github/workflows/transcripts.yml", "github")
    text = Path(__file__).with_name(f"init.{form}.yml").read_text("utf-8")
    text = text.replace("REV", f"v{__version__}").replace("PATHS", found.paths)
    before = _read(root / name)
    if before is None:
        return [_new(name, text)]
    if b"cleanup" in before:
        return []
    return [Proposal(name, text, why_not="it is there already, and only you know where a job belongs in it")]

"""Files written whole or not at all, and pages that a hand has edited left alone."""

import contextlib
import os
import re
import stat
from collections.abc import Mapping
from functools import lru_cache, partial
from pathlib import Path

from cleanup.errors import HandEdited, InputError
from cleanup.formats import front
from cleanup.writers.front import Value, Verbatim
from cleanup.writers.pages import body_hash

_OURS = frozenset("title date draft slug lang speakers source source_url transcript".split())
"""Keys that are written anew; any other stays where the raw file says nothing of it."""
_KEYED = re.compile(r"---[ \t]*\n[\w#\"'\n]")
_LEFTOVER = re.compile(r"\..{0,40}\.cleanup-(?P<pid>\d{1,10})-\w+\.tmp", re.DOTALL)


def write(path: Path, data: bytes, *, instead_of: bytes | None = None) -> bool:
    """Write a file whole: temporary file, `fsync`, rename; return False where it held these bytes already.

    The mode stays. A link to a file beside it is followed; one that leads elsewhere, a read-only
    file, a folder and a device are refused, and a file that no longer holds `instead_of`: somebody
    else has changed it meanwhile. Raises `InputError` with one line; the old file is as it was then.
    """
    temporary: Path | None = None
    try:
        target = _target(path)
        mode = _mode(target, path)
        if mode is not None and target.read_bytes() == data:
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target.parent)
        temporary = target.with_name(f".{target.name[:40]}.cleanup-{os.getpid()}-{os.urandom(4).hex()}.tmp")
        with open(temporary, "xb", opener=partial(os.open, mode=0o666 if mode is None else mode)) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(mode)
        if instead_of is not None and target.read_bytes() != instead_of:
            raise InputError(f"{path}: was changed by somebody else meanwhile; it stays as it is (run again)")
        temporary.replace(target)
        _sync_folder(target.parent)
    except OSError as problem:
        raise InputError(f"{path}: cannot be written ({problem.strerror or problem})") from problem
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
    return True


def _target(path: Path) -> Path:
    """Return the file that is meant: behind a link, where that stays in its folder."""
    if not path.is_symlink():
        return path
    target, folder = Path(os.path.realpath(path)), Path(os.path.realpath(path.parent))
    if target.is_symlink() or not target.is_relative_to(folder):
        raise InputError(f"{path}: is a link that leads out of its folder; it stays as it is")
    return target


def _mode(target: Path, path: Path) -> int | None:
    try:
        state = target.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(state.st_mode):
        raise InputError(f"{path}: is no plain file; choose another -o")
    if not os.access(target, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        raise InputError(f"{path}: is read-only; it stays as it is")
    return stat.S_IMODE(state.st_mode)


def _sync_folder(folder: Path) -> None:
    """Make the new name last; where folders cannot be synced, the file is written all the same."""
    if hasattr(os, "O_DIRECTORY"):
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


@lru_cache(maxsize=1024)
def _sweep(folder: Path) -> None:
    """Remove what runs that were killed have left in a folder; looked at once a run."""
    with os.scandir(folder) as entries:
        for entry in entries:
            match = _LEFTOVER.fullmatch(entry.name)
            if match and not _alive(int(match["pid"])):
                Path(entry.path).unlink(missing_ok=True)


def _alive(pid: int) -> bool:
    if os.name == "nt":
        return True  # there, asking would interrupt it
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError, ValueError):
        pass  # somebody else's, or a number that no process has
    return True


def standing(path: Path, *, edited: bool = False) -> Mapping[str, Value] | None:
    """Return what must be kept of a page that stands there: its slug, and keys that others added.

    None where nothing stands there. Raises `HandEdited` where the file is not ours, or its body
    does not fit its hash: a hand has edited it, and no flag overwrites that. `edited` pages are those
    whose edits were adopted: they say already what will be written.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as problem:
        raise HandEdited(f"{path}: is not UTF-8, so it is no page of ours; move it away") from problem
    except OSError as problem:
        raise InputError(f"{path}: cannot be read ({problem.strerror or problem})") from problem
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    head = front.read(text)
    rows = {value.key: value.text for value in head.values} if head else {}
    if not head or "transcript.body" not in rows:
        raise HandEdited(f"{path}: is not a page that cleanup wrote; it stays as it is (choose another -o)")
    if not edited and rows["transcript.body"] != body_hash(text[head.end :].lstrip("\n")):
        raise HandEdited(
            f"{path}: has been edited by hand since it was published; it stays as it is"
            f" (`cleanup review {path} --adopt` keeps its edits for good)"
        )
    if not _KEYED.match(text):
        raise HandEdited(f"{path}: its front matter is not written as keys on lines of their own; it stays as it is")
    return _kept(text[: head.end])


def _kept(block: str) -> dict[str, Value]:
    """Return the slug, and the lines of keys that are not ours, just as they stand there."""
    import yaml

    inner = block.split("\n", 1)[1].rsplit("---", 1)[0]
    root = yaml.compose(inner, Loader=yaml.SafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    starts = [*(key.start_mark.index for key, _ in pairs), len(inner)]
    kept: dict[str, Value] = {}
    for (key, value), start, end in zip(pairs, starts[:-1], starts[1:], strict=True):
        name = str(key.value)
        if name == "slug" and isinstance(value.value, str):
            kept["slug"] = value.value
        elif name not in _OURS:
            kept[name] = Verbatim(inner[start:end].rstrip("\n"))
    return kept

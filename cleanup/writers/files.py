"""Files written whole or not at all, and pages that a hand has edited left alone."""

import os
import re
import stat
import tempfile
from collections.abc import Mapping
from pathlib import Path

from cleanup.errors import HandEdited, InputError
from cleanup.formats import front
from cleanup.writers.front import Value
from cleanup.writers.pages import body_hash

_OURS = frozenset("title date draft slug lang description tags speakers source source_url media place topic transcript".split())
_LEFTOVER = re.compile(r"\.(?P<name>.+)\.(?P<pid>\d+)-\w+\.tmp")


def write(path: Path, data: bytes) -> bool:
    """Write a file whole: temporary file, `fsync`, rename; return False where it held these bytes already.

    The mode stays. A link is followed; a read-only file, a folder and a device are refused. Raises
    `InputError` with one line; the old file is as it was then.
    """
    target = path.resolve() if path.is_symlink() else path
    temporary: Path | None = None
    try:
        mode = _mode(target, path)
        if mode is not None and target.read_bytes() == data:
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target)
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.{os.getpid()}-", suffix=".tmp", dir=target.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode if mode is not None else 0o666 & ~_umask())
        temporary.replace(target)
        temporary = None
        _sync_folder(target.parent)
    except OSError as problem:
        raise InputError(f"{path}: cannot be written ({problem.strerror or problem})") from problem
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
    return True


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


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sweep(target: Path) -> None:
    """Remove temporary files of this target whose process is gone."""
    for file in target.parent.glob(f".{_plain(target.name)}.*.tmp"):
        match = _LEFTOVER.fullmatch(file.name)
        if match and match["name"] == target.name and not _alive(int(match["pid"])):
            file.unlink(missing_ok=True)


def _plain(name: str) -> str:
    return re.sub(r"([\[\]*?])", r"[\1]", name)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError, ValueError):
        return True
    return True


def standing(path: Path) -> Mapping[str, Value] | None:
    """Return what must be kept of a page that stands there: its slug, and keys that others added.

    None where nothing stands there. Raises `HandEdited` where the file is not ours, or its body
    does not fit its hash: a hand has edited it, and no flag overwrites that.
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
        raise HandEdited(f"{path}: is not a page that cleanup wrote; it stays as it is")
    if rows["transcript.body"] != body_hash(text[head.end :].lstrip("\n")):
        raise HandEdited(f"{path}: has been edited by hand since it was published; it stays as it is")
    return _kept(text[: head.end])


def raw_of(path: Path) -> str | None:
    """Return the raw file that a page of ours names."""
    try:
        head = front.read(path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))
    except (OSError, UnicodeDecodeError):
        return None
    return next((v.text for v in head.values if v.key == "transcript.raw"), None) if head else None


def _kept(block: str) -> dict[str, Value]:
    import yaml

    rows = yaml.load(block.split("\n", 1)[1].rsplit("---", 1)[0], Loader=yaml.BaseLoader) or {}
    return {key: value for key, value in rows.items() if key not in _OURS or key == "slug"}

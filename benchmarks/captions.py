"""Measure, as ratios in one run, what captions cost: a file of ten hours against what webvtt-py needs to read it.

pip install '.[bench]' && python benchmarks/captions.py
"""

import sys
import tempfile
from pathlib import Path

from run import installed, peak, seconds, text

_WORDS = 7
"""Words of a caption; one is spoken in a third of a second or so."""


def captions(hours: float) -> str:
    """Return a WebVTT file of so many hours, with labels, made of the example's turns."""
    words = text(int(hours * 3600 * 2.5 * 6.2)).split()
    rows = ["WEBVTT\n"]
    at, step = 0.0, _WORDS / 2.5
    while at < hours * 3600 and words:
        line, words = words[:_WORDS], words[_WORDS:]
        rows.append(f"{_clock(at)} --> {_clock(at + step)}\n{' '.join(line[:4])}\n{' '.join(line[4:])}\n")
        at += step
    return "\n".join(rows)


def _clock(seconds: float) -> str:
    return f"{int(seconds // 3600):02}:{int(seconds // 60 % 60):02}:{seconds % 60:06.3f}"


def main() -> None:
    python = sys.executable
    with tempfile.TemporaryDirectory() as folder:
        cleanup = str(installed(Path(folder)) / "cleanup")
        file = Path(folder, "ten.vtt")
        file.write_text(captions(10), "utf-8")
        publish = (cleanup, "publish", str(file), "--to", "json", "-o", str(Path(folder, "out.json")), "--quiet")
        page = (cleanup, "publish", str(file), "--to", "hugo", "-o", str(Path(folder, "site")), "--quiet")
        reader = (python, "-c", f"import webvtt; print(len(list(webvtt.read({str(file)!r}))))")
        other, size, start = seconds(*reader), file.stat().st_size, peak(python, "-c", "pass")
        rows = (
            ("ten hours of captions as JSON, times webvtt-py reading them", seconds(*publish) / other, "<= 10"),
            ("ten hours of captions as a page that is read back, the same", seconds(*page) / other, ""),
            ("peak memory of that page, times the file", (peak(*page) - start) / size, "<= 60"),
        )
    for name, figure, goal in rows:
        print(f"{name:<62} {figure:8.2f}   {goal}")


if __name__ == "__main__":
    main()

"""Measure when a first decision can be made on a page of 2,000 findings, by the clock of the browser itself.

    pip install '.[slow]' && python benchmarks/review.py

Needs Debian's packages chromium and chromium-driver. Each figure is in milliseconds since the page began to load, the
median of several loads: a key is pressed as soon as the page is parsed, and the figure is taken when its answer has been
drawn. Goal: 1,000.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from selenium import webdriver

LOADS = 9
KEY = """
addEventListener("DOMContentLoaded", () => {
  document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "r", bubbles: true}));
  const decided = document.getElementById("count").textContent;
  requestAnimationFrame(() => requestAnimationFrame(() => { window.first = [performance.now(), decided]; }));
});
"""
"""Runs before the page's own script."""


def turns(number: int) -> str:
    """Return a talk with two findings in each pair of turns."""
    rows = (
        f"KOVAC: It was, um, a long night number {n} at the quay, and the harbour was dark.\n\n"
        f"LIND: Yes, uh, and {n} boats waited for the tide that did not come before the morning.\n"
        for n in range(number // 2)
    )
    return "Harbour talk\n\n" + "\n".join(rows)


def one_turn(number: int) -> str:
    """Return a talk of one turn, which is one block of the page."""
    return "Harbour talk\n\nKOVAC: " + "\n\n".join(f"It was, um, night {n} at the quay." for n in range(number)) + "\n"


def main() -> None:
    options = webdriver.ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(str(shutil.which("chromedriver"))))
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": KEY})
    cleanup = str(Path(sys.executable).parent / "cleanup")
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (
            ("2,000 findings in 2,000 turns", turns(2000)),
            ("2,000 findings in one turn", one_turn(2000)),
        ):
            Path(folder, "talk.txt").write_text(text, "utf-8")
            command = [
                cleanup,
                "review",
                "talk.txt",
                "--html",
                "page.html",
                "--with",
                "fillers/fillers",
                "--language",
                "en",
            ]
            subprocess.run(command, cwd=folder, check=True, capture_output=True)
            figures = []
            for _ in range(LOADS):
                driver.get(Path(folder, "page.html").as_uri())
                driver.execute_script("localStorage.clear()")
                figures.append(driver.execute_async_script(
                    "const done = arguments[0], look = () => window.first ? done(window.first) : requestAnimationFrame(look); look()"
                ))  # fmt: skip
            assert {said for _, said in figures} == {"1999 to decide"}
            times = [time for time, _ in figures]
            print(
                f"{name:<32} {statistics.median(times):6.0f} ms   (from {min(times):.0f} to {max(times):.0f})   <= 1000"
            )
    driver.quit()


if __name__ == "__main__":
    main()

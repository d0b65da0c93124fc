"""The page of a review in a real browser: headless Chromium, driven by the driver of the same version."""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings

from cleanup.casting.given import Given
from cleanup.decisions import EVERY, REPOSITORY, Decision, Decisions, dumps, everywhere, read, wide
from tests.cli.test_review import FILLERS, TALK, UM, Review, review  # noqa: F401 (a fixture)
from tests.conftest import Run
from tests.decisions.test_decisions import DECISIONS

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SIZES = {"desktop": (1280, 800), "phone": (360, 740)}


def needed(found: Any, what: str) -> Any:
    """Return what was found; where it is not there a test is skipped, and fails in CI."""
    if found:
        return found
    (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{what}; .ci/run installs it")


class Browser:
    """One browser, which each test has to itself."""

    def __init__(self, downloads: Path) -> None:
        needed(find_spec("selenium"), "selenium is missing: pip install '.[slow]'")
        from selenium import webdriver

        binary = needed(shutil.which("chromium") or shutil.which("chromium-browser"), "chromium is missing")
        driver = needed(shutil.which("chromedriver"), "chromedriver is missing: Debian's package chromium-driver")
        options = webdriver.ChromeOptions()
        options.binary_location = binary
        for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--no-proxy-server"):
            options.add_argument(argument)
        options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.downloads = downloads
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))

    def open(self, file: str = "page.html", *, size: str = "desktop", scheme: str = "light") -> None:
        """Show a page as one who has never seen it."""
        width, height = SIZES[size]
        command = self.driver.execute_cdp_cmd
        command("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": size == "phone"}
        command("Emulation.setDeviceMetricsOverride", metrics)
        self.driver.get("about:blank")
        self.driver.get(Path(file).resolve().as_uri())
        self.js("localStorage.clear()")
        self.driver.refresh()

    def js(self, script: str, *args: Any) -> Any:
        return self.driver.execute_script(script, *args)

    def press(self, keys: str) -> None:
        from selenium.webdriver import ActionChains

        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def click(self, selector: str) -> None:
        element = self.driver.find_element("css selector", selector)
        self.wait(element.is_displayed)
        element.click()

    def text(self, selector: str) -> str:
        return str(self.js("return document.querySelector(arguments[0]).innerText", selector))

    def until(self, script: str) -> Any:
        return self.wait(lambda: self.js(script))

    def wait(self, condition: Callable[[], Any]) -> Any:
        from selenium.webdriver.support.ui import WebDriverWait

        return WebDriverWait(self.driver, 30, 0.05).until(lambda _: condition())

    @property
    def files(self) -> dict[str, str]:
        """The files as the page would give them, by their names."""
        self.click("#save")
        found = self.js(
            "return [...document.querySelectorAll('#saving section:not([hidden])')]"
            ".map(part => [part.querySelector('code').textContent, part.querySelector('textarea').value])"
        )
        self.click("#saving .close")
        return dict(found)

    @property
    def yaml(self) -> str:
        """The file beside the raw file, as the page would give it."""
        return self.files["talk.txt.review.yaml"]

    @property
    def complaints(self) -> list[str]:
        return [row["message"] for row in self.driver.get_log("browser")]


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    browser = Browser(tmp_path_factory.mktemp("downloads"))
    yield browser
    browser.driver.quit()


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """A browser that has nothing to complain about when the test is over."""
    assert chromium.complaints is not None
    yield chromium
    assert chromium.complaints == []


Page = Callable[..., None]


@pytest.fixture
def page(run: Run) -> Page:
    """Write the page of a talk into the folder of the test."""

    def write(text: str = TALK, *args: str) -> None:
        Path("talk.txt").write_text(text, "utf-8")
        assert run("review", "talk.txt", "--html", "page.html", *FILLERS, *args).code == 0

    return write


def undated(text: str) -> str:
    return re.sub(r'on: "[\d-]{10}"', "on: today", text)


@pytest.mark.parametrize("keys", ["ar", "Ar", "raur", "sr", "rraa", "br", "brbA", "AuRs", "ak", "kjr"])
def test_keys_do_what_they_do_in_the_terminal(browser: Browser, page: Page, review: Review, keys: str) -> None:  # noqa: F811
    page()
    browser.open()
    browser.press(keys)
    review(f"{keys}q")
    assert undated(browser.yaml) == undated(Path("talk.txt.review.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    "keys", ["W", "V", "Wr", "WV", "Vu", "WuVa", "aVuW", "aVVu", "WkA", "sWV", "bV", "bVbW", "VbW"]
)
def test_keys_for_the_whole_repository_do_what_they_do_in_the_terminal(
    browser: Browser,
    page: Page,
    review: Review,  # noqa: F811
    keys: str,
) -> None:
    Path("cleanup.yaml").write_text("language: en\n")
    Path(REPOSITORY).write_text(dumps(Decisions((Decision("a/b/c", "accept", "so"),)), EVERY))
    before = Path(REPOSITORY).read_text()
    page()
    browser.open()
    browser.press(keys)
    made = browser.files if browser.driver.find_element("id", "save").is_enabled() else {}
    review(f"{keys}q")
    kept = {path.name: path.read_text("utf-8") for path in Path().glob("*.review.yaml") if path.read_text() != before}
    assert {name: undated(text) for name, text in made.items()} == {name: undated(text) for name, text in kept.items()}


def test_a_decision_for_the_repository_takes_the_place_of_the_one_before(
    browser: Browser, page: Page, run: Run
) -> None:
    Path("cleanup.yaml").write_text("language: en\n")
    rule = "fillers/fillers/english"
    before = (Decision(rule, "accept", "um,\n", by="Lind"), Decision("a/b/c", "accept", "so"))
    Path(REPOSITORY).write_text(dumps(Decisions(before), EVERY))
    page()
    browser.open()
    assert browser.text("#count") == "2 to decide"
    browser.press("b")
    show = "document.getElementById('f' + review.find(arguments[0])[0]).click()"
    browser.js(show, UM)
    browser.driver.find_element("xpath", "//button[contains(., 'Put back in the whole repository')]").click()
    browser.js(show, UM)
    assert browser.text("#state span").startswith("Put back in the whole repository by Ana")
    assert list(browser.files) == [REPOSITORY]
    browser.click("#save")
    assert (
        browser.js("return document.activeElement.className + document.activeElement.closest('section').id")
        == "download mainshared"
    )
    browser.click("#saving .close")
    browser.driver.refresh()
    file = browser.files[REPOSITORY]
    Path(REPOSITORY).write_text(file)
    made = everywhere(Path())
    assert [row[:3] for row in made] == [(rule, "reject", UM), ("a/b/c", "accept", "so")] and made[0].by == "Ana"
    assert file == dumps(Decisions(made), EVERY)
    assert "um," in run("publish", "talk.txt", *FILLERS[:2]).out


def test_two_files_are_saved_each_under_its_name(browser: Browser, page: Page) -> None:
    Path("cleanup.yaml").write_text("language: en\n")
    page()
    browser.open()
    browser.press("Wr")
    assert browser.text("#count") == "1 to decide"
    browser.click("#save")
    assert browser.js("return document.activeElement.closest('section').id") == "own"
    browser.click("#shared .download")
    browser.wait((browser.downloads / REPOSITORY).exists)
    assert [row.do for row in everywhere(browser.downloads)] == ["accept"]
    assert browser.text("#save") == "Save ●"
    browser.click("#own .copy")
    browser.until("return document.getElementById('said').textContent === 'Copied.'")
    assert browser.text("#save") == "Save…"
    browser.click("#saving .close")
    browser.press("uu")
    assert not browser.driver.find_element("id", "save").is_enabled()


def test_without_a_repository_the_page_decides_for_the_file(browser: Browser, page: Page) -> None:
    page()
    browser.open()
    browser.press("W")
    browser.until("return document.getElementById('said').textContent.startsWith('This file lies in no repository')")
    assert browser.text("#count") == "4 to decide" and "repository" not in browser.text("#card")
    browser.press("?")
    assert "repository" not in browser.text("#help")


def test_words_and_names_are_those_of_the_terminal(browser: Browser, page: Page, review: Review) -> None:  # noqa: F811
    page()
    browser.open()
    browser.press("eer – “so” \\,\n")
    browser.press("nAna Lind\n")
    browser.press("nAna Lindqvist\n")
    review("eer – “so” \\,\nnAna Lind\nnAna Lindqvist\nq")
    given_ = read(Path("talk.txt.review.yaml"))
    assert undated(browser.yaml) == undated(Path("talk.txt.review.yaml").read_text("utf-8"))
    assert [row.text for row in given_.rows] == ["er – “so” \\, "] and len(given_.given.speakers) == 1


def test_by_mouse(browser: Browser, page: Page) -> None:
    page()
    browser.open()
    assert browser.text("#count") == "4 to decide" and not browser.driver.find_element("id", "save").is_enabled()
    browser.click("[data-key=a]")
    assert browser.text("#count") == "3 to decide" and browser.text("[role=status]") != ""
    browser.click(f"#rows .raw mark[data-f='{browser.js('return review.find(arguments[0])', UM)[1]}']")
    assert browser.text("#number") == "3 of 4" and browser.text("#badge") == "Suggestion"
    browser.click("[data-key=e]")
    browser.press("so,")
    browser.click("#editing .main")
    assert "so," in browser.text("#rows .page ins")
    browser.click("#list [role=option]:nth-child(3)")
    assert browser.text("#state span").startswith("Edited by Ana")
    browser.click("#clear")
    browser.click("[data-key=u]")
    browser.click("[data-key=u]")
    assert browser.yaml.count("- rule:") == 1
    browser.click(".all button")
    assert browser.text("#count") == "1 to decide"


def test_all_of_a_rule_at_once(browser: Browser, page: Page) -> None:
    page()
    browser.open()
    browser.driver.find_element("xpath", "//button[.='Leave all 3 of this rule']").click()
    assert browser.text("#count") == "1 to decide" and browser.yaml.count('do: "reject"') == 3
    browser.press("u")
    assert browser.text("#count") == "4 to decide"


def test_the_file_is_loaded_down_under_its_name_and_obeyed(browser: Browser, page: Page, run: Run) -> None:
    page()
    browser.open()
    browser.press("arar")
    browser.press("br")
    browser.click("#save")
    browser.click("#own .download")
    file = browser.downloads / "talk.txt.review.yaml"
    browser.until("return document.getElementById('said').textContent.startsWith('Saved')")
    browser.wait(file.exists)
    shutil.move(file, "talk.txt.review.yaml")
    assert [row.do for row in read(Path("talk.txt.review.yaml")).rows] == [
        "accept",
        "reject",
        "accept",
        "reject",
        "reject",
    ]
    made = run("publish", "talk.txt", *FILLERS[:2]).out
    assert "It was, a long night" in made and "On Thursday, uh, at nine." in made and made.count("Harbour talk") == 2


def test_what_was_decided_before_is_kept(browser: Browser, page: Page, review: Review) -> None:  # noqa: F811
    Path("talk.txt").write_text(TALK)
    review("a")
    file = Path("talk.txt.review.yaml")
    known = read(file)
    more = known.given._replace(
        speakers={"9": "Nine", "LIND": "Ana Lind", "1": "One"}, labels=("Q",), no_labels=("Note",)
    )
    gone = known.rows[0]._replace(words="words that are gone", before="", after="")
    file.write_text(
        dumps(known._replace(rows=(gone, *known.rows), given=more, facts={"date": "2020-01-02"}), "talk.txt")
    )
    page()
    browser.open()
    assert browser.text("#count") == "3 to decide"
    browser.press("r")
    kept = file.read_text("utf-8")
    assert [line for line in kept.splitlines() if line not in browser.yaml.splitlines()] == []
    file.write_text(browser.yaml)
    assert len(read(file).rows) == 3 and list(read(file).given.speakers) == ["9", "LIND", "1"]


def test_decisions_outlive_a_reload(browser: Browser, page: Page) -> None:
    page()
    browser.open()
    browser.press("aa")
    browser.driver.refresh()
    assert browser.text("#count") == "3 to decide"
    browser.press("n")
    browser.press("Ana\n")
    browser.driver.refresh()
    assert browser.yaml.count("- rule:") == 1 and 'LIND": "Ana"' in browser.yaml


def test_a_browser_that_keeps_nothing_is_enough(browser: Browser, page: Page) -> None:
    page()
    source = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    script = browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": source})
    browser.driver.get(Path("page.html").resolve().as_uri())
    browser.press("ar")
    assert browser.text("#count") == "2 to decide" and browser.yaml.count("- rule:") == 2
    browser.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)
    browser.click("#save")
    browser.click("#own .copy")  # saved: nothing asks before the page is left
    browser.until("return document.getElementById('said').textContent === 'Copied.'")


EVIL = "<img src=x onerror=hit=1><script>hit=2</script></script><!-- <svg onload=hit=3> {{data}} &lt; \u2028 \x85 \u202e ${hit=4}"


def test_nothing_in_a_text_is_run(browser: Browser, page: Page, review: Review) -> None:  # noqa: F811
    evil = f"{EVIL} javascript:hit=5"
    page(
        f"Harbour {evil}\n\n"
        + TALK.replace("it was", evil).replace("the quay", f"the quay {evil}")
        + f"\n{evil}: So it is.\n"
    )
    browser.open()
    browser.press(f"e{EVIL}\n")
    browser.press(f"n{EVIL}\n")
    browser.click("#people")
    browser.click("#speakers .main")
    assert browser.js("return typeof hit") == "undefined"
    assert browser.js("return document.images.length + document.scripts.length") == 2
    assert "<script>hit=2</script>" in browser.text("#rows .raw")
    Path("talk.txt.review.yaml").write_bytes(browser.yaml.encode())
    assert EVIL.split("\u2028")[0].strip() in read(Path("talk.txt.review.yaml")).rows[0].text
    browser.js("const s = document.createElement('script'); s.textContent = 'hit = 6'; document.body.append(s)")
    browser.js("const i = document.createElement('img'); i.src = 'data:,'; document.body.append(i)")
    assert browser.js("return typeof hit") == "undefined"
    assert len([line for line in browser.complaints if "Content Security Policy" in line]) == 2


@given(DECISIONS)
@example(Decisions((), Given(), {"title": "a \x8a and \u2028"}))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_page_writes_what_the_program_writes(
    browser: Browser, book: Any, tmp_path: Path, decisions: Decisions
) -> None:
    file = tmp_path / "empty.html"
    if not file.exists():
        from cleanup.pipeline import clean
        from cleanup.reports.review import page as made
        from cleanup.reports.review import shown

        result = clean(b"KOVAC: So.\n", "talk.txt", book)
        file.write_text(made(shown(result, result, Decisions(), "")))
        browser.open(str(file))
    people: Given = decisions.given
    told = {
        "rows": [row._asdict() for row in decisions.rows],
        "speakers": list(people.speakers.items()),
        "facts": list(decisions.facts.items()),
        "labels": people.labels,
        "no-labels": people.no_labels,
        "opening": people.opening,
    }
    assert browser.js("return review.dumps(JSON.parse(arguments[0]))", json.dumps(told)) == dumps(decisions, "talk.txt")
    twice = [row._replace(words=f" {row.words.replace(' ', chr(0x85))}\x1f", do="accept") for row in decisions.rows]
    rows = {wide(row): row for row in (*decisions.rows, *twice[:2])}
    parts = [[row._asdict() for row in part] for part in (decisions.rows, twice[:2])]
    script = "return review.dumps({rows: review.merged(...JSON.parse(arguments[0]))}, arguments[1])"
    head = dumps(Decisions(), EVERY)
    assert browser.js(script, json.dumps(parts), head) == dumps(Decisions(tuple(rows.values())), EVERY)


def axe() -> str:
    """Return the checker of accessibility: the package axe-core of npm."""
    places: list[str | Path] = [os.environ.get("AXE_CORE", ""), ROOT / "node_modules" / "axe-core" / "axe.min.js"]
    file = next((Path(place) for place in places if place and Path(place).is_file()), None)
    return str(needed(file, "axe-core is missing: npm install --no-save axe-core").read_text("utf-8"))


def violations(browser: Browser) -> list[str]:
    script = (
        "const done = arguments[0]; axe.run().then(r => done(r.violations.map(v => `${v.id}: ${v.nodes[0].html}`)))"
    )
    return list(browser.driver.execute_async_script(script))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_anyone_can_use_it(browser: Browser, page: Page, size: str, scheme: str) -> None:
    Path("cleanup.yaml").write_text("language: en\n")
    page(TALK + "\nمتحدث: صباح الخير.\n")
    browser.open(size=size, scheme=scheme)
    browser.js(axe())
    found = {"start": violations(browser)}
    browser.press("ae")
    found["editing"] = violations(browser)
    browser.click("#editing .cancel")
    browser.press("n")
    found["naming"] = violations(browser)
    browser.click("#naming .cancel")
    browser.press("brV")
    found["edits that were made"] = violations(browser)
    assert len(browser.files) == 2
    for dialog, button in (("saving", "save"), ("speakers", "people"), ("help", "keys")):
        browser.js("document.getElementById(arguments[0]).click()", button)
        found[dialog] = violations(browser)
        browser.click(f"#{dialog} .close")
    if size == "phone":
        browser.click("#lists")
        found["list"] = violations(browser)
    assert {state: rows for state, rows in found.items() if rows} == {}
    browser.js("document.getElementById('list').removeAttribute('aria-label')")
    browser.js("document.getElementById('message').style.color = '#888'; document.documentElement.lang = ''")
    assert len(violations(browser)) >= 2


def test_nothing_runs_over_the_edge_of_a_phone(browser: Browser, page: Page) -> None:
    page(TALK.replace("quay", "quay" * 60))
    browser.open(size="phone")
    for keys in ("", "e"):
        browser.press(keys)
        assert browser.js("return document.documentElement.scrollWidth <= innerWidth")
    card = browser.driver.find_element("id", "editing").rect
    assert card["y"] + card["height"] <= SIZES["phone"][1]


def test_dark_where_that_is_wanted(browser: Browser, page: Page) -> None:
    page()
    shades = []
    for scheme in ("light", "dark"):
        browser.open(scheme=scheme)
        color = browser.js("return getComputedStyle(document.body).backgroundColor")
        shades.append(sum(map(int, re.findall(r"\d+", color)[:3])))
    assert shades[0] > 600 > 150 > shades[1]


def test_right_to_left(browser: Browser, page: Page) -> None:
    page("صباح الميناء\n\n" + TALK.partition("\n\n")[2], "--language", "ar")
    browser.open()
    for cell in ("h1", ".raw"):
        found = f"const cell = document.querySelector('{cell}'); return [getComputedStyle(cell).direction, cell.lang]"
        assert browser.js(found) == ["rtl", "ar"]


def test_focus_is_seen_and_keys_can_be_switched_off(browser: Browser, page: Page) -> None:
    page()
    browser.open()
    browser.press("?")
    browser.js("document.getElementById('letters').click()")
    browser.click("#help .close")
    browser.press("aA")
    assert browser.text("#count") == "4 to decide"
    browser.press("\ue004")
    outline = browser.js(
        "return [document.activeElement.tagName, getComputedStyle(document.activeElement).outlineStyle]"
    )
    assert outline[0] != "BODY" and outline[1] == "solid"


def test_thousands_of_findings(browser: Browser, page: Page) -> None:
    turns = (f"KOVAC: It was, um, night {n} at the quay.\n\nLIND: Yes, uh, and {n} boats.\n\n" for n in range(1000))
    page("Harbour talk\n\n" + "".join(turns), "--language", "en")
    browser.open()
    assert browser.text("#count") == "2000 to decide"
    drawn = "return [document.querySelectorAll('.row').length, document.querySelectorAll('.raw').length]"
    every, some = browser.js(drawn)
    assert every > 2000 and some < every / 4
    browser.press("\ue010")
    assert browser.text("#number") == "2000 of 2000"
    visible = "const r = document.querySelector('mark.now').getBoundingClientRect(); return r.top > 0 && r.bottom < innerHeight"
    browser.until(visible)
    browser.press("A")
    assert browser.text("#count") == "1000 to decide" and browser.yaml.count("- rule:") == 1000
    browser.press("u")
    assert browser.text("#count") == "2000 to decide"

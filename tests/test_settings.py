"""`cleanup.yaml` is small and strict: what is wrong in it is said with its line, and nothing leads out of the repository."""

from pathlib import Path

import pytest

from cleanup.errors import SettingsError
from cleanup.settings import Settings, check_packs, check_site, find, read


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Make a repository with a pack of its own, a folder of pages and a folder of transcripts."""
    root = tmp_path / "site"
    for name in (".git", "house", "content", "raw/2024"):
        (root / name).mkdir(parents=True)
    (root / "house" / "names.yaml").write_text("pack: names\n")
    (tmp_path / "outside.yaml").write_text("secret\n")
    return root


def write(root: Path, text: str) -> Path:
    file = root / "cleanup.yaml"
    file.write_text(text, "utf-8")
    return file


def test_everything_that_may_stand_there(repository: Path) -> None:
    file = write(
        repository,
        "language: pt-BR\nsite: hugo\nlabels: surname\ncredit: off\n"
        "packs:\n  on: [typography/house]\n  off: wording/consistent\n"
        "rules: [house, house/names.yaml]\npages: content\n",
    )
    settings = find(repository / "raw" / "2024")
    assert settings._replace(places={}) == Settings(
        root=repository.resolve(),
        file=file.resolve(),
        language="pt-BR",
        on=frozenset({"typography/house"}),
        off=frozenset({"wording/consistent"}),
        rules=(repository.resolve() / "house", repository.resolve() / "house" / "names.yaml"),
        site="hugo",
        labels="surname",
        credit=False,
        pages=(repository.resolve() / "content",),
    )


def test_found_upwards_to_the_root_of_the_repository_and_no_further(repository: Path) -> None:
    write(repository.parent, "site: hugo\n")
    assert find(repository / "raw" / "2024" / "none.txt") == Settings(root=repository.resolve())
    write(repository, "site: jekyll\n")
    assert find(repository / "raw" / "2024").site == "jekyll"
    (repository / "raw" / "cleanup.yaml").write_text("site: pelican\n")
    assert find(repository / "raw" / "2024").site == "pelican"


def test_an_empty_file_asks_for_nothing(repository: Path) -> None:
    for text in ("", "# nothing yet\n", "\ufeff# nothing yet\n"):
        assert read(write(repository, text)).site is None


def test_pages_need_not_be_there_yet(repository: Path) -> None:
    assert read(write(repository, "pages: [new/pages]\n")).pages == (repository.resolve() / "new" / "pages",)


WRONG = {
    "unknown key": ("site: hugo\nsites: x\n", "2:1", "unknown key `sites`", "sites: x"),
    "unknown inner key": ("packs:\n  only: [a]\n", "2:3", "unknown key `only`", "only: [a]"),
    "key twice": ("site: hugo\nsite: jekyll\n", "2:1", "stands here twice", "site: jekyll"),
    "not a mapping": ("- site\n", "1:1", "mapping", "- site"),
    "a number for a text": ("language: 5\n", "1:11", "put it in quotes", "language: 5"),
    "no means false": ("language: no\n", "1:11", "put it in quotes", "language: no"),
    "a list for a text": ("site: [a]\n", "1:7", "text is needed", "site: [a]"),
    "empty text": ('site: ""\n', "1:7", "empty", 'site: ""'),
    "nothing for a text": ("site:\n", "1:6", "text is needed", "site:"),
    "a word for a truth value": ("credit: maybe\n", "1:9", "`true` or `false`", "credit: maybe"),
    "no language": ("language: klingon\n", "1:11", "no language tag", "language: klingon"),
    "no such labels": ("labels: initials\n", "1:9", "full, surname, as-is", "labels: initials"),
    "on and off": ("packs:\n  on: [a/b]\n  off: [a/b]\n", "3:9", "on and off", "off: [a/b]"),
    "a number in a list": ("packs: {on: [a/b, 3]}\n", "1:19", "text is needed", "packs: {on: [a/b, 3]}"),
    "out of the folder": ("rules: ../../x\n", "1:8", "leads out", "rules: ../../x"),
    "absolute": ("rules:\n  - house\n  - /etc\n", "3:5", "leads out", "- /etc"),
    "address": ("rules: https://example.org/x.yaml\n", "1:8", "address", "rules: https://example.org/x.yaml"),
    "not there": ("rules: [house, missing]\n", "1:16", "not there", "rules: [house, missing]"),
    "pages out": ("pages: ../other\n", "1:8", "leads out", "pages: ../other"),
    "NUL": ('pages: "a\\0b"\n', "1:8", "leads out", 'pages: "a\\0b"'),
    "half a character": ('pages: "a\\ud800"\n', "1:8", "leads out", 'pages: "a\\ud800"'),
    "up and down again": ("pages: a/../b\n", "1:8", "leads out", "pages: a/../b"),
    "a long name": (f"rules: {'a' * 300}\n", "1:8", "not there", "rules: aaa"),
    "alias": ("site: &a hugo\nlanguage: *a\n", "1:7", "anchors and aliases", "site: &a hugo"),
    "tag": ("site: !!python/name:os.system x\n", "1:7", "tags", "site: !!python/name:os.system x"),
    "key that is a list": ("[a]: b\n", "1:1", "plain text", "[a]: b"),
    "deep": ("site: " + "[" * 200_000, "1:30", "nested deeper", "site: [[[["),
    "not closed": ("site: [a\n", "2:1", "not YAML", ""),
    "tab": ("packs:\n\ton: a\n", "2:1", "not YAML", "on: a"),
    "two documents": ("site: a\n---\nsite: b\n", "2:1", "not YAML", "---"),
    "huge number": ("language: " + "9" * 5000 + "\n", "1:11", "quotes", "language: 999"),
    "control character": ("site: a\x07b\n", "", "not YAML", ""),
}


@pytest.mark.parametrize("what", WRONG)
def test_wrong(what: str, repository: Path) -> None:
    text, place, words, quoted = WRONG[what]
    file = write(repository, text)
    with pytest.raises(SettingsError) as caught:
        read(file)
    first, _, second = str(caught.value).partition("\n")
    assert first.startswith(f"{file}:{place}: " if place else f"{file}: ")
    assert words in first
    assert second.strip().startswith(quoted)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("links", ["cleanup.yaml", "house/names.yaml", "house/more.yaml", "house"])
def test_no_link_leads_out(links: str, repository: Path) -> None:
    outside = repository.parent / "outside.yaml"
    write(repository, "rules: house\n")
    link = repository / links
    if link.is_dir():
        (link / "names.yaml").unlink()
        link.rmdir()
        outside = repository.parent / "elsewhere"
        outside.mkdir()
    link.unlink(missing_ok=True)
    link.symlink_to(outside)
    with pytest.raises(SettingsError, match=r"out of (its|the) folder") as caught:
        find(repository)
    assert "secret" not in str(caught.value)


def test_a_link_inside_the_repository_is_fine(repository: Path) -> None:
    (repository / "mine").symlink_to(repository / "house")
    assert read(write(repository, "rules: mine\n")).rules == (repository.resolve() / "house",)


@pytest.mark.parametrize(
    ("data", "words"), [(b"site: \xff\n", "not UTF-8 at byte 6"), (b"#" * (2 << 20), "larger than 1 MiB")]
)
def test_files_that_are_not_read(data: bytes, words: str, repository: Path) -> None:
    file = repository / "cleanup.yaml"
    file.write_bytes(data)
    with pytest.raises(SettingsError, match=words):
        read(file)


def test_too_many_entries(repository: Path) -> None:
    with pytest.raises(SettingsError, match="split the file"):
        read(write(repository, "packs: {on: [" + "a," * 120_000 + "]}\n"))


def test_names_that_only_others_know(repository: Path) -> None:
    settings = read(
        write(repository, "site: hugoo\npacks:\n  on: [typography/house]\n  off:\n    - boilerplate/wordpres\n")
    )
    with pytest.raises(SettingsError, match=r"cleanup\.yaml:5:7: there is no pack `boilerplate/wordpres`"):
        check_packs(settings, frozenset({"typography/house", "boilerplate/wordpress"}))
    with pytest.raises(SettingsError, match=r"cleanup\.yaml:1:7: there is no site `hugoo`; there are hugo"):
        check_site(settings, ("hugo",))
    check_packs(settings, frozenset({"typography/house", "boilerplate/wordpres"}))
    check_site(settings, ("hugoo",))

"""Which languages there are, and which one is spoken."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from curvegui.core.language.text import speak, spoken, tr, tr_in
from curvegui.files.disk import languages, resources

CATALOGUE = 'msgid ""\nmsgstr ""\n"X-Own-Name: Deutsch\\n"\n\nmsgid "Open"\nmsgstr "Öffnen"\n'


@pytest.fixture(autouse=True)
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / languages.FOLDER / "de"
    (folder / "lessons").mkdir(parents=True)
    (folder / languages.CATALOGUES[0]).write_text(CATALOGUE, encoding="utf-8")
    (folder / "lessons" / "a.md").write_text("Deutsch", encoding="utf-8")
    (tmp_path / "lessons").mkdir()
    for name in ("a.md", "b.md"):
        (tmp_path / "lessons" / name).write_text("English", encoding="utf-8")
    monkeypatch.setattr(resources, "ROOTS", (tmp_path,))
    yield folder
    speak(None)


def test_languages_have_their_own_names() -> None:
    assert languages.available() == {"en": "English", "de": "Deutsch"}


def test_a_language_is_spoken_and_english_again() -> None:
    languages.use("de")
    assert (spoken(), tr("Open")) == ("de", "Öffnen")
    languages.use("fr")
    assert (spoken(), tr("Open")) == ("en", "Open")


def test_a_language_of_a_bundle_is_spoken(german: Path) -> None:
    written, packed = (german / name for name in languages.CATALOGUES)
    packed.write_bytes(gzip.compress(written.read_bytes()))
    written.unlink()
    assert languages.available()["de"] == "Deutsch"
    languages.use("de")
    assert tr("Open") == "Öffnen"


def test_a_language_to_test_with_says_what_translators_know_of(tmp_path: Path) -> None:
    languages.use("brackets")
    assert tr("Open") == "[Open]"  # in what is installed, they know of all
    speak(None)
    template = 'msgid "Open"\nmsgstr ""\n\nmsgctxt "menu"\nmsgid "Run"\nmsgstr ""\n'
    (tmp_path / languages.FOLDER / languages.TEMPLATE).write_text(template, encoding="utf-8")
    languages.use("brackets")
    assert (tr("Open"), tr("Run"), tr_in("menu", "Run"), tr("Lost")) == ("[Open]", "Run", "[Run]", "Lost")


def test_pages_are_looked_up_in_the_language_first() -> None:
    languages.use("de")
    assert languages.translated("lessons", "a.md").read_text(encoding="utf-8") == "Deutsch"
    assert languages.translated("lessons", "b.md").read_text(encoding="utf-8") == "English"
    languages.use("en")
    assert languages.translated("lessons", "a.md").read_text(encoding="utf-8") == "English"


def test_one_of_the_apps_own_pages_is_kept_by_its_name_in_every_language(german: Path, tmp_path: Path) -> None:
    assert languages.common_name(german / "lessons" / "a.md", "lessons") == "a.md"
    assert languages.common_name(tmp_path / "lessons" / "b.md", "lessons") == "b.md"
    assert languages.common_name(tmp_path / "a.md", "lessons") == str(tmp_path / "a.md")


@pytest.mark.parametrize(
    ("wanted", "code"),
    [(["de_AT.UTF-8"], "de"), (["en_GB", "de"], "en"), (["fr-FR", "de-DE"], "de"), (["C"], "en"), ([], "en")],
)
def test_the_first_known_language_of_the_system_is_taken(wanted: list[str], code: str) -> None:
    assert languages.of_system(wanted) == code


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The languages whose catalogues are opened, in their order."""
    names, read = [], languages._text
    monkeypatch.setattr(languages, "_text", lambda path, *most: names.append(path.parent.name) or read(path, *most))
    return names


def test_only_the_catalogue_that_is_spoken_is_opened_and_once(german: Path, opened: list[str]) -> None:
    french = german.with_name("fr")
    french.mkdir()
    (french / languages.CATALOGUES[0]).write_text(CATALOGUE, encoding="utf-8")
    languages.use(languages.wished(["ko", "de_AT", "fr"], {}))  # the terminal's
    languages.use(languages.wished(["de-AT"], {}))  # and the window's
    assert (spoken(), opened) == ("de", ["de"])


@pytest.mark.parametrize("wanted", [["en_US", "de"], ["C.UTF-8"], []])
def test_for_english_nothing_is_looked_for(wanted: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "resource", lambda *_: pytest.fail("it was"))
    languages.use(languages.of_system(wanted))
    assert spoken() == "en"


def test_a_terminal_wants_what_its_variables_say() -> None:
    assert languages.wanted_in_terminal({"LANG": "de_DE.UTF-8", "LC_ALL": "fr_FR"}) == ["fr_FR"]
    assert languages.wanted_in_terminal({"LANGUAGE": "de:fr", "LANG": "en_US"}) == ["de", "fr"]
    assert languages.wished(["de"], {"CURVEGUI_LANGUAGE": "x"}) == "x"
    assert languages.wished(["de"], {}) == "de"


PACKED = gzip.compress(CATALOGUE.encode(), mtime=0)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        *(("curvegui.po", content) for content in (b'"\xff"', b'msgid "Open', None)),
        *(("curvegui.po.gz", content) for content in (b"no gzip", PACKED[:-12], PACKED[:12] + bytes(20) + PACKED[32:])),
    ],
)
def test_a_catalogue_that_cannot_be_read_is_told_and_keeps_no_other_language_from_being_spoken(
    german: Path, name: str, content: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    french = german.with_name("fr")
    french.mkdir()
    (french / languages.CATALOGUES[0]).write_text(CATALOGUE.replace("Deutsch", "Français"), encoding="utf-8")
    (german / languages.CATALOGUES[0]).unlink()
    damaged = german / name
    if content is None:
        damaged.mkdir()
    else:
        damaged.write_bytes(content)

    languages.use("fr")
    assert (spoken(), caplog.text) == ("fr", "")
    languages.use("de")
    assert "de" in caplog.text
    assert (spoken(), tr("Open")) == ("en", "Open")

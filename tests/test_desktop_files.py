"""What desktops are told about the app: it agrees with the app, whatever is changed there."""

import re
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from curvegui import APP_ID, __version__
from curvegui.core.language.text import unstopped
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.disk.languages import available, read
from curvegui.files.disk.resources import resource
from curvegui.files.project.project import Project, encode
from curvegui.session.document.file import ENDING

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "resources" / "desktop"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
ZIP_PRIORITY = 60  # of what the system knows of zip archives


@pytest.fixture(scope="module")
def kind():
    """The file type."""
    root = ElementTree.parse(FOLDER / "mime" / "packages" / f"{APP_ID}.xml").getroot()
    return root.find(f"{MIME}mime-type")


@pytest.fixture(scope="module")
def entry():
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read(FOLDER / "applications" / f"{APP_ID}.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def saved():
    yield encode(Project(Trainer(TrainingConfig()).record(), name="mine"))
    files = sorted((ROOT / "tests" / "saved_before").rglob("*.curvegui"))
    assert len(files) > 10
    yield from (path.read_bytes() for path in files)


def test_the_file_type_is_told_by_the_first_bytes_of_every_project_and_no_other_archive(kind):
    magic = kind.find(f"{MIME}magic")
    assert int(magic.get("priority")) > ZIP_PRIORITY
    bytes_at = {
        int(each.get("offset")): each.get("value").encode("ascii").decode("unicode_escape").encode("latin-1")
        for each in magic.iter(f"{MIME}match")
    }
    assert len(bytes_at) == 2
    for data in saved():
        for offset, value in bytes_at.items():
            assert data[offset:].startswith(value)
    assert len(bytes_at[30]) > len("manifest.json{")
    assert kind.find(f"{MIME}glob").get("pattern") == f"*{ENDING}"


def test_the_entry_of_the_menu_opens_that_type_with_that_icon(entry, kind):
    assert entry["MimeType"] == f"{kind.get('type')};"
    assert entry["Icon"] == APP_ID
    assert "%F" in entry["Exec"]
    icons = FOLDER / "icons" / "hicolor"
    for place, name, drawing in (
        ("apps", APP_ID, "app"),
        ("mimetypes", kind.find(f"{MIME}icon").get("name"), "document"),
    ):
        assert (icons / "scalable" / place / f"{name}.svg").read_bytes() == resource(
            "icons", f"{drawing}.svg"
        ).read_bytes()
        for side in (64, 128, 256, 512):
            data = (icons / f"{side}x{side}" / place / f"{name}.png").read_bytes()
            assert int.from_bytes(data[16:20], "big") == int.from_bytes(data[20:24], "big") == side


def test_the_shop_is_told_the_same_name_version_and_pictures_that_are_there(entry, kind):
    root = ElementTree.parse(FOLDER / "metainfo" / f"{APP_ID}.metainfo.xml").getroot()
    assert root.findtext("id") == APP_ID
    assert root.findtext("launchable") == f"{APP_ID}.desktop"
    assert root.findtext("name") == entry["Name"]
    assert root.findtext("summary") == entry["Comment"]
    assert root.findtext("provides/mediatype") == kind.get("type")
    assert root.find("releases/release").get("version") == __version__
    pictures = [each.text for each in root.iter("image")]
    assert len(pictures) >= 3
    for address in pictures:
        assert (ROOT / re.sub(r".*/main/", "", address)).is_file()


def locales():
    """How the desktop calls the languages of the app other than English: by the code, and Chinese by the country."""
    for code in sorted(set(available()) - {"en"}):
        language = read(code)
        yield pytest.param(language, "zh_CN" if code == "zh" else code, id=code)


@pytest.mark.parametrize(("language", "locale"), [*locales()])
def test_the_menu_the_shop_and_the_file_type_speak_every_language_of_the_app(entry, kind, language, locale):
    words = unstopped(language.texts.gettext("Watch a small neural network learn to draw a curve."))
    assert entry[f"Comment[{locale}]"] == words
    assert entry[f"GenericName[{locale}]"] != entry["GenericName"]
    assert entry[f"Keywords[{locale}]"].count(";") == entry["Keywords"].count(";")
    shop = ElementTree.parse(FOLDER / "metainfo" / f"{APP_ID}.metainfo.xml").getroot()
    assert [each.text for each in shop.findall("summary") if each.get(LANGUAGE) == locale] == [words]
    assert locale in [each.text for each in shop.iterfind("languages/lang")]
    assert len([each for each in kind.findall(f"{MIME}comment") if each.get(LANGUAGE) == locale and each.text]) == 1


def test_the_installer_for_windows_and_the_bundle_for_macos_speak_every_language_of_the_app():
    installer = (ROOT / "packaging" / "windows.iss").read_text(encoding="utf-8")
    assert set(re.findall(r'^Name: "(\w+)"; MessagesFile', installer, re.MULTILINE)) == set(available())
    assert '"CFBundleLocalizations": ["en", ' in (ROOT / "packaging" / "curvegui.spec").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("program", "options", "file"),
    [
        ("desktop-file-validate", [], f"applications/{APP_ID}.desktop"),
        ("appstreamcli", ["validate", "--no-net"], f"metainfo/{APP_ID}.metainfo.xml"),
    ],
)
def test_what_checks_such_files_finds_nothing(program, options, file):
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed")
    checked = subprocess.run([found, *options, FOLDER / file], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr

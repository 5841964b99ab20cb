"""The page about the systems names places that are there, and all parts of the app that look where they are."""

import re
from pathlib import Path

import curvegui
from curvegui.files.disk.portable_name import portable_stem
from curvegui.ui.second_start import channel

PACKAGE = Path(curvegui.__file__).parent
ROOT = PACKAGE.parent
PAGE = (ROOT / "docs" / "platforms.md").read_text(encoding="utf-8")
LOOKS = re.compile(r"sys\.platform|os\.name\b|hasattr\((os|signal),")
SMALL = {"exercise/runner/process.py", "files/disk/atomic.py"}  # what the page says of their folders


def test_each_place_that_the_page_names_is_there():
    named = set(re.findall(r"`((?:curvegui|packaging|resources)/[^`]+)`", PAGE))
    assert len(named) > 20
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_each_part_of_the_app_that_asks_where_it_is_stands_on_the_page():
    looking = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if LOOKS.search(path.read_text(encoding="utf-8"))
    }
    assert len(looking) > 15
    assert [name for name in sorted(looking - SMALL) if f"`curvegui/{name}`" not in PAGE] == []


def test_on_windows_a_channel_is_no_file(monkeypatch, tmp_path):
    monkeypatch.setattr(channel.sys, "platform", "win32")
    name = channel.server_name(tmp_path / "preferences.json")
    assert portable_stem(name, "") == name

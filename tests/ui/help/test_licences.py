"""In a bundle, About opens the licences of all that is in it; elsewhere it says where they are."""

import sysconfig

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from curvegui.ui.help import about, licences
from curvegui.ui.help.about import AboutBox
from curvegui.ui.help.licences import LicencesWindow


@pytest.fixture
def bundled(monkeypatch, tmp_path):
    """As in a bundle: three parts with their licences."""
    for name in ("NumPy", "av", "CurveGUI"):
        (tmp_path / f"{name}-1.txt").write_text(f"{name} 1\nLicence: as it is\n\n\nPermission is granted by {name}.\n")
    monkeypatch.setattr(licences, "resource", lambda name: tmp_path)


@pytest.fixture
def box(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    box = AboutBox(parent, "C engine")
    yield box
    parent.setParent(None)


def test_a_bundle_shows_each_licence_its_own_first(bundled, box):
    box.licences.click()
    (window,) = box.findChildren(LicencesWindow)
    names = [window.parts.item(row).text() for row in range(window.parts.count())]
    assert names == ["CurveGUI 1", "av 1", "NumPy 1"]
    assert "granted by CurveGUI" in window.text.toPlainText()
    window.parts.setCurrentRow(2)
    assert "granted by NumPy" in window.text.toPlainText()
    assert window.text.layoutDirection() is Qt.LayoutDirection.LeftToRight  # also in Arabic: it is English
    window.close()


def test_elsewhere_it_says_where_the_packages_are_which_have_them(box):
    assert sysconfig.get_path("purelib") in box.words.text()
    assert not box.licences.isVisibleTo(box)


def test_a_bundle_does_not_speak_of_packages(bundled, box):
    assert about.sysconfig.get_path("purelib") not in box.words.text()
    assert box.licences.isVisibleTo(box)

"""The About box: version, licences of all that it stands on."""

from importlib.metadata import version

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from curvegui import __version__
from curvegui.ui.help.about import PARTS, about_box


@pytest.fixture
def box(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent, about_box(parent)


def test_it_says_which_version_this_is(box):
    assert f"CurveGUI {__version__}" in box[1].text()
    assert "MIT licence" in box[1].informativeText()


def test_it_names_everything_that_is_installed_with_it_and_its_licence(box):
    assert [name.partition(" ")[0] for name, _, _ in PARTS] == ["PySide6", "pyqtgraph", "NumPy", "Pillow"]
    for name, number, licence in PARTS:
        assert f"{name} {number}" in box[1].informativeText()
        assert licence in box[1].informativeText()
    assert {number for _, number, _ in PARTS} >= {version("numpy"), version("pyqtgraph"), version("Pillow")}


def test_esc_or_the_button_closes_it(box):
    for close in (lambda: QTest.keyClick(box[1], Qt.Key.Key_Escape), box[1].buttons()[0].click):
        box[1].show()
        close()
        assert not box[1].isVisible()
    assert [box[1].buttonRole(button) for button in box[1].buttons()] == [box[1].ButtonRole.RejectRole]

"""The About box: version, licences of all that it stands on."""

from importlib.metadata import version

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from curvegui import __version__
from curvegui.environment import PARTS
from curvegui.ui.help.about import AboutBox


@pytest.fixture
def box(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent, AboutBox(parent, "C engine")


def test_it_names_everything_that_is_installed_with_it_and_its_licence(box):
    assert "C engine" in box[1].words.text()
    for package, (name, licence) in PARTS.items():
        assert f"{name} {version(package)}" in box[1].words.text()
        assert licence in box[1].words.text()


def test_its_details_can_be_copied_and_it_stays(box):
    box[1].show()
    box[1].copy.click()
    assert box[1].isVisible()
    assert f"CurveGUI {__version__}" in QGuiApplication.clipboard().text()
    assert f"NumPy {version('numpy')}" in QGuiApplication.clipboard().text()


def test_esc_or_the_button_closes_it(box):
    for close in (lambda: QTest.keyClick(box[1], Qt.Key.Key_Escape), box[1].close_button.click):
        box[1].show()
        close()
        assert not box[1].isVisible()

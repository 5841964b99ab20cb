"""A picture is of what is shown at the moment of the command."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from curvegui.core.settings.config import FULL_SPEED
from curvegui.session.run.phase import Phase
from curvegui.ui.picture.dialog import PictureDialog
from curvegui.ui.picture.form import picture_name
from tests.ui.person import Key

pytestmark = pytest.mark.costly


def test_just_after_a_pause_it_is_of_the_last_iteration(open_window, monkeypatch):
    asked = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (asked.append(Path(given[2]).stem), ("", ""))[1])
    person = open_window(speed=FULL_SPEED, iterations=10_000_000)
    person.wait_for_first_picture()
    person.press(Key.Key_Space)
    person.reach(100)
    paused = []
    person.session.snapshot_ready.connect(lambda found: paused.append(found) if found.phase is Phase.PAUSED else None)
    person.session.pause()  # and at once, before the trainer has heard of it:
    person.choose("picture.save")
    person.wait_until(lambda: person.window.findChildren(PictureDialog))
    (dialog,) = person.window.findChildren(PictureDialog)
    QTest.mouseClick(dialog.findChild(object, "picture.save"), Qt.MouseButton.LeftButton)
    person.wait_until(lambda: paused)
    assert asked == [picture_name(paused[-1].snapshot)]
    dialog.reject()

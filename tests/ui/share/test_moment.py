"""A picture is of what is shown at the moment of the command."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from curvegui.core.network.parts import Neuron
from curvegui.core.settings.config import FULL_SPEED
from curvegui.figure.drawing.figure import FigureOptions
from curvegui.figure.drawing.look import DARK
from curvegui.figure.picture.export import render_bytes
from curvegui.session.run.delivery import Phase
from curvegui.ui.share.dialog import ShareDialog
from curvegui.ui.share.moment import Moment
from tests.ui.person import Key, colours, picture

pytestmark = pytest.mark.costly


def test_just_after_a_pause_it_is_of_the_last_iteration(visit, monkeypatch):
    asked = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (asked.append(Path(given[2]).stem), ("", ""))[1])
    person = visit(speed=FULL_SPEED, iterations=10_000_000)
    person.wait_for_first_picture()
    person.press(Key.Key_Space)
    person.reach(100)
    paused = []
    person.session.snapshot_ready.connect(lambda found: paused.append(found) if found.phase is Phase.PAUSED else None)
    person.session.pause()  # and at once, before the trainer has heard of it:
    person.choose("picture.save")
    person.wait_until(lambda: person.window.findChildren(ShareDialog))
    (dialog,) = person.window.findChildren(ShareDialog)
    QTest.mouseClick(dialog.findChild(object, "share.save"), Qt.MouseButton.LeftButton)
    person.wait_until(lambda: paused)
    assert asked == [f"heart-{paused[-1].snapshot.iteration}"]
    dialog.reject()


def test_as_on_the_canvas_it_is_the_canvas_with_axes_and_overlays_whatever_its_scale(visit):
    person = visit()
    person.learn(200)
    canvas, services = person.window.canvas, person.window.services
    services.display.see(axes=True, residuals=True)
    services.inspection.mute(Neuron(1, 1), True)
    canvas.zoom_in()
    person.wait_until(lambda: not canvas.layer.has_work)
    view = canvas.as_view()
    figure = replace(Moment.shown(services).figure, view=view)
    seen = colours(picture(canvas.viewport())).astype(int)
    for scale in (1, 2):
        image = QImage.fromData(render_bytes(figure, DARK, FigureOptions(trail=False), scale=scale))
        size = canvas.size()
        assert image.size() == size * scale
        small = image.scaled(size, mode=Qt.TransformationMode.SmoothTransformation)
        assert np.abs(colours(small.convertToFormat(QImage.Format.Format_RGB32)) - seen).mean() < 3

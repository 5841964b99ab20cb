"""The small picture in the dialog: what a file would show, and never in the way of anything."""

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSize, QTimer
from PySide6.QtGui import QImage

from curvegui.core.learner.target import training_data
from curvegui.figure.drawing.figure import Figure, FigureOptions
from curvegui.figure.drawing.look import CLASSIC, LOOKS
from curvegui.figure.picture.export import Rendering
from curvegui.ui.look.theme import CONTRAST
from curvegui.ui.share.preview import CHEQUERS, SharePreview
from tests.ui.person import picture, pixels_near, put_on

TARGET = training_data()[1]
TRAIL = np.stack([TARGET * share for share in np.linspace(0.2, 1, 2_000)]).astype(np.float32)
figure = Figure(TARGET, TRAIL, TARGET)


SIDE_PX = 340


def made(look, **options):
    return lambda scale: Rendering(figure, look, FigureOptions(**options), scale=scale)


@pytest.fixture
def preview(qtbot):
    preview = SharePreview()
    qtbot.addWidget(preview)
    preview.resize(SIDE_PX, SIDE_PX)
    preview.show()
    return preview


def shown(preview, qtbot, look, **options):
    preview.show_painting(QSize(900, 900), made(look, **options))
    qtbot.waitUntil(lambda: not preview.image.isNull() and not any(each.isActive() for each in timers(preview)))
    return picture(preview)


def timers(preview):
    return preview.findChildren(QTimer)


def test_it_shows_the_picture_as_large_as_there_is_room_and_anew_at_another_size(preview, qtbot):
    image = shown(preview, qtbot, CLASSIC)
    assert preview.image.size() == QSize(SIDE_PX, SIDE_PX)
    assert pixels_near(image, CLASSIC.fit.colour) > 50
    assert pixels_near(image, CHEQUERS[1], within=1) == 0
    ground = preview.palette().window().color()
    assert image.pixelColor(0, 0) == ground != image.pixelColor(8, 8)  # its corners are round
    preview.resize(300, 200)
    qtbot.waitUntil(lambda: preview.image.size() == QSize(200, 200))
    assert picture(preview).pixelColor(10, 100) == ground != picture(preview).pixelColor(150, 100)


def test_in_high_contrast_its_edge_is_seen_on_a_ground_of_its_own_colour(preview, qtbot):
    put_on(CONTRAST)
    assert shown(preview, qtbot, LOOKS["contrast"], trail=False).pixelColor(0, 60).name() == CONTRAST.edge


def test_a_chequered_ground_means_transparent(preview, qtbot):
    image = shown(preview, qtbot, CLASSIC, background=False, trail=False)
    for colour in CHEQUERS:
        assert 0.35 < pixels_near(image, colour, within=1) / SIDE_PX**2 < 0.5


def test_it_can_be_stopped(preview, qtbot):
    preview.show_painting(QSize(900, 900), made(CLASSIC))
    preview.stop()
    qtbot.wait(50)
    assert preview.image.isNull()


def test_it_may_go_while_it_paints(qtbot):
    """Qt aborts where an image is destroyed before its painter has ended."""
    preview = SharePreview()
    preview.show_painting(QSize(900, 900), made(CLASSIC))
    (timer,) = [each for each in timers(preview) if each.isActive()]
    with qtbot.waitSignals([timer.timeout] * 2):
        pass
    preview.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    del preview
    assert not QImage(8, 8, QImage.Format.Format_RGB32).isNull()  # Qt still paints

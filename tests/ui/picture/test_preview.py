"""The small picture in the dialog: what a file would show, and never in the way of anything."""

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtGui import QImage

from curvegui.core.learner.target import training_data
from curvegui.figure.drawing.figure import Figure, FigureOptions
from curvegui.figure.drawing.look import CLASSIC, LOOKS
from curvegui.ui.look.theme import CONTRAST
from curvegui.ui.picture.preview import CHEQUERS, PREVIEW_PX, PicturePreview
from tests.ui.person import picture, pixels_near, put_on

TARGET = training_data()[1]
TRAIL = np.stack([TARGET * share for share in np.linspace(0.2, 1, 2_000)]).astype(np.float32)
figure = Figure(TARGET, TRAIL, TARGET)


@pytest.fixture
def preview(qtbot):
    made = PicturePreview()
    qtbot.addWidget(made)
    made.show()
    return made


def wait_for(preview, qtbot):
    qtbot.waitUntil(lambda: not preview.findChild(QTimer).isActive())
    return picture(preview)


def test_it_shows_the_figure(preview, qtbot):
    preview.show_figure(figure, CLASSIC, FigureOptions())
    image = wait_for(preview, qtbot)
    assert (image.width(), image.height()) == (PREVIEW_PX, PREVIEW_PX)
    assert pixels_near(image, CLASSIC.fit.colour) > 50
    assert pixels_near(image, CHEQUERS[1], within=1) == 0
    assert (
        image.pixelColor(0, 0) == preview.palette().window().color() != image.pixelColor(8, 8)
    )  # its corners are round


def test_in_high_contrast_its_edge_is_seen_on_a_ground_of_its_own_colour(preview, qtbot):
    put_on(CONTRAST)
    preview.show_figure(figure, LOOKS["contrast"], FigureOptions(trail=False))
    assert wait_for(preview, qtbot).pixelColor(0, 60).name() == CONTRAST.edge


def test_a_chequered_ground_means_transparent(preview, qtbot):
    preview.show_figure(figure, CLASSIC, FigureOptions(background=False, trail=False))
    image = wait_for(preview, qtbot)
    for colour in CHEQUERS:
        assert 0.35 < pixels_near(image, colour, within=1) / PREVIEW_PX**2 < 0.5


def test_it_can_be_stopped(preview, qtbot):
    preview.show_figure(figure, CLASSIC, FigureOptions())
    preview.stop()
    with qtbot.assertNotEmitted(preview.findChild(QTimer).timeout, wait=50):
        pass
    assert preview.pixmap().isNull()


def test_it_may_go_while_it_paints(qtbot):
    """Qt aborts where an image is destroyed before its painter has ended."""
    preview = PicturePreview()
    preview.show_figure(figure, CLASSIC, FigureOptions())
    with qtbot.waitSignals([preview.findChild(QTimer).timeout] * 2):
        pass
    preview.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    del preview
    assert not QImage(8, 8, QImage.Format.Format_RGB32).isNull()  # Qt still paints

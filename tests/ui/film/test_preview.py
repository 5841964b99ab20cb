"""The small film in the dialog: it plays what a file would, as often as that would, and ends when it is told to."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool
from PySide6.QtGui import QAccessible, QImage

from curvegui.figure.drawing.look import CLASSIC
from curvegui.figure.film.film import FilmOptions, Reel
from curvegui.ui.film import dialog as film_preview
from curvegui.ui.film.dialog import FilmPreview
from curvegui.ui.look.theme import CONTRAST
from curvegui.ui.picture.preview import PREVIEW_PX
from curvegui.ui.widgets.spoken import heard, speak_for_pictures
from tests.figure.runs import short_run
from tests.ui.person import picture, put_on

SHORT = FilmOptions(seconds=1, time="even", caption=False)


@pytest.fixture
def open_preview(qtbot, monkeypatch):
    """Previews of the short run that play a hundred times as fast; in the end none is painting any more."""
    monkeypatch.setattr(film_preview, "MS", 10)
    made = []

    def opened(**options):
        preview = FilmPreview(short_run(), **options)
        qtbot.addWidget(preview)
        preview.show()
        made.append(preview)
        return preview

    yield opened
    for preview in made:
        preview.stop()
    QThreadPool.globalInstance().waitForDone()


class Frames:
    """Notes what a preview shows."""

    def __init__(self, preview, monkeypatch):
        self.shown = []
        real = FilmPreview.show_image

        def noted(preview, image):
            real(preview, image)
            self.shown.append(preview.image)

        monkeypatch.setattr(FilmPreview, "show_image", noted)


def last_frame(options, look=CLASSIC):
    reel = Reel(short_run(), look, options, side_px=PREVIEW_PX)
    for _ in reel.frame(600):
        pass
    return reel.image


def test_it_plays_to_the_last_frame(open_preview, qtbot, monkeypatch):
    preview = open_preview()
    frames = Frames(preview, monkeypatch)
    options = FilmOptions(seconds=1, time="even", caption=False, loop=False)
    preview.show_film(CLASSIC, options)
    expected = last_frame(options)
    qtbot.waitUntil(lambda: bool(frames.shown) and frames.shown[-1] == expected)
    assert len(frames.shown) == 9  # of 12 a second, 3 are held
    assert len({image.cacheKey() for image in frames.shown}) == 9
    assert expected.size() == preview.size()


def test_it_stops_at_its_end_where_the_film_does(open_preview, qtbot, monkeypatch):
    preview = open_preview()
    frames = Frames(preview, monkeypatch)
    preview.show_film(CLASSIC, FilmOptions(ending="mp4", seconds=1, time="even"))
    qtbot.waitUntil(lambda: len(frames.shown) == 9)
    QThreadPool.globalInstance().waitForDone()
    qtbot.wait(30)
    assert len(frames.shown) == 9


def test_with_reduced_motion_it_is_the_last_frame_alone(open_preview, qtbot, monkeypatch):
    preview = open_preview(animated=False)
    frames = Frames(preview, monkeypatch)
    preview.show_film(CLASSIC, SHORT)
    qtbot.waitUntil(lambda: len(frames.shown) == 1)
    assert frames.shown[0] == last_frame(SHORT)
    QThreadPool.globalInstance().waitForDone()
    qtbot.wait(30)
    assert len(frames.shown) == 1


def test_a_screen_reader_is_told_which_frame_is_shown(open_preview, qtbot):
    speak_for_pictures()
    preview = open_preview(animated=False)
    assert heard(preview) == ""
    preview.show_film(CLASSIC, SHORT)
    qtbot.waitUntil(lambda: not preview.image.isNull())
    assert heard(preview) == "Iteration 600."
    assert heard(preview, QAccessible.Text.Name) == "Preview"


def test_it_can_be_stopped(open_preview, qtbot, monkeypatch):
    preview = open_preview()
    preview.show_film(CLASSIC, SHORT)
    preview.stop()
    QThreadPool.globalInstance().waitForDone()
    qtbot.wait(20)
    assert preview.image.isNull()


def test_it_may_go_while_it_plays(qtbot):
    previews = [FilmPreview(short_run())]
    previews[0].show_film(CLASSIC, SHORT)
    qtbot.waitUntil(lambda: not previews[0].image.isNull())
    previews[0].deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    previews.clear()
    QThreadPool.globalInstance().waitForDone()
    QCoreApplication.sendPostedEvents()
    assert not QImage(8, 8, QImage.Format.Format_RGB32).isNull()  # Qt still paints


def test_in_high_contrast_its_edge_is_seen_on_a_ground_of_its_own_colour(open_preview):
    put_on(CONTRAST)
    preview = open_preview()
    frame = QImage(PREVIEW_PX, PREVIEW_PX, QImage.Format.Format_RGB32)
    frame.fill(CONTRAST.window)
    preview.show_image(frame)
    assert picture(preview).pixelColor(0, 60).name() == CONTRAST.edge

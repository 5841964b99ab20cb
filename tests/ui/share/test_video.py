"""Videos: all that can be chosen goes together, and the preview plays what a file would."""

import sys

import pytest
from PySide6.QtCore import QObject, Qt, QThreadPool
from PySide6.QtWidgets import QFormLayout, QLabel

from curvegui.environment import extra_line
from curvegui.figure.drawing.look import CLASSIC, LOOKS
from curvegui.figure.film.film import FilmOptions, Reel
from curvegui.figure.formats import FilmFormat, formats
from curvegui.ui.share import video
from curvegui.ui.share.preview import SharePreview
from curvegui.ui.share.video import FilmPlayer
from curvegui.ui.widgets.spoken import heard, speak_for_pictures
from tests.figure.runs import short_run
from tests.help.films import read_film
from tests.help.writing import names_in

pytestmark = pytest.mark.costly
SWITCHES = "target", "trail", "axes", "caption", "loop"


@pytest.fixture
def filmer(share_at):
    sharer = share_at("film.save")
    sharer.wait_until(lambda: sharer.dialog._moment.has_arrived)
    return sharer


def test_each_choice_is_an_option_and_all_that_can_be_chosen_goes_together(filmer):
    switched = {key: not getattr(FilmOptions(), key) for key in SWITCHES}
    filmer.choose(ending="webp", look="dark", time="even", seconds=20, frames_per_second=60, side_px=801, **switched)
    assert filmer.form.options == FilmOptions("webp", 801, 20, 60, "even", **switched)
    for ending, kind in formats(FilmFormat).items():
        filmer.choose(ending=ending)
        assert filmer.form.options.ending == ending
        assert filmer.find("loop").isEnabled() == kind.loops  # where a film can say that it begins again
        assert filmer.form.options.side_px == 800 + (not kind.even_sides)
    filmer.choose(ending="gif")
    rate = filmer.find("frames_per_second")
    assert filmer.form.options.frames_per_second == rate.maximum() == 50  # what browsers play


def test_everything_has_a_letter_of_its_own(filmer):
    layout = filmer.form.layout()
    labels = [layout.itemAt(row, QFormLayout.ItemRole.LabelRole) for row in range(layout.rowCount())]
    texts = [item.widget().text() for item in labels if item is not None and isinstance(item.widget(), QLabel)]
    texts += [filmer.find(key).text() for key in SWITCHES] + ["Ca&ncel", "&Save"]
    letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert len(letters) == len(set(letters)) == len([text for text in texts if text])


def test_as_on_the_canvas_look_and_layers_are_the_canvas_s(filmer):
    filmer.choose(look="dark", axes=True)
    filmer.choose(as_on_canvas=True)
    display = filmer.person.window.services.display.now
    assert filmer.form["look"] == display.look_key
    options = filmer.form.options
    assert (options.target, options.trail, options.axes) == (display.target, display.trail, display.axes)
    assert not filmer.find("axes").isEnabled() and filmer.find("caption").isEnabled()
    filmer.choose(as_on_canvas=False)
    assert filmer.find("axes").isEnabled()


@pytest.mark.parametrize("ending", formats(FilmFormat))
def test_every_format_is_saved_and_the_dialog_closes(filmer, tmp_path, ending):
    filmer.choose(ending=ending, side_px=96, seconds=1, frames_per_second=10)
    filmer.save(tmp_path / f"mine.{ending}")
    assert read_film(tmp_path / f"mine.{ending}").frames.shape[1:] == (96, 96, 3)
    assert names_in(tmp_path) == [f"mine.{ending}"]
    assert not filmer.is_open


def test_without_pyav_mp4_says_what_installs_it_and_cannot_be_saved(filmer, monkeypatch):
    monkeypatch.setitem(sys.modules, "av", None)
    filmer.choose(ending="mp4")
    assert filmer.message() == f"MP4 videos need PyAV. To install it:\n{extra_line('video')}"
    assert filmer.part("message").textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    assert not filmer.part("save").isEnabled()
    filmer.choose(ending="gif")
    assert not filmer.part("message").isVisible()
    assert filmer.part("save").isEnabled()


# The preview

SHORT = FilmOptions(seconds=1, time="even", caption=False)


@pytest.fixture
def play(qtbot, monkeypatch):
    """Play the short run a hundred times as fast, and note what is shown; in the end nothing is painted any more."""
    monkeypatch.setattr(video, "MS", 10)
    preview, owner, shown, players = SharePreview(), QObject(), [], []
    qtbot.addWidget(preview)
    preview.show()
    real = preview.show_image
    monkeypatch.setattr(
        preview, "show_image", lambda image, words="": (real(image, words), shown.append(preview.image))
    )

    def played(options, animated=True):
        player = FilmPlayer(short_run(), preview, animated, owner)
        players.append(player)
        player.play(CLASSIC, options)
        return preview, shown, player

    yield played
    for player in players:
        player.stop()
    QThreadPool.globalInstance().waitForDone()


def last_frame(options, preview):
    reel = Reel(short_run(), CLASSIC, options, side_px=preview.side_px)
    for _ in reel.frame(600):
        pass
    return reel.image


@pytest.mark.parametrize("options", [FilmOptions(ending="mp4", seconds=1, time="even", caption=False),
                                     FilmOptions(seconds=1, time="even", caption=False, loop=False)])  # fmt: skip
def test_it_plays_to_the_last_frame_and_stops_where_the_film_does(play, qtbot, options):
    preview, shown, _ = play(options)
    expected = last_frame(options, preview)
    qtbot.waitUntil(lambda: bool(shown) and shown[-1] == expected)
    QThreadPool.globalInstance().waitForDone()
    qtbot.wait(30)
    assert len(shown) == len({image.cacheKey() for image in shown}) == 9  # of 12 a second, 3 are held


def test_with_reduced_motion_it_is_the_last_frame_alone_which_a_screen_reader_is_told(play, qtbot):
    speak_for_pictures()
    preview, shown, _ = play(SHORT, animated=False)
    qtbot.waitUntil(lambda: len(shown) == 1)
    assert shown[0] == last_frame(SHORT, preview)
    assert heard(preview).startswith("Iteration 600.")
    QThreadPool.globalInstance().waitForDone()
    qtbot.wait(30)
    assert len(shown) == 1


def test_it_can_be_stopped(play, qtbot):
    _, shown, player = play(SHORT)
    player.stop()
    QThreadPool.globalInstance().waitForDone()
    qtbot.wait(20)
    assert shown == []
    assert LOOKS["classic"] is CLASSIC

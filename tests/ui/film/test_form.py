"""The film's choices as a form: everything that can be chosen, and nothing that cannot be."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from curvegui.figure.drawing.look import LOOKS
from curvegui.figure.film.film import FilmOptions
from curvegui.figure.formats import FilmFormat, formats
from curvegui.ui.film.dialog import SWITCHES, FilmForm


@pytest.fixture
def open_form(qtbot):
    def opened(options=None, look_key="classic"):
        form = FilmForm(options or FilmOptions(), look_key)
        qtbot.addWidget(form)
        form.show()
        return form

    return opened


def find(form, key):
    return form.findChild(QWidget, f"film.{key}")


def choose(form, key, value):
    box = find(form, key)
    box.setCurrentIndex(box.findData(value))


@pytest.mark.parametrize(
    "options",
    [
        FilmOptions(),
        FilmOptions("webp", 333, 20, 60, "even", loop=False, trail=False, target=False, axes=True, caption=False),
        FilmOptions("mp4", 2_160, 600, 5),
    ],
)
def test_it_begins_with_what_it_is_given(open_form, options):
    assert open_form(options).options == options


def test_each_choice_is_an_option(open_form):
    form = open_form()
    choose(form, "format", "webp")
    choose(form, "look", "dark")
    choose(form, "time", "even")
    for key, number in (("seconds", 20), ("rate", 60), ("size", 800)):
        find(form, key).setValue(number)
    for key in SWITCHES:
        find(form, key).toggle()
    assert form.look is LOOKS["dark"]
    switched = {key: not getattr(FilmOptions(), key) for key in SWITCHES}
    assert form.options == FilmOptions("webp", 800, 20, 60, "even", **switched)


def test_all_that_can_be_chosen_goes_together(open_form):
    form = open_form(FilmOptions("webp", 601, 9, 60))
    for ending in (*formats(FilmFormat), *formats(FilmFormat), "webp", "gif"):
        choose(form, "format", ending)
        assert form.options.ending == ending


def test_a_gif_is_not_faster_than_browsers_play_it(open_form):
    form = open_form(FilmOptions("webp", frames_per_second=60))
    choose(form, "format", "gif")
    assert form.options.frames_per_second == find(form, "rate").maximum() == 50


def test_an_mp4_has_an_even_side(open_form):
    form = open_form(FilmOptions("gif", 601))
    choose(form, "format", "mp4")
    assert form.options.side_px == 600


def test_only_where_a_film_can_say_that_it_begins_again_it_can_be_chosen(open_form):
    form = open_form()
    for ending, kind in formats(FilmFormat).items():
        choose(form, "format", ending)
        assert find(form, "loop").isEnabled() == kind.loops


def test_everything_has_a_name_of_its_own_and_a_letter_of_its_own(open_form):
    form = open_form()
    layout = form.layout()
    labels = [layout.itemAt(row, QFormLayout.ItemRole.LabelRole) for row in range(layout.rowCount())]
    texts = [item.widget().text() for item in labels if item is not None and isinstance(item.widget(), QLabel)]
    texts += [find(form, key).text() for key in SWITCHES] + ["Ca&ncel", "&Save"]
    letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert len(letters) == len(set(letters)) == len([text for text in texts if text])
    for key in ("format", "look", "time", "seconds", "rate", "size", *SWITCHES):
        widget = find(form, key)
        assert widget.accessibleName() or widget.text()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_as_on_the_canvas_look_and_layers_are_the_canvas_s(qtbot):
    form = FilmForm(FilmOptions(), "dark", {"target": False, "trail": True, "axes": True})
    qtbot.addWidget(form)
    choose(form, "look", "classic")
    find(form, "as_on_canvas").setChecked(True)
    assert form.look is LOOKS["dark"]
    assert (form.options.target, form.options.trail, form.options.axes) == (False, True, True)
    assert not find(form, "axes").isEnabled() and find(form, "caption").isEnabled()
    find(form, "as_on_canvas").setChecked(False)
    assert find(form, "axes").isEnabled()

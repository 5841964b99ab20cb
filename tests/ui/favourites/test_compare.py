"""Two favourites compared, over each other and side by side."""

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel, QRadioButton

from curvegui.core.arrays import read_only
from curvegui.core.learner.target import training_data
from curvegui.figure.drawing.figure import Figure
from curvegui.figure.drawing.overlay import ON_DARK, ON_LIGHT
from curvegui.ui.favourites.compare import CompareDialog
from curvegui.ui.look.theme import DARK
from tests.ui.favourites.fits import made_up
from tests.ui.person import picture, pixels_near, put_on

TARGET = read_only(training_data()[1])


def compared(favourite, share):
    return favourite, Figure(TARGET, np.empty((0, 2, 1), np.float32), 0.5 + share * (TARGET - 0.5))


@pytest.fixture
def open_dialog(qtbot):
    def open_with(one, other):
        made = CompareDialog(compared(one, 0.8), compared(other, 0.5))
        qtbot.addWidget(made)
        made.show()
        return made

    return open_with


@pytest.fixture
def dialog(open_dialog):
    return open_dialog(made_up("slow", cost=0.5, aggression=3), made_up("fast", cost=0.25, aggression=7))


def words(dialog):
    return [label.text() for label in dialog.findChildren(QLabel)]


def choose(dialog, name):
    dialog.findChild(QRadioButton, f"compare.{name}").click()


def columns_with(image, colour):
    """From which to which share of the width a colour is seen."""
    found = [x for x in range(image.width()) if pixels_near(image.copy(x, 0, 1, image.height()), colour)]
    return min(found) / image.width(), max(found) / image.width()


def test_both_fits_are_seen_over_each_other_and_side_by_side(dialog):
    one, other = ON_LIGHT.one.colour, ON_LIGHT.other.colour
    over = picture(dialog.picture)
    assert columns_with(over, one)[0] < columns_with(over, other)[0]  # the smaller one is inside
    assert columns_with(over, one)[1] > columns_with(over, other)[1]
    choose(dialog, "beside")
    beside = picture(dialog.picture)
    assert columns_with(beside, one)[1] < 0.5 < columns_with(beside, other)[0]
    choose(dialog, "over")
    assert picture(dialog.picture) == over


def test_the_differences_are_said_in_words(dialog):
    said = words(dialog)
    assert "What differs" in said
    assert "Aggression: 3 and 7" in said
    assert "Cost: 0.500 and 0.250" in said
    assert "Noise: the same (1)" in said


def test_where_nothing_differs_that_is_said(open_dialog):
    assert "Nothing differs" in words(open_dialog(made_up("one"), made_up("two")))


def test_the_legend_names_both(dialog):
    assert dialog.findChild(QLabel, "compare.name_1").text() == "slow, cost 0.500"
    assert dialog.findChild(QLabel, "compare.name_2").text() == "fast, cost 0.250"
    assert pixels_near(picture(dialog), ON_LIGHT.one.colour) > pixels_near(picture(dialog.picture), ON_LIGHT.one.colour)


def test_a_screen_reader_is_told_what_the_picture_shows(dialog):
    assert dialog.picture.in_words() == "“slow” and “fast”, overlaid."
    choose(dialog, "beside")
    assert dialog.picture.in_words().endswith("side by side.")


def test_it_is_dark_in_the_dark_theme_also_when_that_comes_later(open_dialog):
    dialog = open_dialog(made_up("one"), made_up("two"))
    put_on(DARK)
    assert pixels_near(picture(dialog.picture), ON_DARK.one.colour) > 100


def test_names_are_not_read_as_markup(open_dialog):
    dialog = open_dialog(made_up("<b>one</b>"), made_up("two"))
    assert dialog.findChild(QLabel, "compare.name_1").text().startswith("<b>one</b>")

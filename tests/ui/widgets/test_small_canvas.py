"""The small canvas: the target, the trail and the fit can be seen, in a square."""

import numpy as np
import pytest
from PySide6.QtGui import QColor

from curvegui.core.learner.target import build_target
from curvegui.core.settings.config import TrainingConfig
from curvegui.figure.drawing.look import LOOKS
from curvegui.figure.drawing.target_drawing import TargetDrawing
from curvegui.ui.widgets.small_canvas import FitView

LINE = np.array([[0.1, 0.9], [0.5, 0.5]])


def colour_at(view, x, y):
    image = view.grab().toImage()
    side = min(view.width(), view.height())
    left, top = (view.width() - side) / 2, (view.height() - side) / 2
    return QColor(image.pixel(round(left + x * side), round(top + (1 - y) * side)))


def distance(one, other):
    return max(abs(one.red() - other.red()), abs(one.green() - other.green()), abs(one.blue() - other.blue()))


@pytest.fixture
def view(qtbot):
    view = FitView("What is drawn")
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.begin(TargetDrawing.of(build_target(TrainingConfig())), LOOKS["dark"])
    with qtbot.waitExposed(view):
        view.show()
    return view


def test_the_fit_is_drawn_where_it_is(view):
    before = colour_at(view, 0.3, 0.5)
    view.show_fit(LINE)
    assert distance(colour_at(view, 0.3, 0.5), QColor(LOOKS["dark"].fit.colour)) < 60
    assert distance(colour_at(view, 0.3, 0.5), before) > 60


def test_the_one_before_stays_as_a_trail_until_another_begins(view):
    view.grab()
    view.show_fit(LINE)
    view.show_fit(LINE + 0.3)
    trail = colour_at(view, 0.3, 0.5)
    view.begin(TargetDrawing.of(build_target(TrainingConfig())), LOOKS["dark"])
    assert view.fit.size == 0
    assert distance(trail, colour_at(view, 0.3, 0.5)) > 10


def test_it_asks_for_a_square_and_has_a_name(view):
    assert view.heightForWidth(170) == 170 and view.sizeHint().width() == view.sizeHint().height()
    assert view.accessibleName() == "What is drawn"


@pytest.mark.parametrize("fit", [np.full((2, 5), np.nan), np.full((2, 5), np.inf), np.zeros((2, 0)), np.ones((2, 1))])
def test_what_cannot_be_drawn_is_left_out(view, fit):
    without = view.grab().toImage()
    for _ in range(2):
        view.show_fit(fit)
        assert view.grab().toImage() == without
    view.resize(120, 120)
    view.grab()

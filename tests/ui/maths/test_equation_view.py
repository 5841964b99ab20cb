"""Equations as boxes: they wrap, nothing is cut off, and the numbers change without moving anything."""

from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QFont, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from curvegui.core.inspection.chain_rule import chain_rule
from curvegui.core.network.parts import Parameter
from curvegui.ui.maths.boxes import equation_boxes, update_boxes
from curvegui.ui.maths.equation_view import EquationView
from tests.core.inspection.test_chain_rule import inspected_of
from tests.ui.person import picture

FIRST, LAST = Parameter(1, 2, 0), Parameter(3, 0, 0)


def boxes_of(seed=1, parameter=FIRST, point=3, stage=None, hidden=(6, 7)):
    inspected = inspected_of(hidden, "logistic", "logistic", 100, seed)
    rule = chain_rule(inspected, parameter, point)
    return equation_boxes(rule, stage, 5.0), update_boxes(rule, stage, 5.0)


@pytest.fixture
def view(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(2_000, 3_000)
    made = EquationView(parent=window)
    window.show()
    made.resize(440, 300)
    yield made


@pytest.mark.parametrize("scale", [1, 2])
@pytest.mark.parametrize("width", [292, 420, 900])
@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("point", [None, 3])
def test_every_box_is_whole_and_none_covers_another(view, scale, width, which, point):
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * scale)
    view.setFont(font)
    view.show_boxes(boxes_of(point=point)[which])
    view.resize(width, view.heightForWidth(width))
    places = view.rects()
    whole = QRectF(view.rect())
    assert all(whole.contains(place) for place in places)
    assert [pair for pair in combinations(places, 2) if pair[0].intersects(pair[1])] == []
    assert view.minimumHeight() == view.heightForWidth(width)


@pytest.mark.qt_log_ignore(r"This plugin does not support raise\(\)", extend=True)  # offscreen
def test_a_box_that_is_pointed_at_tells_how_its_product_comes_about(view):
    view.show_boxes(boxes_of()[0])
    for box, place in zip(view.boxes, view.rects(), strict=True):
        at = place.center().toPoint()
        QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, at, view.mapToGlobal(at)))
        assert QToolTip.text() == (box.tip() if box.tip else "")
    assert "=" in QToolTip.text()
    QToolTip.hideText()


def test_words_in_a_box_are_read_as_in_their_language(view):
    """Those that begin with a number, too: “1 of 2”, with a 1 that is read first, at the right."""
    box = boxes_of()[0][1]

    def painted(words):
        lines = tuple(replace(line, words=words) for line in boxes_of()[0][0].lines)
        grids = tuple(replace(grid, caption=words) for grid in box.grids)
        view.show_boxes([replace(box, note=words, lines=lines, grids=grids)])
        return picture(view)

    words = "1 من 2"
    assert painted(words) == painted(f"\u200f{words}")  # a mark that says where they begin, and has no width
    assert painted(words) != painted("2 من 1")


def test_the_longest_chain_of_the_exercise_is_two_rows_in_half_a_window(view):
    """So it is read without scrolling in the view Understand at 1280 x 800."""
    view.show_boxes(boxes_of(parameter=FIRST)[0])
    line = view.fontMetrics().height()
    wide = max(840, 51 * line)
    view.resize(wide, view.heightForWidth(wide))
    assert len({place.top() for place in view.rects()}) == 2
    assert view.heightForWidth(wide) <= 26 * line

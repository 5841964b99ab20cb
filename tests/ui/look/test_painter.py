"""Mathematics is painted from left to right in every window, and words in it are read as in their language."""

import ast
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

import curvegui.ui
from curvegui.core.ensemble.plan import WallPlan
from curvegui.core.formula.curve import parse_formula
from curvegui.core.fourier.series import FourierComparison
from curvegui.core.network.parts import Neuron
from curvegui.ui.challenges.by_hand import DownhillArrow
from curvegui.ui.compare.grid import WallGrid
from curvegui.ui.compare.plot import WallPlot
from curvegui.ui.curve_dialog.formula_field import FormulaPicture, lines_of
from curvegui.ui.errors.picture import ErrorAlong, Marks, paint_errors
from curvegui.ui.fourier.picture import ComparisonPicture
from curvegui.ui.look.painter import painter_for, write
from curvegui.ui.network.response import ResponsePlot
from tests.ui.network_study import inspected_of
from tests.ui.person import colours, picture
from tests.ui.walls import AGGRESSION, BASE, TARGET, snapshot

UI = Path(curvegui.ui.__file__).parent
OF_WORDS = {  # or of a figure, which a file shows as it is shown here
    "curves/drop_sign.py", "share/page.py", "tour/picture.py", "widgets/labels.py",
}  # fmt: skip
MAKES_THEM = "look/painter.py"


def makes_painters(path):
    """Whether a module begins a painter of Qt's own on something."""
    calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    return any(isinstance(each.func, ast.Name) and each.func.id == "QPainter" and each.args for each in calls)


@pytest.mark.slow
def test_all_painters_of_the_window_come_from_one_place():
    found = {path.relative_to(UI).as_posix() for path in UI.rglob("*.py") if makes_painters(path)}
    assert found == {*OF_WORDS, MAKES_THEM}


class Errors(QWidget):
    def paintEvent(self, event):
        along = ErrorAlong(inspected_of(20, points=20).snapshot)
        paint_errors(self, along, 1.0, Marks(None, None, None, focused=False), along.summary)


def response():
    plot = ResponsePlot()
    plot.show_neuron(Neuron(3, 1), inspected_of(20, points=20), 7)
    return plot


def series():
    shown, t = ComparisonPicture(), np.linspace(0, 1, 20)
    shown.show_comparison(FourierComparison(t, 0.2 * t, 0.1 * t, (0.1, 0.001), None, t[:0]), "")
    return shown


def arrow():
    shown = DownhillArrow()
    shown.show_slope(-1.25, 2.0, "w")
    return shown


def formula():
    shown = FormulaPicture()
    shown.show_lines(lines_of(parse_formula("-0.5t").term), "-0.5t")
    return shown


def grid():
    wall = WallGrid()
    wall.is_calm = True
    wall.show_wall(AGGRESSION, AGGRESSION.values(BASE), TARGET)
    wall.show_snapshot(snapshot([0.5, 0.05, np.inf, 0.2]))
    return wall


def plot_of(plan):
    plot = WallPlot()
    plot.show_wall(plan, plan.values(BASE))
    plot.show_snapshot(snapshot([0.5, 0.05, 0.005, 0.2]), plan.iterations)
    return plot


def by_iteration():
    return plot_of(WallPlan(count=4, iterations=1_000))


def by_value():
    return plot_of(AGGRESSION)


@pytest.fixture
def looked_at(qapp, qtbot):
    """What a widget made in a window of either direction looks like."""

    def look(make, direction):
        qapp.setLayoutDirection(direction)
        widget = make()
        qtbot.addWidget(widget)
        widget.resize(560, 300)
        if isinstance(widget, WallGrid | WallPlot):
            widget.refresh()
        return picture(widget)

    before = qapp.layoutDirection()
    yield look
    qapp.setLayoutDirection(before)


@pytest.mark.parametrize("make", [response, series, Errors, arrow, formula, grid, by_iteration, by_value])
def test_a_picture_is_the_same_in_a_window_from_the_right(looked_at, make):
    usual = looked_at(make, Qt.LayoutDirection.LeftToRight)
    assert len(np.unique(colours(usual).reshape(-1, 3), axis=0)) > 3  # something is painted
    assert looked_at(make, Qt.LayoutDirection.RightToLeft) == usual


LEFT, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
ERROR = "الخطأ على طول t"


def columns(words, place):
    """Which columns of a picture have ink, where words are written at a side of it."""
    image = QImage(200, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = painter_for(image)
    write(painter, QRectF(image.rect()), place, words)
    painter.end()
    return np.flatnonzero((colours(image) < 128).any(axis=(0, 2)))


@pytest.mark.usefixtures("qapp")
def test_words_in_it_are_read_as_in_their_language_at_a_place_that_is_the_same_in_all():
    letter = columns("t", LEFT)
    assert np.array_equal(columns(ERROR, LEFT)[: letter.size], letter)  # read last, so it is at the left
    assert columns(ERROR, RIGHT)[-1] > 190 and columns("t", RIGHT)[0] > 190

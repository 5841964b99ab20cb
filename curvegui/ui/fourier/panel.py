"""The panel of the Fourier series: the number of its circles, their position along the curve, and a comparison."""

from functools import partial
from time import perf_counter

import numpy as np
from PySide6.QtCore import QLocale, QObject, QSignalBlocker, Qt, Slot
from PySide6.QtGui import QColor, QPen, QShowEvent
from PySide6.QtWidgets import (
    QGraphicsEllipseItem,
    QGraphicsPathItem,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from curvegui.core.arrays import FloatArray
from curvegui.core.fourier.series import NUMBERS, FourierComparison, FourierSeries, compared, fitted, most_circles
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.language.text import mark, tr, tr_n
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.target import Target
from curvegui.figure.drawing.circles import CircleStrokes, arms_path, circles_path
from curvegui.session.jobs.job import Jobs
from curvegui.ui.actions.display import Display
from curvegui.ui.actions.services import Services
from curvegui.ui.canvas.canvas import Canvas
from curvegui.ui.canvas.run_items import FRONT, lay_over, show_outline
from curvegui.ui.fourier.picture import ComparisonPicture
from curvegui.ui.look.icons import icon
from curvegui.ui.look.layouts import filled, named, styled
from curvegui.ui.study.study import Study
from curvegui.ui.widgets.labels import SteadyLabel, SteadyText
from curvegui.ui.widgets.numbers import format_number
from curvegui.ui.widgets.scrolled import FocusPage, ScrolledSlider

POINTS = 800  # of the curve, at least
PEN_PX = 3.5  # the radius of the dot that draws


class SeriesOverlay(QObject):
    """The series over the canvas: its curve, its circles and their arms, and the dot that draws."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.canvas)
        self._canvas: Canvas = services.canvas
        self._series: FourierSeries | None = None
        self._along: FloatArray | None = None  # the curve, shape (2, n), back to where it begins
        self._t = 0.0
        self._curve, self._circles, self._arms = (QGraphicsPathItem() for _ in range(3))
        self._pen = QGraphicsEllipseItem(-PEN_PX, -PEN_PX, 2 * PEN_PX, 2 * PEN_PX)
        self._items = self._curve, self._circles, self._arms, self._pen
        lay_over(self._canvas.scene(), FRONT, *self._items)
        self._canvas.view_moved.connect(self._draw)
        services.display.changed.connect(self._show_display)
        self._show_display(services.display.now)
        self._draw()

    def show_series(self, series: FourierSeries | None) -> None:
        self._series = series
        if series is not None:
            drawn = series.along(max(POINTS, series.coefficients.size))
            self._along = np.column_stack([drawn, drawn[:, :1]])
        self._draw()

    def turn_to(self, t: float) -> None:
        self._t = t
        self._draw_circles()

    @Slot(object)
    def _show_display(self, display: Display) -> None:
        strokes = CircleStrokes.of(display.look)
        for item, stroke in zip(self._items, (strokes.curve, strokes.circles, strokes.arms), strict=False):
            item.setPen(stroke.pen(1.0))
        self._pen.setPen(QPen(display.look.marker_edge.qcolor(), 1.2))
        self._pen.setBrush(QColor(strokes.curve.colour))

    @Slot()
    def _draw(self) -> None:
        shown = self._series is not None
        for item in self._items:
            item.setVisible(shown)
        if shown and self._along is not None:
            show_outline(self._curve, self._canvas.from_plane(self._along))
            self._draw_circles()

    def _draw_circles(self) -> None:
        if self._series is not None:
            joints = self._canvas.from_plane(self._series.joints(self._t))
            self._circles.setPath(circles_path(joints))
            self._arms.setPath(arms_path(joints))
            self._pen.setPos(*joints[:, -1].tolist())


COUNTED = mark(
    "The series has {numbers} numbers: each circle's radius and the angle at which it begins. The network has "
    "{parameters} weights and biases. Both are fitted to the same {points} training points and judged by the same cost."
)
THROUGH_ALL = mark(
    "There are as many circles as training points: the series passes through every one. Look between them, at the "
    "errors below."
)
EXACT = mark("The series draws this curve exactly: its formulas are made of a few sines and cosines.")
CLOSER = mark("The series is closer to the curve on {percent} % of it.")
WORST = mark("Its largest error is {error}, at t = {t}.")
CORNER = mark("Its largest error is {error}, at t = {t}, where the curve has a corner: smooth waves round corners off.")
OPEN = mark(
    "This curve is open, and a Fourier series always returns to where it began: it jumps back from the end to the "
    "start. Beside such a jump it overshoots by about 9 % of it, however many circles there are (the Gibbs phenomenon)."
    " The network need not return."
)
NOTHING = 1e-9  # a smaller error is rounding


def counted_words(series: FourierSeries, snapshot: Snapshot) -> str:
    return tr(
        COUNTED,
        numbers=format_number(series.numbers),
        parameters=format_number(snapshot.parameters.size),
        points=format_number(int(snapshot.target.trained.sum())),
    )


def verdict_words(comparison: FourierComparison, snapshot: Snapshot, through_all: bool) -> str:
    """Where the series is closer than the network, and why; ``through_all``: the series has a circle for each point."""
    largest = float(comparison.series.max())
    if largest < NOTHING:
        return tr(EXACT)
    percent = 100 * comparison.share
    percent = round(percent) if percent in (0, 100) else min(max(round(percent), 1), 99)  # rounded to neither end
    closer = tr(CLOSER, percent=QLocale().toString(percent))
    if not snapshot.target.closed:
        return f"{closer} {tr(OPEN)}"
    if through_all:
        return f"{closer} {tr(THROUGH_ALL)}"
    worst = CORNER if comparison.is_worst_at_corner else WORST
    error, t = format_number(float(f"{largest:.2g}")), format_number(round(comparison.worst, 3))
    return f"{closer} {tr(worst, error=error, t=t)}"


EDGES_PX, SPACING_PX = (0, 0, 0, 0), 8
ROUND_S = 12.0  # that the slowest circles take for one turn
MOST = 9_999  # circles for whose number there is room
PLACES = 100  # of the slider for t
T = mark("t = {t}")
Compared = tuple[InspectedSnapshot, FourierSeries]


class FourierPanel(FocusPage):
    """Shows the Fourier series; its circles are on the canvas while the panel is visible."""

    def __init__(self, study: Study) -> None:
        super().__init__()
        services = study.services
        self._overlay, self._jobs, self._comparing = SeriesOverlay(services), Jobs(self), Jobs(self)
        self._inspected: InspectedSnapshot | None = None
        self._asked: tuple[Target, int] | None = None
        self.series: FourierSeries | None = None
        self._fitted: tuple[Target, int] | None = None  # what it was asked for as
        self._t, self._turned_at, self._shown_place = 0.0, 0.0, -1
        self.picture = ComparisonPicture()
        self._play = styled(named(QToolButton(), "fourier.play"), "chip")
        self._place = named(ScrolledSlider(), "fourier.t", tr("Place along the curve"), tr("Where the circles are"))
        self._circles = named(ScrolledSlider(), "fourier.circles", tr("Circles"),
                              tr("At most as many as have no more numbers than the network"))  # fmt: skip
        self._place_words, self._count_words = SteadyLabel(QLabel()), SteadyLabel(QLabel())
        self._words = named(QLabel(wordWrap=True), "fourier.words")
        self._counted = styled(named(QLabel(wordWrap=True), "fourier.counted"), "muted")
        self._is_calm = services.display.now.reduced_motion
        self._place.setRange(0, PLACES)
        self._circles.setRange(1, 1)
        for slider in (self._place, self._circles):
            slider.setOrientation(Qt.Orientation.Horizontal)
        width = self.fontMetrics().horizontalAdvance(_circles(MOST))
        for words in (self._place_words, self._count_words):
            words.setMinimumWidth(width)
        self._words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._said = SteadyText(self._words, f"{tr(CLOSER, percent=100)} {tr(OPEN)}")
        page = QWidget()
        sliders = QWidget()
        sliders.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as t in the picture, in every language
        first = filled(QHBoxLayout(), self._play, (self._place, 1), self._place_words, spacing=SPACING_PX)
        second = filled(QHBoxLayout(), (self._circles, 1), self._count_words, spacing=SPACING_PX)
        filled(QVBoxLayout(sliders), first, second, spacing=SPACING_PX)
        column = sliders, (self.picture, 1), self._said, self._counted
        filled(QVBoxLayout(page), *column, edges=EDGES_PX, spacing=SPACING_PX)
        self.hold(page, left_alone=self.picture)
        self._play.clicked.connect(lambda: self._set_playing(not self._is_playing))
        self._place.valueChanged.connect(self._go_to)
        self._circles.valueChanged.connect(self._ask)
        services.canvas.framed.connect(self._turn)
        services.display.changed.connect(self._show_display)
        services.docks["fourier"].visibilityChanged.connect(self._note_seen)
        self._show_display(services.display.now)
        self._set_playing(not self._is_calm)
        self._show_place(self._t)  # circles that rest are somewhere, too

    def show_inspected(self, inspected: InspectedSnapshot) -> None:
        self._inspected = inspected
        most = most_circles(inspected.snapshot.target, inspected.snapshot.parameters.size)
        if most != self._circles.maximum():
            has_all = self._circles.value() == self._circles.maximum()
            self._circles.setRange(1, most)
            if has_all:
                self._circles.setValue(most)
        self._ask()
        self._compare()

    @Slot()
    def _ask(self) -> None:
        """Have the series for the present target and number of circles computed, if it is not yet asked for."""
        if self._inspected is not None:
            wanted = self._inspected.snapshot.target, self._circles.value()
            is_other = self._asked is None or self._asked[0] is not wanted[0]
            if is_other or self._asked != wanted:
                if is_other:
                    self._overlay.show_series(None)  # it is that of another curve
                self._asked = wanted
                self._count_words.write(_circles(wanted[1]))
                self._jobs.do(partial(fitted, *wanted), partial(self._take, wanted), _nothing, is_only_seen=True)

    def _take(self, wanted: tuple[Target, int], series: FourierSeries) -> None:
        if wanted is self._asked:
            self.series, self._fitted = series, wanted
            self._overlay.show_series(series)
            self._compare()

    def _compare(self) -> None:
        """Have the newest network compared with the series; only one comparison is under way at a time."""
        inspected, series, asked = self._inspected, self.series, self._asked
        if inspected is None or series is None or asked is None or self._comparing.waiting:
            return
        if asked[0] is inspected.snapshot.target and self._fitted is asked:  # and not that of the curve before
            wanted = inspected, series
            self._comparing.do(partial(compared, *wanted), partial(self._tell, wanted), _nothing, is_only_seen=True)

    def _tell(self, wanted: Compared, comparison: FourierComparison) -> None:
        inspected, series = wanted
        target = inspected.snapshot.target
        if self._inspected is not None and self._inspected.snapshot.target is target:
            through_all = series.coefficients.size == most_circles(target, NUMBERS * target.t.size)
            words = verdict_words(comparison, inspected.snapshot, through_all)
            self._said.say(words)
            self._counted.setText(counted_words(series, inspected.snapshot))
            self.picture.show_comparison(comparison, f"{words} {self._counted.text()}")
        if (self._inspected, self.series) != wanted:
            self._compare()

    def _set_playing(self, playing: bool) -> None:
        self._is_playing, self._turned_at = playing, perf_counter()
        self._play.setIcon(icon("pause" if playing else "play", "text"))
        named(self._play, "fourier.play", *2 * (tr("Stop the circles") if playing else tr("Turn the circles"),))

    @Slot(int)
    def _go_to(self, place: int) -> None:
        self._set_playing(False)
        self._show_place(place / PLACES)

    @Slot()
    def _turn(self) -> None:
        if self._is_playing and self.isVisible():
            now = perf_counter()
            passed, self._turned_at = now - self._turned_at, now
            self._show_place((self._t + min(passed, 1.0) / ROUND_S) % 1.0)

    def _show_place(self, t: float) -> None:
        self._t = t
        self._overlay.turn_to(t)
        place = round(PLACES * t)
        if place != self._shown_place:  # some eight times a second: nobody reads faster
            self._shown_place = place
            with QSignalBlocker(self._place):
                self._place.setValue(place)
            self._place_words.write(tr(T, t=format_number(place / PLACES)))
            self.picture.turn_to(t)

    @Slot(object)
    def _show_display(self, display: Display) -> None:
        self.picture.set_look(display.look)
        if display.reduced_motion and not self._is_calm:  # the system may say so only now
            self._set_playing(False)
        self._is_calm = display.reduced_motion

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._turned_at = perf_counter()

    @Slot(bool)
    def _note_seen(self, seen: bool) -> None:
        if not seen:
            self._asked = None
            self._overlay.show_series(None)


def _circles(count: int) -> str:
    return tr_n("{n} circle", "{n} circles", count)


def _nothing(problem: str) -> None:
    """Keep the earlier series or comparison if the new one could not be computed; the log has the reason."""

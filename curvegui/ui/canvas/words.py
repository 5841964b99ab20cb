"""Words on the canvas: the iteration and the cost, what is which line, and the point of the fit near the pointer."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QLinearGradient, QPen
from PySide6.QtWidgets import QGraphicsEllipseItem, QGraphicsLineItem, QGraphicsScene, QGraphicsSimpleTextItem

from curvegui.core.language.text import mark, tr
from curvegui.core.learner.learner import Snapshot
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.light import AGES
from curvegui.figure.drawing.look import CLASSIC, Look
from curvegui.ui.canvas.run_items import FRONT, lay_over
from curvegui.ui.look.scale import BETWEEN_PX, GAP_PX, MATHS, NUMBER, SMALL, TABULAR, in_type
from curvegui.ui.widgets.numbers import format_cost, format_number, shown_number

REACH_PX = 28  # how near the pointer must be to a point of the fit to pick it
DOT_PX = 5.0
DIM = 0.7  # the opacity of what is not a number
LARGEST = 1 / 11  # of the canvas's shorter side: the largest number, so that it stays beside the curves
POINTS = mark("● training   ○ test")  # of the target, as they are drawn
LINES, LIGHT_TRAIL = (mark("target"), mark("fit"), mark("trail")), mark("trail, old to new")
SAMPLE_PX = 40  # of a line, beside what it is


class CanvasWords:
    """The words; the scene's coordinates are logical pixels."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._names, self._numbers = (tuple(QGraphicsSimpleTextItem() for _ in range(3)) for _ in range(2))
        self._points, self._pointed = QGraphicsSimpleTextItem(), QGraphicsSimpleTextItem()
        self._lines = tuple((QGraphicsLineItem(0, 0, SAMPLE_PX, 0), QGraphicsSimpleTextItem()) for _ in LINES)
        self._dot = QGraphicsEllipseItem(-DOT_PX, -DOT_PX, 2 * DOT_PX, 2 * DOT_PX)
        below = [item for line in self._lines for item in line]
        lay_over(scene, FRONT, *below, self._dot, *self._names, *self._numbers, self._points, self._pointed)
        for item in (self._dot, *below):
            item.hide()
        self._look, self._font, self._side = CLASSIC, QFont(), 0.0
        self.end = 0.0  # of what is written at the top left, in pixels from the top
        self.explains_lines = self.shows_lines = self.is_covered_below = False

    def set_look(self, look: Look, font: QFont) -> None:
        self._look, self._font, self._side = look, QFont(font), 0.0
        self._font.setFeature(TABULAR, 1)
        self._dot.setBrush(QColor(look.fit.colour))
        self._dot.setPen(QPen(look.marker_edge.qcolor(), 1.8))
        small = in_type(self._font, SMALL)
        for item in (*self._names, self._points, self._pointed, *[text for _, text in self._lines]):
            item.setBrush(look.text.qcolor())
            item.setFont(small)
        for item in self._numbers:
            item.setBrush(look.text.qcolor())
        for item in self._names:
            item.setOpacity(DIM)
        gradient = QLinearGradient(0, 0, SAMPLE_PX, 0)
        for place, colour in zip((0.0, 0.5, 1.0), AGES if look.is_light else [look.trail.colour] * 3, strict=True):
            gradient.setColorAt(place, QColor(colour))
        trail = QPen(QBrush(gradient), look.fit.width, c=Qt.PenCapStyle.FlatCap)
        pens = look.target.pen(1.0), look.fit.pen(1.0), trail
        for (line, text), pen, words_ in zip(self._lines, pens, LINES, strict=True):
            line.setPen(pen)
            text.setText(tr(LIGHT_TRAIL if line is self._lines[-1][0] and look.is_light else words_))

    def _fit_numbers(self, view: QRectF) -> None:
        """Set the size of the numbers: on a small canvas, large text would cover the curves."""
        side = min(view.width(), view.height())
        if side != self._side:
            self._side = side
            for item, size in zip(self._numbers, (NUMBER, MATHS, MATHS), strict=True):
                font, least = in_type(self._font, size), QFontMetricsF(self._font).ascent()
                most = max(LARGEST * side * size / NUMBER, least)
                if (ascent := QFontMetricsF(font).ascent()) > most:
                    font = QFont(self._font)
                    font.setPixelSize(round(QFontMetricsF(in_type(self._font, size)).height() * most / ascent))
                item.setFont(font)

    def write(self, snapshot: Snapshot, view: QRectF, free: QRectF, with_points: bool) -> None:
        """Write the numbers of a snapshot at the top left of the ``free`` part of the view."""
        self._fit_numbers(view)
        test = snapshot.test_cost
        rows = (
            (tr("iteration"), format_number(snapshot.iteration)),
            (tr("cost"), format_cost(snapshot.cost)),
            (tr("test"), format_cost(test) if test is not None else ""),
        )
        x, y = free.left() + GAP_PX, free.top() + GAP_PX - 4
        for name, number, (word, value) in zip(self._names, self._numbers, rows, strict=True):
            for item, text in ((name, word), (number, value)):
                item.setVisible(bool(value))
                if value:
                    item.setText(text)
                    item.setPos(x, y)
                    y += item.boundingRect().height() - (4 if item is name else 0)
        self._points.setText(tr(POINTS) if with_points else "")
        self._points.setPos(x, y + 4)
        self.end = self._points.sceneBoundingRect().bottom() if with_points else y
        self._place_lines(free)

    def _place_lines(self, free: QRectF) -> None:
        """What is which line, at the bottom left."""
        x = free.left() + GAP_PX
        for line, text in self._lines:
            high = text.boundingRect().height()
            y = free.bottom() - GAP_PX + 4 - high
            line.setPos(x, y + high / 2)
            text.setPos(x + SAMPLE_PX + BETWEEN_PX, y)
            x = text.sceneBoundingRect().right() + GAP_PX
        self.shows_lines = self.explains_lines and not self.is_covered_below and x < free.right()
        for item in (each for line in self._lines for each in line):
            item.setVisible(self.shows_lines)

    def point(self, pointer: QPointF | None, snapshot: Snapshot, plane: DataMap, rect: QRectF) -> None:
        """Tell t, x and y of the training point whose fit is nearest to the pointer, if it is near."""
        fit = plane.map(snapshot.fit)
        distance = np.hypot(fit[0] - pointer.x(), fit[1] - pointer.y()) if pointer is not None else np.array([np.inf])
        index = int(np.argmin(distance))
        is_near = bool(distance[index] <= REACH_PX)
        self._dot.setVisible(is_near)
        self._pointed.setVisible(is_near)
        if not is_near:
            return
        self._dot.setPos(*fit[:, index].tolist())
        t = format_number(round(float(snapshot.target.t[0, index]), 4))
        x, y = (shown_number(value, "f", 3) for value in snapshot.fit[:, index].tolist())
        self._pointed.setText(f"t = {t}\nx = {x}\ny = {y}")
        size = self._pointed.boundingRect()
        self._pointed.setPos(rect.right() - GAP_PX - size.width(), rect.bottom() - GAP_PX - size.height())

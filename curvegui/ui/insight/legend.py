"""The legend of what explains the fit: a sample of each line as it is drawn, and what it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QGraphicsRectItem, QGraphicsScene
from PySide6.QtWidgets import QGraphicsSimpleTextItem as TextItem

from curvegui.ui.canvas.run_items import LEGENDS, lay_over
from curvegui.ui.insight.arrows import arrows

MARGIN_PX = 16
SAMPLE_PX, GAP_PX = 26.0, 7.0  # the length of a sample, and the gap between it and its words
MOST_PX = 7.0  # the largest width of a sample
HINT_LINES = 3.5
Row = tuple[QGraphicsPathItem, QGraphicsPathItem, TextItem]  # a sample's shaft and head, and its words


@dataclass(frozen=True)
class Entry:
    """A line of the legend: ``pen`` draws the sample, and ``head`` its arrow head, if it is an arrow."""

    pen: QPen
    words: str
    head: QBrush | None = None


class InsightLegend:
    """Items in the pixels of a scene."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._scene = scene
        self.ground = QGraphicsRectItem()
        self.ground.setPen(QPen(Qt.PenStyle.NoPen))
        self.rows: list[Row] = []
        self._font, self._colour = QFont(), QColor()
        self._add(self.ground)

    def set_look(self, ground: QColor, text: QColor, font: QFont) -> None:
        """Take the background and the colour of the words."""
        self.ground.setBrush(ground)
        self._font, self._colour = font, text
        for _, _, words in self.rows:
            self._colour_words(words)

    def say(self, entries: Sequence[Entry], top: float, rect: QRectF) -> None:
        """Say at the left, from ``top`` down, what is what; as much of it as leaves room for a hint below."""
        metrics = QFontMetricsF(self._font)
        height, width = metrics.lineSpacing(), rect.width() - 2 * MARGIN_PX - SAMPLE_PX - GAP_PX
        room = int((rect.bottom() - MARGIN_PX - HINT_LINES * height - top) // height)
        shown = entries[: max(room, 1)]
        while len(self.rows) < len(shown):
            self._add_row()
        for number, row in enumerate(self.rows):
            for item in row:
                item.setVisible(number < len(shown))
        left, covered = rect.left() + MARGIN_PX, QRectF()
        for number, entry in enumerate(shown):
            words = metrics.elidedText(entry.words, Qt.TextElideMode.ElideRight, width)
            covered |= self._write(self.rows[number], replace(entry, words=words), QPointF(left, top + number * height))
        self.ground.setVisible(bool(shown))
        self.ground.setRect(covered.adjusted(-3, 0, 3, 0))

    def _write(self, row: Row, entry: Entry, place: QPointF) -> QRectF:
        """Write a line, and return the rectangle that it covers."""
        line, head, words = row
        height = QFontMetricsF(self._font).lineSpacing()
        pen = QPen(entry.pen)
        pen.setWidthF(min(pen.widthF(), MOST_PX))
        y = place.y() + height / 2
        ends = (np.array([[place.x() + at], [y]]) for at in (0.0, SAMPLE_PX))
        shaft, tip = arrows(*ends)
        if entry.head is None:
            shaft = QPainterPath(QPointF(place.x(), y))
            shaft.lineTo(place.x() + SAMPLE_PX, y)
        line.setPen(pen)
        line.setPath(shaft)
        head.setBrush(entry.head or QBrush())
        head.setPath(tip if entry.head is not None else QPainterPath())
        if words.text() != entry.words:
            words.setText(entry.words)
        words.setPos(place.x() + SAMPLE_PX + GAP_PX, place.y())
        return words.sceneBoundingRect() | QRectF(place.x(), place.y(), SAMPLE_PX, height)

    def _add_row(self) -> None:
        row = QGraphicsPathItem(), QGraphicsPathItem(), TextItem()
        row[1].setPen(QPen(Qt.PenStyle.NoPen))
        self._colour_words(row[2])
        for item in row:
            self._add(item)
        self.rows.append(row)

    def _colour_words(self, words: TextItem) -> None:
        words.setFont(self._font)
        words.setBrush(self._colour)

    def _add(self, item: QGraphicsItem) -> None:
        item.hide()
        lay_over(self._scene, LEGENDS, item)

"""The list of copies that were kept for the case of a crash, each with its picture."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QDateTime, QLocale, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from curvegui.core.learner.caption import short_cost
from curvegui.figure.drawing.figure import Figure, FigureOptions, paint_figure
from curvegui.figure.drawing.look import LOOKS
from curvegui.figure.picture.export import SIDE_PX
from curvegui.session.document.recovery import Generation
from curvegui.ui.widgets.numbers import format_number

LINES = 6  # of text: how high a picture is
GAP_PX = 3
WIDER = 3.0  # than a picture's own size its lines are drawn, to be seen at all
NO_TRAIL = np.empty((0, 2, 1), np.float32)


class CopiesList(QListWidget):
    """Copies, the first of them chosen.

    Parameters
    ----------
    generations : sequence of Generation
    """

    def __init__(self, generations: Sequence[Generation], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Copies, the newest first")
        self.setSpacing(GAP_PX)
        side = LINES * self.fontMetrics().height()
        self.setIconSize(QSize(side, side))
        for generation in generations:
            item = QListWidgetItem(_icon(generation, side, self.devicePixelRatioF()), words(generation))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words(generation).replace("\n", ", "))
            self.addItem(item)
        self.setCurrentRow(0)

    def sizeHint(self) -> QSize:
        """Room for all of them."""
        return self._room_for(self.count())

    def minimumSizeHint(self) -> QSize:
        """Room for one."""
        return self._room_for(1)

    def _room_for(self, rows: int) -> QSize:
        frame, beside = 2 * self.frameWidth(), self.verticalScrollBar().sizeHint().width() + 2 * GAP_PX
        height = rows * (max(self.sizeHintForRow(0), 0) + 2 * GAP_PX)
        return QSize(self.sizeHintForColumn(0) + beside + frame, height + frame)


def words(generation: Generation) -> str:
    """When it was kept, and what it is."""
    locale, moment = QLocale(), QDateTime.fromString(generation.saved_at, Qt.DateFormat.ISODate).toLocalTime()
    day = locale.toString(moment.date(), QLocale.FormatType.ShortFormat)
    when = f"{day}, {moment.time().toString('HH:mm:ss')}" if moment.isValid() else generation.saved_at
    iterations = f"{format_number(generation.iteration)} iterations"
    curve = generation.curve[:1].upper() + generation.curve[1:]
    return f"{curve}\n{iterations}\nCost {short_cost(generation.cost)}\n{when}"


def _icon(generation: Generation, side: int, ratio: float) -> QIcon:
    pixmap = QPixmap(QSize(side, side) * ratio)
    figure = Figure(generation.target.astype(float), NO_TRAIL, generation.fit.astype(float))
    look = LOOKS.get(generation.look, LOOKS["classic"])
    painter, rect = QPainter(pixmap), QRectF(pixmap.rect())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for _ in paint_figure(
        painter, rect, figure, look, FigureOptions(trail=False), scale=WIDER * rect.width() / SIDE_PX
    ):
        pass
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)  # which Qt would tint otherwise
    return icon

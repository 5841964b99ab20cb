"""Which of the cost plot's two curves is which."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF
from PySide6.QtWidgets import QGraphicsItem, QGraphicsLineItem, QGraphicsRectItem, QGraphicsSimpleTextItem

from curvegui.ui.cost.axes import HANDLE_PX
from curvegui.ui.cost.curves import DASH_PX, SPACE_PX, cost_pens
from curvegui.ui.look.theme import Theme

NAMES = ("training", "test")
SAMPLE_PX = 3 * DASH_PX + 2 * SPACE_PX  # of each curve: three dashes
GAP_PX = 6.0
VEIL = 0.85  # how opaque the legend is


class CostLegend(QGraphicsRectItem):
    """A sample of each curve and its name, in a row inside the item ``area``."""

    def __init__(self, area: QGraphicsItem) -> None:
        super().__init__(area)
        self._samples = [QGraphicsLineItem(self) for _ in NAMES]
        self._names = [QGraphicsSimpleTextItem(name, self) for name in NAMES]
        self.hide()

    def set_theme(self, font: QFont, theme: Theme) -> None:
        """Take a font and the theme's colours."""
        veil = QColor(theme.window)
        veil.setAlphaF(VEIL)
        self.setBrush(veil)
        self.setPen(QColor(0, 0, 0, 0))
        solid, dashed = cost_pens(theme)
        dashed.setDashPattern([DASH_PX / dashed.widthF(), SPACE_PX / dashed.widthF()])
        for sample, name, pen in zip(self._samples, self._names, (solid, dashed), strict=True):
            sample.setPen(pen)
            name.setFont(font)
            name.setBrush(QColor(theme.muted))
        self._lay_out(QFontMetricsF(font))

    def _lay_out(self, metrics: QFontMetricsF) -> None:
        x, middle = GAP_PX, metrics.height() / 2
        for sample, name in zip(self._samples, self._names, strict=True):
            sample.setLine(x, middle, x + SAMPLE_PX, middle)
            name.setPos(x + SAMPLE_PX + GAP_PX, 0.0)
            x = name.x() + metrics.horizontalAdvance(name.text()) + 2 * GAP_PX
        self.setRect(QRectF(0, 0, x - GAP_PX, metrics.height()))

    def place(self, area: QRectF) -> None:
        """Move to the upper right corner of ``area``, left of the playhead's handle at its edge."""
        self.setPos(area.right() - HANDLE_PX - GAP_PX - self.rect().width(), area.top())

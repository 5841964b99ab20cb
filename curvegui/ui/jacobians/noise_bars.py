"""The noise factor 1 + noise · N of each Jacobian in this iteration, as a bar, and which of them point uphill."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QLocale, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import tr
from curvegui.ui.jacobians.words import signed
from curvegui.ui.look.painter import painter_for
from curvegui.ui.look.theme import current_theme

ROW_LINES = 1.1  # the height of a row, in lines of text
BAR = 0.7  # the height of a bar, in heights of its row
UPHILL = "▲ "
WIDEST = 88.88, -88.88  # factors: no others need more room for their words
REACH = 3.0  # times the noise, on both sides of 1: one number in 370 lies beyond


class NoiseBars(QWidget):
    """Shows the factors of one iteration; the bars begin at 1, where there would be no noise."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names, self._reach = list[str](), REACH
        self._factors: FloatArray = np.empty(0)
        self.setObjectName("jacobians.factors")
        self.setAccessibleName(tr("Noise factors"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_factors(self, names: Sequence[str], factors: FloatArray, noise: float) -> None:
        """Show a factor for each name, shape (n,)."""
        if len(names) != len(self._names):
            self._names = list(names)
            self.updateGeometry()
        self._names, self._factors = list(names), factors
        self._reach = max(REACH * noise, 1.25)  # 0 is always visible: below it is uphill
        self.update()

    def in_words(self) -> str:
        """Every factor."""
        return ", ".join(map(factor_words, self._names, self._factors.tolist()))

    def sizeHint(self) -> QSize:
        """Room for all rows, and for bars that can be told apart."""
        line = self.fontMetrics().height()
        return QSize(20 * line, round(ROW_LINES * line * (len(self._names) + 1)))

    def minimumSizeHint(self) -> QSize:
        """Names, values, and little bars."""
        left, right = self._margins()
        return QSize(left + right + 3 * self.fontMetrics().height(), self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Make room for another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def _margins(self) -> tuple[int, int]:
        """The widths of the names at the left and of the values at the right."""
        metrics, gap = self.fontMetrics(), self.fontMetrics().height() // 2
        widest = max(metrics.horizontalAdvance(value_words(factor)) for factor in WIDEST)
        return metrics.horizontalAdvance("J_W88") + gap, widest + gap

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a row for each Jacobian, with 0 and 1 marked above."""
        painter, theme = painter_for(self), current_theme()
        row = ROW_LINES * self.fontMetrics().height()
        left, right = self._margins()
        bars = QRectF(left, row, max(self.width() - left - right, 1), self.height() - row)
        zero, one = (self._x(value, bars) for value in (0.0, 1.0))
        for value, x in ((0, zero), (1, one)):
            if value or one - zero > row / 2:  # with much noise, they are too near each other
                painter.setPen(QColor(theme.muted))
                painter.drawText(QRectF(x - row, 0, 2 * row, row), Qt.AlignmentFlag.AlignCenter, str(value))
            painter.setPen(QPen(QColor(theme.border), 1.0))
            painter.drawLine(round(x), round(row), round(x), self.height())
        for index, (name, factor) in enumerate(zip(self._names, self._factors.tolist(), strict=True)):
            line = QRectF(0, row * (index + 1), self.width(), row)
            self._draw_row(painter, line, bars, name, factor)

    def _x(self, value: float, bars: QRectF) -> float:
        share = (value - (1 - self._reach)) / (2 * self._reach)
        return bars.left() + min(max(share, 0.0), 1.0) * bars.width()

    def _draw_row(self, painter: QPainter, line: QRectF, bars: QRectF, name: str, factor: float) -> None:
        theme, is_uphill = current_theme(), factor < 0
        colour = QColor(theme.warning if is_uphill else theme.accent)
        low, high = sorted((self._x(1.0, bars), self._x(factor, bars)))
        bar = QRectF(low, line.top() + line.height() * (1 - BAR) / 2, max(high - low, 1.0), line.height() * BAR)
        painter.fillRect(bar, QBrush(colour, Qt.BrushStyle.BDiagPattern) if is_uphill else colour)
        if is_uphill:
            painter.setPen(QPen(colour, 1.0))
            painter.drawRect(bar)
        painter.setPen(QColor(theme.text))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(colour if is_uphill else QColor(theme.text))
        value = line.adjusted(bars.right() + self.fontMetrics().height() / 2, 0, 0, 0)
        painter.drawText(value, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, value_words(factor))


def value_words(factor: float) -> str:
    """A factor with two decimals; one that points uphill says so."""
    number = signed(QLocale().toString(factor, "f", 2))
    return tr("{uphill}{number} uphill", uphill=UPHILL, number=number) if factor < 0 else number


def factor_words(name: str, factor: float) -> str:
    """The same for screen readers."""
    return f"{name} {value_words(factor).removeprefix(UPHILL)}"

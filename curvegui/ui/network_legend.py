"""The scale of the diagram's weights, drawn: colours and widths from the largest negative to the largest positive."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from curvegui.ui.network_edges import WIDEST_PX
from curvegui.ui.numbers import format_number
from curvegui.ui.theme import Theme
from curvegui.ui.weight_colours import LEVELS, colour_of

THINNEST_PX = 1.0
LONGEST_LINES = 14  # half of it, in heights of a line of text
TICKS = -1.0, -0.5, 0.0, 0.5, 1.0  # of the scale's length, which goes by the square root


class ScaleLegend(QWidget):
    """The scale with its figures.

    Parameters
    ----------
    theme : Theme
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("network.legend")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme, self._scale = theme, 1.0
        self.setToolTip("Weights and biases: the larger, the wider and the stronger in colour")

    def dress(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._theme = theme
        self.update()

    def show_scale(self, scale: float) -> None:
        """Show another weight at the ends."""
        self._scale = scale
        ends = format_number(scale)
        self.setAccessibleName(f"Weights: from −{ends}, blue, over 0, grey and thin, to +{ends}, orange")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the figures at both ends and in the middle."""
        metrics = self.fontMetrics()
        width = 5 * metrics.horizontalAdvance(self._figure(-1.0)) + 20
        return QSize(width, round(1.2 * metrics.height() + 2 * WIDEST_PX))

    def minimumSizeHint(self) -> QSize:
        """The figures at the ends and the middle one."""
        metrics = self.fontMetrics()
        return QSize(3 * metrics.horizontalAdvance(self._figure(-1.0)) + 12, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Take another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def _figure(self, tick: float) -> str:
        value = format_number(abs(tick) * tick * self._scale).replace("-", "−")
        return f"+{value}" if tick > 0 else value

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the scale as a bow, and the figures under it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text_half = max(map(painter.fontMetrics().horizontalAdvance, map(self._figure, TICKS))) / 2
        half = min(self.width() / 2 - text_half - 1, LONGEST_LINES * painter.fontMetrics().height())
        middle, y = self.width() / 2, WIDEST_PX
        painter.setPen(Qt.PenStyle.NoPen)
        for level in range(-LEVELS, LEVELS):
            painter.setBrush(QColor(colour_of(level if level < 0 else level + 1, self._theme)))
            corners = []
            for edge in (level, level + 1):
                x, thick = middle + half * edge / LEVELS, _thickness(abs(edge)) / 2
                corners.append((QPointF(x, y - thick), QPointF(x, y + thick)))
            (a, b), (c, d) = corners
            painter.drawPolygon(QPolygonF([a, c, d, b]))
        painter.setPen(QColor(self._theme.muted))
        crowded = 5 * (2 * text_half + 6) > 2 * (half + text_half)
        for tick in TICKS[::2] if crowded else TICKS:
            x = middle + half * tick
            box = QRectF(x - 2 * text_half, 2 * WIDEST_PX, 4 * text_half, self.height() - 2 * WIDEST_PX)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, self._figure(tick))
        painter.end()


def _thickness(level: float) -> float:
    return THINNEST_PX + (WIDEST_PX - THINNEST_PX) * level / LEVELS

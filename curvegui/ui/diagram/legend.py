"""The scale of the diagram's weights: colours and widths from the largest negative to the largest positive weight."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.ui.diagram.edges import WIDEST_PX
from curvegui.ui.look.layouts import wrapped
from curvegui.ui.look.painter import painter_for
from curvegui.ui.look.theme import current_theme
from curvegui.ui.study.weight_colours import LEVELS, colour_of
from curvegui.ui.widgets.numbers import format_number, short_number

THINNEST_PX = 1.0
LONGEST_LINES = 14  # half of the scale at most, in heights of a line of text
AWAY_PX = 5.0  # from the bow to a figure
LEAST_HALF_PX = 20.0
GAP = 0.25  # of a level
TICKS = -1.0, -0.5, 0.0, 0.5, 1.0  # of the scale's length, which is the square root of the weight

TIPS = (  # of weights, and of their Jacobians
    (
        mark("Weights and biases: the larger, the wider and the stronger in colour"),
        mark("Weights: from −{ends}, blue, over 0, grey and thin, to +{ends}, orange"),
    ),
    (
        mark("Jacobians of weights and biases: the larger, the wider and the stronger in colour"),
        mark("Jacobians: from −{ends}, blue, over 0, grey and thin, to +{ends}, orange"),
    ),
)


class ScaleLegend(QWidget):
    """The scale of the weights, or of their Jacobians, with its numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # numbers, from low to high
        self.setObjectName("network.legend")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._scale = 1.0
        self._written: Callable[[float], str] = format_number

    @Slot(float, bool)
    def show_scale(self, scale: float, by_gradient: bool) -> None:
        self._scale, self._written = scale, short_number if by_gradient else format_number
        tips = TIPS[by_gradient]
        self.setToolTip(wrapped(tr(tips[0])))
        self.setAccessibleName(tr(tips[1], ends=self._written(scale)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(8 * (self._width_of(TICKS) + AWAY_PX)), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        line = max(self.fontMetrics().height(), round(2 * WIDEST_PX))
        return QSize(round(2 * (self._width_of(TICKS[::4]) + AWAY_PX + LEAST_HALF_PX)), line)

    def _width_of(self, ticks: Sequence[float]) -> int:
        return max(map(self.fontMetrics().horizontalAdvance, map(self._figure, ticks)))

    def _figure(self, tick: float) -> str:
        value = self._written(abs(tick) * tick * self._scale).replace("-", "−")
        return f"+{value}" if tick > 0 else value

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        beside, middle, y = self._width_of(TICKS) + AWAY_PX, self.width() / 2, self.height() / 2
        half = min(middle - self._width_of(TICKS[::4]) - AWAY_PX, LONGEST_LINES * painter.fontMetrics().height())
        painter.setPen(Qt.PenStyle.NoPen)
        for level in range(-LEVELS, LEVELS):
            painter.setBrush(QColor(colour_of(level if level < 0 else level + 1, current_theme())))
            corners = []
            for edge in (level, level + 1):
                gap = GAP if edge == level < 0 else 0.0  # negative ones are dashed
                x = middle + half * (edge + gap) / LEVELS
                thick = (THINNEST_PX + (WIDEST_PX - THINNEST_PX) * abs(edge) / LEVELS) / 2
                corners.append((QPointF(x, y - thick), QPointF(x, y + thick)))
            (a, b), (c, d) = corners
            painter.drawPolygon(QPolygonF([a, c, d, b]))
        for tick in TICKS[:: 1 if half >= 3 * beside else 2 if half >= beside else 4]:
            text = self._figure(tick)
            width = painter.fontMetrics().horizontalAdvance(text)
            x = middle + half * tick - width / 2 + ((width / 2 + AWAY_PX) * tick if abs(tick) == 1.0 else 0.0)
            box = QRectF(x, 0, width, self.height())
            painter.fillRect(box.adjusted(1 - AWAY_PX, 0, AWAY_PX - 1, 0), QColor(current_theme().card))
            painter.setPen(QColor(current_theme().muted))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)
        painter.end()

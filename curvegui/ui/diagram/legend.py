"""The scale of the diagram's weights: colours and widths from the largest negative to the largest positive weight."""

from collections.abc import Callable

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
        return QSize(round(6 * self._beside), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        line = max(self.fontMetrics().height(), round(2 * WIDEST_PX))
        return QSize(round(2 * (self._beside + LEAST_HALF_PX)), line)

    @property
    def _figures(self) -> tuple[str, str, str]:
        written = self._written(self._scale)
        return f"−{written}", self._written(0.0), f"+{written}"

    @property
    def _beside(self) -> float:
        """The room, in px, for the figure at an end."""
        return max(map(self.fontMetrics().horizontalAdvance, self._figures)) + AWAY_PX

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, y = self.width() / 2, self.height() / 2
        half = min(middle - self._beside, LONGEST_LINES * painter.fontMetrics().height())
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
        painter.setPen(QColor(current_theme().muted))
        for figure, end in zip(self._figures, (-1, 0, 1), strict=True):
            width = painter.fontMetrics().horizontalAdvance(figure)
            box = QRectF(middle + end * (half + AWAY_PX + width / 2) - width / 2, 0, width, self.height())
            painter.fillRect(box.adjusted(-AWAY_PX, 0, AWAY_PX, 0), QColor(current_theme().card))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, figure)
        painter.end()

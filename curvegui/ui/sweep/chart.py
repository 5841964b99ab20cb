"""The cost by each knob, painted in the dialog of a sweep."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from curvegui.core.sweep.cost_chart import CostChart, cost_chart
from curvegui.core.sweep.plan import SweepPlan
from curvegui.core.sweep.table import Row
from curvegui.figure.drawing.look import LOOKS, Look
from curvegui.figure.picture.cost_chart import paint_chart
from curvegui.ui.look.theme import Theme

LEAST_PX = 250, 200  # of one panel, or of several that are hard to read
USUAL_PX = 420, 360
EDGE_PX = 24  # beside words
NOTHING_YET = "The cost by each knob, as soon as runs have ended; a double click in the table takes one up."


class SweepChart(QWidget):
    """Shows the chart of the rows that there are.

    Parameters
    ----------
    theme : Theme
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("The cost by each knob")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._chart: CostChart | None = None
        self._look = look_of(theme)

    def dress(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._look = look_of(theme)
        self.update()

    def show_rows(self, plan: SweepPlan, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self._chart = cost_chart(plan, rows) if rows else None
        self.update()

    def minimumSizeHint(self) -> QSize:
        """So large that a panel can be read."""
        return QSize(*LEAST_PX)

    def sizeHint(self) -> QSize:
        """Room for several panels."""
        return QSize(*USUAL_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it, or say what will be here."""
        painter, rect = QPainter(self), QRectF(self.rect())
        if self._chart:
            paint_chart(painter, rect, self._chart, self._look, 1.0)
        else:
            painter.fillRect(rect, self._look.background_brush(rect))
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            middle = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(EDGE_PX, 0, -EDGE_PX, 0), middle, NOTHING_YET)


def look_of(theme: Theme) -> Look:
    """The figure's look that goes with a theme."""
    return LOOKS["dark" if theme.key == "dark" else "light"]

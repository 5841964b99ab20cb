"""How a curve looks in the rail: a small card with the curve on it, framed if it is the present one."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from curvegui.core.curve.curve import Curve
from curvegui.figure.drawing.look import Stroke
from curvegui.figure.drawing.target_drawing import thumbnail
from curvegui.ui.look.theme import current_theme

CURVE = Qt.ItemDataRole.UserRole  # the name of a preset, or a curve of the user's own
GAP_PX = 6  # between two tiles
ROUNDNESS_PX = 10
LINE_PX = 1.6  # of a thumbnail's curve

Index = QModelIndex | QPersistentModelIndex


def tile_side(widget: QWidget) -> int:
    """How large a tile is beside a widget's text: it grows with large fonts, though it holds no text."""
    return round(24 + 1.9 * widget.fontMetrics().height())


class CurveTiles(QStyledItemDelegate):
    """Paints the tiles.

    ``side`` is that of a tile, in logical pixels. ``present`` is the curve that is trained on. With ``shows_focus``,
    the tile that the keys would choose is marked.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.side = tile_side(parent)
        self.present: str | Curve = ""
        self.shows_focus = False
        self._widget = parent
        self._painted: dict[tuple[str | Curve, int, float, str], QPixmap] = {}

    def forget_pixmaps(self) -> None:
        """Paint each thumbnail anew when it is next seen."""
        self._painted.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A square, and the gap below it."""
        return QSize(self.side, self.side + GAP_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Card, frame, curve."""
        curve, theme, side = index.data(CURVE), current_theme(), self.side
        is_present = curve == self.present
        area = QRectF(option.rect.x(), option.rect.y(), side, side)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        has_focus, is_under_pointer = (
            bool(option.state & flag) for flag in (QStyle.StateFlag.State_HasFocus, QStyle.StateFlag.State_MouseOver)
        )
        painter.setBrush(QColor(theme.pressed if is_under_pointer else theme.card))
        width, colour = (2.0, theme.accent) if is_present else (1.0, theme.border)
        painter.setPen(QPen(QColor(colour), width))
        half = width / 2
        painter.drawRoundedRect(area.adjusted(half, half, -half, -half), ROUNDNESS_PX, ROUNDNESS_PX)
        painter.drawPixmap(area.topLeft(), self._thumbnail(curve, side, theme.accent if is_present else theme.muted))
        if has_focus and self.shows_focus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.muted), 1.0, Qt.PenStyle.DotLine))  # it must not look like the frame
            painter.drawRoundedRect(area.adjusted(4.5, 4.5, -4.5, -4.5), ROUNDNESS_PX - 4, ROUNDNESS_PX - 4)
        painter.restore()

    def _thumbnail(self, curve: str | Curve, side: int, colour: str) -> QPixmap:
        key = curve, side, self._widget.devicePixelRatioF(), colour
        if key not in self._painted:
            self._painted[key] = thumbnail(curve, side, key[2], Stroke(colour, LINE_PX))
        return self._painted[key]

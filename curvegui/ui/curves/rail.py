"""The rail at the left: buttons that bring in a curve, and the list of curves."""

from collections.abc import Sequence
from functools import partial
from html import escape

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from curvegui.core.curve.curve import Curve
from curvegui.core.language.text import mark, tr
from curvegui.core.presets.names import worded
from curvegui.core.presets.presets import PRESETS
from curvegui.figure.drawing.look import LineStyle
from curvegui.figure.drawing.target_drawing import thumbnail
from curvegui.ui.actions.actions import ICON, TEXT, Actions, chip
from curvegui.ui.look.icons import icon_size
from curvegui.ui.look.layouts import filled, named, wrapped
from curvegui.ui.look.scale import BETWEEN_PX
from curvegui.ui.look.theme import current_theme
from curvegui.ui.widgets.number_box import ENTER

CURVE = Qt.ItemDataRole.UserRole  # the name of a preset, or a curve of the user's own
ROUNDNESS_PX = 10
LINE_PX = 1.6  # of a thumbnail's curve

Index = QModelIndex | QPersistentModelIndex


def tile_side(widget: QWidget) -> int:
    """The side of a tile beside a widget's text: it grows with large fonts, though a tile holds no text."""
    return round(24 + 1.9 * widget.fontMetrics().height())


class CurveTiles(QStyledItemDelegate):
    """Paints tiles: thumbnails of curves in frames with sides of ``side`` logical pixels. ``present`` is the curve that
    is trained on. With ``shows_focus``, the tile that the keys would choose is marked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.side = tile_side(parent)
        self.present: str | Curve = ""
        self.shows_focus = False
        self._widget = parent
        self.painted: dict[tuple[str | Curve, int, float, str], QPixmap] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self.side, self.side + BETWEEN_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        curve, theme, side = index.data(CURVE), current_theme(), self.side
        is_present = curve == self.present
        area = QRectF(option.rect.x(), option.rect.y(), side, side)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(theme.pressed if option.state & QStyle.StateFlag.State_MouseOver else theme.card))
        width, colour = (2.0, theme.accent) if is_present else (1.0, theme.border)
        painter.setPen(QPen(QColor(colour), width))
        half = width / 2
        painter.drawRoundedRect(area.adjusted(half, half, -half, -half), ROUNDNESS_PX, ROUNDNESS_PX)
        key = curve, side, self._widget.devicePixelRatioF(), theme.accent if is_present else theme.muted
        if key not in self.painted:
            self.painted[key] = thumbnail(curve, side, key[2], LineStyle(key[3], LINE_PX))
        painter.drawPixmap(area.topLeft(), self.painted[key])
        if self.shows_focus and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.muted), 1.0, Qt.PenStyle.DotLine))  # it must not look like the frame
            painter.drawRoundedRect(area.adjusted(4.5, 4.5, -4.5, -4.5), ROUNDNESS_PX - 4, ROUNDNESS_PX - 4)
        painter.restore()


BY_KEYS = Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason
REMOVING = Qt.Key.Key_Delete, Qt.Key.Key_Backspace  # a Mac has only the latter


class CurveList(QListWidget):
    """The list of curves: their thumbnails, one below the other."""

    chosen = Signal(object)  # the name of a preset, or a Curve of the user's own
    unwanted = Signal(object)  # a Curve of the user's own is to be taken off the list

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles = CurveTiles(self)
        named(self, "curves.list", tr("Curves"))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)  # the session says which curve is present
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setItemDelegate(self._tiles)
        self.itemClicked.connect(self._choose)
        self.customContextMenuRequested.connect(self._offer_removal)
        self.show_recent(())

    def visualRect(self, index: Index) -> QRect:
        """The rectangle of a tile; empty while the list is hidden, or screen readers would take it for visible."""
        return super().visualRect(index) if self.isVisible() else QRect()

    def show_recent(self, curves: Sequence[Curve]) -> None:
        current, position = self.currentItem(), self.verticalScrollBar().value()
        kept = current.data(CURVE) if current else None
        self.clear()
        for curve in curves:
            self._add(curve, worded(curve.name))
        for name, preset in PRESETS.items():
            self._add(name, preset.label)
        self._tiles.painted.clear()  # each thumbnail is painted anew when it is next seen
        self.verticalScrollBar().setValue(position)
        self.setCurrentRow(max(self._row_of(kept if self.hasFocus() else self._tiles.present), 0))

    def _add(self, curve: str | Curve, label: str) -> None:
        item = QListWidgetItem()
        item.setData(CURVE, curve)
        is_like_markup = "<" in label  # Qt would take it for that
        item.setToolTip(f"<qt>{escape(label)}</qt>" if is_like_markup else wrapped(label))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, label)
        self.addItem(item)

    def _row_of(self, curve: object) -> int:
        return next((row for row in range(self.count()) if self.item(row).data(CURVE) == curve), -1)

    def show_present(self, curve: str | Curve) -> None:
        before, self._tiles.present = self._row_of(self._tiles.present), curve
        row = self._row_of(curve)
        if row != before:  # while a curve is reshaped, each frame has a new one, which is not in the list
            self.setCurrentRow(row if row >= 0 else self.currentRow())
            self.viewport().update()

    def set_side(self, side: int) -> None:
        """Show tiles of another size, with the scroll bar beside them."""
        self._tiles.side = side
        self.setFixedWidth(side + self.verticalScrollBar().sizeHint().width())
        self.setMinimumHeight(side)
        self.scheduleDelayedItemsLayout()

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(CURVE))

    def event(self, event: QEvent) -> bool:
        """Claim the keys that choose and remove; elsewhere they belong to the window."""
        wanted = (*ENTER, *REMOVING)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in wanted:
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Mark the curve that the keys would choose, if the focus came by a key."""
        self._tiles.shows_focus = event.reason() in BY_KEYS
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses a curve, Delete removes it from the list, arrows and letters move; Space runs and pauses."""
        self._tiles.shows_focus = True
        item, key = self.currentItem(), event.key()
        if item is None or key not in (*ENTER, *REMOVING):
            super().keyPressEvent(event)
        elif key in ENTER:
            self._choose(item)
        elif isinstance(item.data(CURVE), Curve):
            self.unwanted.emit(item.data(CURVE))

    @Slot(QPoint)
    def _offer_removal(self, position: QPoint) -> None:
        item = self.itemAt(position)
        if item is None:
            return
        menu, curve = named(QMenu(self), "curves.menu"), item.data(CURVE)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        learn, remove = menu.addAction(tr("&Train on this curve")), menu.addAction(tr("&Remove from the list"))
        learn.triggered.connect(partial(self.chosen.emit, curve))
        remove.triggered.connect(partial(self.unwanted.emit, curve))
        remove.setEnabled(isinstance(curve, Curve))
        menu.popup(self.viewport().mapToGlobal(position))


TOOLS = {
    "curve.draw": (mark("Draw"), ICON),
    "curve.text": (mark("Text"), ICON),
    "curve.formula": (mark("Formula"), TEXT),
    "curve.import": (mark("Import curve"), ICON),
}
"""The actions at the top, with their names, and what is on their buttons."""


class CurveRail(QWidget):
    """A slim column: buttons of actions, and below them the ``list`` of curves."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("curves")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._tools = [chip(actions[id_], tr(name), style) for id_, (name, style) in TOOLS.items()]
        self.list = CurveList()
        self._ways = filled(QVBoxLayout(), *self._tools, spacing=BETWEEN_PX)
        for tool in self._tools:
            tool.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        filled(QVBoxLayout(self), self._ways, (self.list, 1), spacing=BETWEEN_PX)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        """Fit the rail's width to a tile with the scroll bar beside it, or to the words of a button."""
        side = tile_side(self)
        self.list.set_side(side)
        for tool in self._tools:
            tool.setIconSize(icon_size(tool, 1.3))
        bar = self.list.verticalScrollBar().sizeHint().width()
        before, after = (bar, 0) if self.isRightToLeft() else (0, bar)  # the buttons are over the tiles
        self._ways.setContentsMargins(before, 0, after, 0)

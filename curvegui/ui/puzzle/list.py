"""A list of lines of Python: they can be dragged, or moved by keys, within the list and to another one."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDropEvent,
    QFontDatabase,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QTextDocument,
)  # fmt: skip
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from curvegui.core.language.text import tr
from curvegui.exercise.puzzle.puzzle import Mark, PuzzleLine, Worth
from curvegui.ui.look.icons import icon
from curvegui.ui.look.layouts import named, styled
from curvegui.ui.look.theme import current_theme
from curvegui.ui.widgets.number_box import ENTER

MARK = Qt.ItemDataRole.UserRole + 1
SIGNS = {Worth.RIGHT: ("check", "good"), Worth.WRONG: ("arrow", "second"), Worth.FOREIGN: ("remove", "warning")}
PADDING_PX, ROUNDNESS_PX = 7, 6
State = QStyle.StateFlag
Index = QModelIndex | QPersistentModelIndex


class LinePainter(QStyledItemDelegate):
    """Paints a line with its mark; a line without a mark has space for one, so that nothing moves sideways."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListWidget) else option.rect.width()
        return QSize(width, round(self._document(option, index, width).size().height()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        mark: Mark | None = index.data(MARK)
        painter.save()
        theme, state = current_theme(), option.state
        ground = theme.pressed if state & State.State_Selected else theme.chip if state & State.State_MouseOver else ""
        if ground:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(option.rect.adjusted(1, 1, -1, -1), ROUNDNESS_PX, ROUNDNESS_PX)
        side = option.fontMetrics.height()
        painter.translate(option.rect.topLeft())
        if mark is not None and mark.worth in SIGNS:
            icon(*SIGNS[mark.worth]).paint(painter, QRect(PADDING_PX, PADDING_PX, side, side))
        painter.translate(PADDING_PX + side, 0)
        self._document(option, index, option.rect.width()).drawContents(painter)
        painter.restore()

    def _document(self, option: QStyleOptionViewItem, index: Index, width: int) -> QTextDocument:
        """The code of a line and what a check says about it, in an item of a width in px."""
        mark: Mark | None = index.data(MARK)
        theme = current_theme()
        is_fixed = mark is None and not index.flags() & Qt.ItemFlag.ItemIsDragEnabled
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
        code = f"color: {theme.muted if is_fixed else theme.text}; font-family: '{fixed}'"
        why = f'<div style="color: {theme.text}">{escape(mark.words)}</div>' if mark else ""
        document = QTextDocument()
        document.setDefaultFont(option.font)
        document.setDocumentMargin(PADDING_PX)
        document.setTextWidth(width - PADDING_PX - option.fontMetrics.height())
        document.setHtml(f'<div dir="ltr" style="{code}">{escape(index.data())}</div>{why}')  # in every language
        return document


FORMAT = "application/x-curvegui-line"
Flag, Keys = Qt.ItemFlag, Qt.Key


class LineList(QListWidget):
    """Shows lines, and emits which line a person wants to move: the owner moves it. ``across`` are the keys that move a
    line to the other list, as a double click does."""

    leaving = Signal(str)  # the code of a line that goes to the other list
    arriving = Signal(str, int)  # one is dropped or moved here, before the line of this number

    def __init__(self, name: str, words: str, across: Sequence[Qt.Key]) -> None:
        super().__init__()
        styled(named(self, name, words), "boxed")
        self._across = frozenset(across)
        self.setItemDelegate(LinePainter(self))
        self.setDragDropMode(self.DragDropMode.DragDrop)
        self.setDropIndicatorShown(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(self.ScrollMode.ScrollPerPixel)

    def show_lines(
        self, lines: Sequence[PuzzleLine], given: Sequence[PuzzleLine], marks: Sequence[Mark] | None, current: int
    ) -> None:
        """Show other lines; lines that are ``given`` cannot be moved. ``current`` is the row to select."""
        self.clear()
        for number, line in enumerate(lines):
            item = QListWidgetItem(line.code)
            mark, is_given = marks[number] if marks else None, line in given
            item.setData(MARK, mark)
            item.setFlags(Flag.ItemIsEnabled | Flag.ItemIsSelectable | Flag(0 if is_given else Flag.ItemIsDragEnabled))
            state = mark.words if mark else "fixed" if is_given else ""
            place = tr("line {place} of {count}, {code}", place=number + 1, count=len(lines), code=line.code)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{place}, {state}" if state else place)
            self.addItem(item)
        self.setCurrentRow(min(current, self.count() - 1))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Move the line to the other list; Qt's own handler would use the item of the line after it is gone."""
        item = self.itemAt(event.position().toPoint())
        if item is not None:
            self.leaving.emit(item.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or an arrow moves the line to the other list, Alt+Up and Alt+Down within this one."""
        item, key = self.currentItem(), event.key()
        steps = {Keys.Key_Up: -1, Keys.Key_Down: 2} if event.modifiers() & Qt.KeyboardModifier.AltModifier else {}
        if item is not None and key in steps:
            self.arriving.emit(item.text(), self.row(item) + steps[Keys(key)])
        elif item is not None and key in self._across:
            self.leaving.emit(item.text())
        elif key not in ENTER:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # their heights depend on the width

    # Dragging: what is dropped comes with the code of its line, and the owner of both lists moves it

    def mimeTypes(self) -> list[str]:
        return [FORMAT]

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        """The code of the line: as data for the other list, and as text for any editor."""
        data = QMimeData()
        data.setData(FORMAT, items[0].text().encode())
        data.setText(items[0].text())
        return data

    def dropEvent(self, event: QDropEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        to = self.count() if item is None else self.row(item)
        if item is not None and event.position().y() > self.visualItemRect(item).center().y():
            to += 1
        event.setDropAction(Qt.DropAction.CopyAction)  # after a move, the list that it came from would remove an item
        event.accept()
        self.setState(self.State.NoState)
        self.arriving.emit(bytes(event.mimeData().data(FORMAT).data()).decode(), to)

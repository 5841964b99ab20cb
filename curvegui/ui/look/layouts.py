"""Functions that fill layouts, a layout that flows from row to row, and how large a dialog opens."""

import re
from collections.abc import Sequence
from functools import lru_cache
from textwrap import fill
from typing import TypeAlias, TypeVar

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QLayout, QLayoutItem, QStyle, QVBoxLayout, QWidget
from shiboken6 import delete

from curvegui.ui.look.scale import BETWEEN_PX, GAP_PX

AnyBox = TypeVar("AnyBox", bound=QBoxLayout)
Part: TypeAlias = QWidget | QLayout | int | tuple[QWidget | QLayout, int]


def filled(box: AnyBox, *parts: Part, edges: Sequence[int] | None = (0, 0, 0, 0), spacing: int | None = None) -> AnyBox:
    """A box layout, filled with its parts, and with ``edges`` at the left, top, right and bottom (None for Qt's own). A
    part can come with its share of the room; a number alone is a share of empty room."""
    if edges is not None:
        box.setContentsMargins(*edges)
    if spacing is not None:
        box.setSpacing(spacing)
    for part in parts:
        each, share = part if isinstance(part, tuple) else (part, 0)
        if isinstance(each, int):
            box.addStretch(each)
        elif isinstance(each, QLayout):
            box.addLayout(each, share)
        else:
            box.addWidget(each, share)
    return box


def card(
    *contents: QWidget, parent: QWidget | None = None, edges: Sequence[int] = (GAP_PX,) * 4, spacing: int = BETWEEN_PX
) -> QFrame:
    """A card with widgets one above the other. Give a ``parent`` from the beginning where many cards are made: each
    change of a parent styles all widgets in the card anew."""
    frame = QFrame(parent)
    frame.setProperty("card", True)
    filled(QVBoxLayout(frame), *contents, edges=edges, spacing=spacing)
    return frame


class FlowLayout(QLayout):
    """Items side by side, wrapped at the end of the width; the spacing is in pixels. With ``stretch``, the items of a
    row share its whole width, and begin at its top. A widget with the property "fills" takes the width that the others
    of its row leave, and needs only its smallest width."""

    def __init__(self, spacing: int = 8, parent: QWidget | None = None, stretch: bool = False) -> None:
        super().__init__(parent)
        self._stretch = stretch
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}  # by width: Qt asks for the same heights over and over
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def clear(self) -> None:
        """Remove and delete all items; Qt leaves their deletion to the code that takes them."""
        while (item := self.takeAt(0)) is not None:
            delete(item)

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        hints = [item.sizeHint() for item in self._items]
        width = sum(hint.width() for hint in hints) + self.spacing() * max(len(hints) - 1, 0)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def widest(self) -> int:
        return max((item.sizeHint().width() for item in self._items), default=0)

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, move: bool) -> int:
        top, row, used = rect.top(), list[QLayoutItem](), 0
        for item in self._items:
            if item.isEmpty():
                continue
            width = _wanted(item)
            if row and used + self.spacing() + width > rect.width():
                led = row[-1:] if len(row) > 1 and _is(row[-1], "leads") else []
                row = row[: len(row) - len(led)]
                top += self._arrange_row(row, QRect(rect.left(), top, rect.width(), 0), move) + self.spacing()
                row, used = led, sum(map(_wanted, led))
            used += width + (self.spacing() if row else 0)
            row.append(item)
        return top + self._arrange_row(row, QRect(rect.left(), top, rect.width(), 0), move) - rect.top()

    def _arrange_row(self, row: list[QLayoutItem], rect: QRect, move: bool) -> int:
        widths = [min(_wanted(item), rect.width()) for item in row]
        if self._stretch and row:
            shared = rect.width() - self.spacing() * (len(row) - 1)
            even = shared // len(row)
            widths = [even] * len(row) if max(widths) <= even else widths
            widths[-1] += shared - sum(widths)  # so that all rows end at the same edge
        free = rect.width() - sum(widths) - self.spacing() * (len(row) - 1)
        for index, item in enumerate(row):
            if _is(item, "fills"):
                widths[index], free = widths[index] + free, 0
        heights = [_height_of(item, width) for item, width in zip(row, widths, strict=True)]
        height, left = max(heights, default=0), rect.left()
        parent = self.parentWidget()
        side = parent.layoutDirection() if parent else Qt.LayoutDirection.LeftToRight
        for item, width, own in zip(row, widths, heights, strict=True):
            if _is(item, "at_end"):
                left, free = left + free, 0
            if move:
                top = rect.top() + (0 if self._stretch else (height - own) // 2)
                item.setGeometry(QStyle.visualRect(side, rect, QRect(left, top, width, own)))
            left += width + self.spacing()
        return height


class ColumnsLayout(FlowLayout):
    """Items in equally wide columns, as many as there is room for the widest item in each, and at most ``most``;
    ``spacing`` px between columns, ``below`` px between rows."""

    def __init__(self, most: int, spacing: int, below: int, parent: QWidget | None = None) -> None:
        super().__init__(spacing, parent)
        self._most, self._below = most, below

    def _arrange(self, rect: QRect, move: bool) -> int:
        items = [item for item in self._items if not item.isEmpty()]
        fitting = (rect.width() + self.spacing()) // max(self.widest() + self.spacing(), 1)
        columns = min(max(fitting, 1), self._most)
        even = (rect.width() - self.spacing() * (columns - 1)) // columns
        top, parent = rect.top(), self.parentWidget()
        side = parent.layoutDirection() if parent else Qt.LayoutDirection.LeftToRight
        for begin in range(0, len(items), columns):
            row = items[begin : begin + columns]
            heights = [_height_of(item, even) for item in row]
            for column, (item, height) in enumerate(zip(row, heights, strict=True)):
                if move:
                    place = QRect(rect.left() + column * (even + self.spacing()), top, even, height)
                    item.setGeometry(QStyle.visualRect(side, rect, place))
            top += max(heights) + (self._below if begin + columns < len(items) else 0)
        return top - rect.top()


def _is(item: QLayoutItem, style: str) -> bool:
    """Whether an item's widget has a property: "leads" keeps it with the next item, "at_end" puts it at the end of its
    row, and "fills" gives it the free width of its row."""
    part = item.widget()
    return part is not None and bool(part.property(style))


def _wanted(item: QLayoutItem) -> int:
    return (item.minimumSize() if _is(item, "fills") else item.sizeHint()).width()


def _height_of(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()


def side_by_side(*parts: QWidget, spacing: int = 8, stretch: bool = False, parent: QWidget | None = None) -> QWidget:
    """A widget with parts beside each other, or below where there is no room: see `FlowLayout`."""
    row = QWidget(parent)
    flow = FlowLayout(spacing, row, stretch)
    for part in parts:
        flow.addWidget(part)
    return row


def button_row(*buttons: QWidget, at_end: Sequence[QWidget]) -> QWidget:
    """Buttons beside each other, those ``at_end`` at the end of the row, or below where there is no room. A button is
    to be made the default one only after this: it must be in its dialog."""
    for each in at_end:
        each.setProperty("at_end", True)
    return side_by_side(*buttons, *at_end)


ALPHABET, LINES_WIDE = "abcdefghijklmnopqrstuvwxyz", 13  # its width in usual fonts at most, in heights of a line


def line_px(widget: QWidget) -> int:
    """The height of a line of text, or more if letters are wide: a unit for lengths that hold words."""
    metrics = widget.fontMetrics()
    return max(metrics.height(), round(metrics.horizontalAdvance(ALPHABET) / LINES_WIDE))


FRAME_PX = 40, 80  # kept free beside and below a dialog, for its frame and the system's bars


def room_for(dialog: QWidget, frame_px: tuple[int, int] = FRAME_PX) -> QSize:
    available, parent = dialog.screen().availableSize() - QSize(*frame_px), dialog.parentWidget()
    return available if parent is None else parent.window().size().boundedTo(available)


def open_as_large_as(dialog: QWidget, lines: tuple[int, int]) -> None:
    """Give a dialog a width and a height in heights of a line of text, as far as there is room on the screen."""
    width, height = (count * line_px(dialog) for count in lines)
    dialog.resize(QSize(width, height).boundedTo(room_for(dialog)))


TIP_WIDTH = 45  # characters in a line
AnyWidget = TypeVar("AnyWidget", bound=QWidget)


@lru_cache(maxsize=512)  # some tell numbers, and are never told again
def wrapped(words: str) -> str:
    """A tooltip in short lines; its own line breaks stay, and a command, after two spaces, stays in one line."""
    held = re.sub(r"(?<=  )\S.*", lambda command: command[0].replace(" ", "\0"), words)
    return "\n".join(fill(line, TIP_WIDTH, break_on_hyphens=False) for line in held.split("\n")).replace("\0", " ")


def named(widget: AnyWidget, name: str, words: str = "", tip: str = "") -> AnyWidget:
    """A widget, after it has got an object name, and where they are given, a name for screen readers and a tooltip."""
    widget.setObjectName(name)
    if words:
        widget.setAccessibleName(words)
    if tip:
        widget.setToolTip(wrapped(tip))
    return widget


def styled(widget: AnyWidget, *styles: str) -> AnyWidget:
    """A widget, after it has got properties that rules of the style sheet are about."""
    for style in styles:
        widget.setProperty(style, True)
    return widget

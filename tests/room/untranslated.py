"""Finds what is not translated, in the language that puts each text in brackets."""

import re
from collections.abc import Iterator

from PySide6 import QtWidgets as Qw
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QGraphicsItem, QHeaderView, QWidget

from tests.room.painted import painted_texts, paints_itself

OWN = re.compile(r"(Close|Help|Cancel|OK|Save|Discard|Yes|No)$")  # Qt's, translated by Qt
OTHERS = re.compile(
    r"qt_|text\.font|guide\.|keys|formula\.[xy]|puzzle\.(head|function|lines)|menu\.lessons|preferences\.language"
)
"""Names of fonts and languages, the guide, keys, formulas, code, and the names of lessons in their files."""
READ = "text", "title", "windowTitle", "toolTip", "accessibleName", "accessibleDescription", "placeholderText", \
    "specialValueText", "prefix", "suffix"  # fmt: skip
ROLES = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole
SIDEWAYS = Qt.Orientation.Horizontal
WORD = re.compile(r"[^\W\d_]{2,}")
INNERMOST = re.compile(r"\[[^\[\]]*(\]|$)")
KEYS = r"\(((Ctrl|Alt|Shift|Meta)\+)*(\w+|[^\w\s])\)$|^((Ctrl|Alt|Shift)\+)+(\w+|[^\w\s])$|^Space$"
FILES = r"[^\s\[\]]*[/.]\w+\b"
NAMES = r"CurveGUI|WebP|Levenberg-Marquardt\)?\]?|Adam|L-BFGS|\b[A-Z]{2,}\d*\b|\b(px|lr|ms)\b"  # also units and formats
DATA = re.compile(f"{KEYS}|{FILES}|{NAMES}")
TAGS = re.compile(r"<[^<>]*>|&\w+;")


def untranslated(root: QWidget) -> list[str]:
    """Texts with words outside of brackets."""
    if isinstance(root, QFileDialog):
        return []  # it is Qt's
    found = [
        f"{part.objectName() or type(part).__name__}: not translated: {text}"
        for part in (root, *root.findChildren(QWidget))
        if part is root or part.isVisibleTo(root)
        for text in _texts(part)
        if _outside(text)
    ]
    return list(dict.fromkeys(found))


def _outside(text: str) -> bool:
    before, left = "", DATA.sub(" ", TAGS.sub(" ", text))
    while before != left:
        before, left = left, INNERMOST.sub(" ", left)
    left = left.replace("&", "").strip()
    return bool(WORD.search(left)) and not OWN.match(left)


def _texts(part: QWidget) -> Iterator[str]:
    if OTHERS.match(part.objectName()) or isinstance(part.parentWidget(), QFileDialog):
        return
    for name in READ:
        read = getattr(part, name, None)
        text = read() if callable(read) and not (name == "text" and _is_persons(part)) else ""
        if isinstance(text, str):
            yield text
    if isinstance(part, Qw.QTextEdit):
        yield part.toPlainText()
    if isinstance(part, Qw.QComboBox):
        yield from (part.itemText(index) for index in range(part.count()))
    if isinstance(part, Qw.QTabBar):
        yield from (part.tabText(index) for index in range(part.count()))
    if isinstance(part, Qw.QMenu):
        yield from (text for action in part.actions() for text in (action.text(), action.toolTip()))
    if isinstance(part, QAbstractItemView) and not isinstance(part, QHeaderView):
        yield from _items(part)
    if isinstance(part, QHeaderView) and part.model() is not None and (way := part.orientation()) == SIDEWAYS:
        yield from (str(part.model().headerData(index, way) or "") for index in range(part.count()))
    if isinstance(part, Qw.QGraphicsView) and part.scene() is not None:
        yield from (text for item in part.scene().items() for text in _of_item(item))
    if paints_itself(part):
        yield "\n".join(each.text for each in painted_texts(part))


def _is_persons(part: QWidget) -> bool:
    """Whether what stands there was typed."""
    return hasattr(part, "placeholderText")


def _items(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    waiting: list[QModelIndex] = [view.rootIndex()] if model is not None else []
    while waiting:
        at = waiting.pop()
        for row in range(model.rowCount(at)):
            for column in range(columns_of(model)):
                index = model.index(row, column, at)
                yield from (str(index.data(role) or "") for role in ROLES)
            waiting.append(model.index(row, 0, at))


def columns_of(model: QAbstractItemModel) -> int:
    """How many columns it has; Qt hides that of lists."""
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount()


def _of_item(item: QGraphicsItem) -> Iterator[str]:
    if item.isVisible() and isinstance(item, Qw.QGraphicsTextItem | Qw.QGraphicsSimpleTextItem):
        yield item.toPlainText() if isinstance(item, Qw.QGraphicsTextItem) else item.text()

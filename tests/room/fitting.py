"""Finds what has no room: words that are cut, parts that lie over each other or reach out, and dialogs too large.

Qt's own classes are known here; what widgets paint themselves is looked at in `painted`.
"""

import re
from collections.abc import Callable, Iterator

from PySide6 import QtWidgets as Qw
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QLayout, QWidget

from curvegui.ui.widgets.scrolled import ScrolledComboBox
from tests.room.painted import faults_of_paint
from tests.room.untranslated import columns_of

CHINESE = r"\u2e80-\u9fff\uff00-\uffef"  # whose lines break between any two
WORD = re.compile(rf"[{CHINESE}]|[^\s{CHINESE}]+")
SLACK = 2  # px, of rounding, and of letters that lean
SMALL = QSize(800, 600)  # a screen
MOST_CHOSEN = 580  # px of a choice: wider ones may be cut, and are whole in their list
MOST_SHOWN = 60  # letters of a text in a report
ICON_ONLY = Qt.ToolButtonStyle.ToolButtonIconOnly
SHOWN, TIP = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole
TAGS = re.compile(r"</?[a-z][^<>]*>|&\w+;")


def faults(root: QWidget) -> list[str]:
    """What has no room in a window or a part of it, in words; each once."""
    if isinstance(root, Qw.QFileDialog):
        return []  # it is Qt's
    found = list(_of_window(root)) if root.isWindow() else []
    for part in (root, *root.findChildren(QWidget)):
        if part is root or _is_seen(part, root):
            found += [f"{_path(part, root)}: {each}" for each in _of_part(part, root)]
    return list(dict.fromkeys(found))


def _is_seen(part: QWidget, root: QWidget) -> bool:
    """Whether it can be seen, or can be scrolled to."""
    if not part.isVisibleTo(root) or part.width() <= 0 or part.height() <= 0:
        return False
    within: object = part
    while isinstance(within, QWidget) and within is not root:  # PySide may take it for an item that was there before
        if isinstance(within, Qw.QDockWidget | Qw.QMenu | Qw.QFileDialog) and within.visibleRegion().isEmpty():
            return False
        if within.isWindow() and within is not root:
            return False
        within = within.parentWidget()
    return True


def _path(part: QWidget, root: QWidget) -> str:
    names = []
    at: QWidget | None = part
    while at is not None and len(names) < 3:
        if at.objectName() or at is part:
            names.append(at.objectName() or type(at).__name__)
        at = at.parentWidget() if at is not root else None
    return " in ".join(names)


def _of_window(window: QWidget) -> Iterator[str]:
    room = window.screen().availableSize()
    if isinstance(window, Qw.QMainWindow) or window.windowType() == Qt.WindowType.Desktop:
        return
    if window.width() > room.width() or window.height() > room.height():
        yield f"{window.objectName()}: {_size(window.size())} on a screen of {_size(room)}"
    needed = window.minimumSizeHint()
    if isinstance(window, Qw.QDialog) and (needed.width() > SMALL.width() or needed.height() > SMALL.height()):
        yield f"{window.objectName()}: needs {_size(needed)} on a screen of {_size(SMALL)}"


def _of_part(part: QWidget, root: QWidget) -> Iterator[str]:
    yield from _texts(part)
    if part is not root and not part.isWindow():
        yield from _out_of_parent(part)
    if part.layout() is not None and not isinstance(part, Qw.QMainWindow):
        yield from _overlaps(part.layout())
    yield from faults_of_paint(part)


# Words


def _texts(part: QWidget) -> Iterator[str]:
    for kind, look in LOOKS.items():
        if isinstance(part, kind):
            yield from look(part)
            return


def _cut(needed: int, room: int, text: str, tip: str = "", what: str = "px in") -> Iterator[str]:
    """That a text needs more than there is, unless a tooltip says it."""
    if needed > room + SLACK and _plain(text) not in _plain(tip):
        yield f"{needed} {what} {room}: {_short(text)}"


def _smaller(part: QWidget, needed: QSize, text: str) -> Iterator[str]:
    """That a widget is smaller than its text."""
    yield from _cut(needed.width(), part.width(), text)
    yield from _cut(needed.height(), part.height() + SLACK, text, what="px high in")


def _label(label: QLabel) -> Iterator[str]:
    text = label.text()
    if not text or not label.pixmap().isNull() or _plain(text) in _plain(label.toolTip()):
        return
    if not label.wordWrap():
        yield from _smaller(label, label.sizeHint(), text)
        return
    width, room = label.width(), label.contentsRect().width()
    yield from _cut(label.heightForWidth(width), label.height(), text, what=f"px high at width {width} in")
    widest = max(map(label.fontMetrics().horizontalAdvance, WORD.findall(_plain(text))), default=0)
    yield from _cut(widest, room, text, what="px of a word in")


def _button(button: Qw.QAbstractButton) -> Iterator[str]:
    is_icon = isinstance(button, Qw.QToolButton) and button.toolButtonStyle() == ICON_ONLY
    if button.text() and not is_icon:
        needed = button.sizeHint()
        if button.hasHeightForWidth():  # its words wrap
            needed = QSize(button.minimumSizeHint().width(), button.heightForWidth(button.width()))
        yield from _smaller(button, needed, button.text())


def _combo(box: Qw.QComboBox) -> Iterator[str]:
    if isinstance(box, Qw.QFontComboBox):
        return  # whatever fonts there are
    option = Qw.QStyleOptionComboBox()
    box.initStyleOption(option)
    kind, part = Qw.QStyle.ComplexControl.CC_ComboBox, Qw.QStyle.SubControl.SC_ComboBoxEditField
    room = box.style().subControlRect(kind, option, part, box).width()
    shown = [box.currentIndex()] if isinstance(box, ScrolledComboBox) else range(box.count())  # whose list shows all
    for index in shown:
        icon = box.iconSize().width() + 4 if not box.itemIcon(index).isNull() else 0
        needed = box.fontMetrics().boundingRect(box.itemText(index)).width() + icon
        yield from _cut(min(needed, MOST_CHOSEN), room, box.itemText(index), box.toolTip())


def _tabs(bar: Qw.QTabBar) -> Iterator[str]:
    for index in range(bar.count()):
        needed = bar.fontMetrics().horizontalAdvance(bar.tabText(index).replace("&", ""))
        yield from _cut(needed, bar.tabRect(index).width() - SLACK, bar.tabText(index), bar.tabToolTip(index))


def _group(group: Qw.QGroupBox) -> Iterator[str]:
    needed = group.fontMetrics().horizontalAdvance(group.title()) if group.title() else 0
    yield from _cut(needed, group.width() - 10 - SLACK, group.title())


def _line(line: Qw.QLineEdit) -> Iterator[str]:
    if not line.text() or isinstance(line.parentWidget(), Qw.QAbstractSpinBox):  # else it is the person's
        text = line.text() or line.placeholderText()
        room = line.contentsRect().width() - line.textMargins().left() - line.textMargins().right() - 4
        yield from _cut(line.fontMetrics().horizontalAdvance(text), room, text, line.toolTip())


def _header(header: Qw.QHeaderView) -> Iterator[str]:
    model, way = header.model(), header.orientation()
    for index in range(header.count() if model is not None and way == Qt.Orientation.Horizontal else 0):
        if not header.isSectionHidden(index):
            text, tip = (str(model.headerData(index, way, role) or "") for role in (SHOWN, TIP))
            yield from _cut(header.sectionSizeHint(index), header.sectionSize(index), text, tip)


def _items(view: Qw.QAbstractItemView) -> Iterator[str]:
    model = view.model()
    if model is None or view.horizontalScrollBar().maximum() > 0:
        return
    if isinstance(view, Qw.QListView) and (view.wordWrap() or view.viewMode() == Qw.QListView.ViewMode.IconMode):
        return
    for row in range(model.rowCount(view.rootIndex())):
        for column in range(columns_of(model)):
            index = model.index(row, column, view.rootIndex())
            text, tip = (str(index.data(role) or "") for role in (SHOWN, TIP))
            room = min(view.visualRect(index).width(), view.viewport().width())
            if text and room > 0:
                yield from _cut(view.sizeHintForIndex(index).width(), room, text, tip)


LOOKS: dict[type[QWidget], Callable[..., Iterator[str]]] = {
    QLabel: _label, Qw.QAbstractButton: _button, Qw.QComboBox: _combo, Qw.QTabBar: _tabs, Qw.QGroupBox: _group,
    Qw.QLineEdit: _line, Qw.QHeaderView: _header, Qw.QAbstractItemView: _items,
}  # fmt: skip


# Places


def _out_of_parent(part: QWidget) -> Iterator[str]:
    parent, is_off = part.parentWidget(), Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    area = parent.parentWidget()
    if isinstance(area, Qw.QScrollArea):
        sideways, down = area.horizontalScrollBarPolicy() == is_off, area.verticalScrollBarPolicy() == is_off
        if sideways and part.width() > parent.width() + SLACK:
            yield f"{part.width()} px wide where {parent.width()} are seen, and nothing scrolls"
        if down and part.height() > parent.height() + SLACK:
            yield f"{part.height()} px high where {parent.height()} are seen, and nothing scrolls"
    elif not isinstance(parent, QAbstractScrollArea | Qw.QTabBar | Qw.QMainWindow) and not _is_viewport(parent, area):
        inner, outer = part.geometry(), parent.rect()
        out = max(
            outer.left() - inner.left(), inner.right() - outer.right(), outer.top() - inner.top(),
            inner.bottom() - outer.bottom(),
        )  # fmt: skip
        if out > SLACK:
            yield f"reaches {out} px out of {type(parent).__name__} {parent.objectName()}"


def _is_viewport(parent: QWidget, area: QWidget | None) -> bool:
    """Whether it is the part of something that scrolls in which one sees a piece."""
    return isinstance(area, QAbstractScrollArea) and area.viewport() is parent


def _overlaps(layout: QLayout) -> Iterator[str]:
    if not isinstance(layout, QLayout) or isinstance(layout.parent(), Qw.QStackedWidget):
        return
    # not by its items: PySide would take what comes later for one of them that has gone
    inner = [each for each in layout.children() if isinstance(each, QLayout)]
    seen = [*_widgets_of(layout), *(each for each in inner if not each.isEmpty())]
    for at, one in enumerate(seen):
        for other in seen[at + 1 :]:
            common = one.geometry() & other.geometry()
            if common.width() > SLACK and common.height() > SLACK and not _one_on_purpose(layout):
                yield f"{_item_name(one)} and {_item_name(other)} lie over each other by {_size(common.size())}"
    for each in inner:
        yield from _overlaps(each)


def _widgets_of(layout: QLayout) -> list[QWidget]:
    """The widgets in a layout itself, but for those that are hidden."""
    parent = layout.parentWidget()
    widgets = [each for each in parent.children() if isinstance(each, QWidget)] if parent is not None else []
    return [each for each in widgets if not each.isWindow() and not each.isHidden() and layout.indexOf(each) >= 0]


def _one_on_purpose(layout: QLayout) -> bool:
    """Whether one of its parts is shown over another one on purpose, as in a cell of a grid or a stack."""
    in_turn = Qw.QBoxLayout, Qw.QFormLayout, Qw.QGridLayout
    return not isinstance(layout, in_turn) and type(layout).__name__ != "FlowLayout"


def _item_name(part: QWidget | QLayout) -> str:
    if isinstance(part, QLayout):
        return "a row"
    text = getattr(part, "text", None)
    words = text() if callable(text) else ""
    return part.objectName() or (f"“{_short(str(words))}”" if words else type(part).__name__)


# Words for a report


def _plain(text: str) -> str:
    """A text without its marks, in one line."""
    return " ".join(TAGS.sub(" ", text).replace("&", "").split())


def _short(text: str) -> str:
    plain = _plain(text)
    return f"“{plain[:MOST_SHOWN]}{'…' if len(plain) > MOST_SHOWN else ''}”"


def _size(size: QSize) -> str:
    return f"{size.width()} × {size.height()}"

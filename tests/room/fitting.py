"""Finds what has no room: words that are cut, parts that lie over each other or reach out, and dialogs too large.

Qt's own classes are known here; what widgets paint themselves is looked at in `painted`.
"""

import re
from collections.abc import Callable, Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QBoxLayout,
    QComboBox,
    QDialog,
    QDockWidget,
    QFileDialog,
    QFontComboBox,
    QFormLayout,
    QGridLayout,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLayout,
    QLineEdit,
    QListView,
    QMainWindow,
    QMenu,
    QScrollArea,
    QStackedWidget,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QToolButton,
    QWidget,
)

from curvegui.ui.widgets.scrolled import ScrolledComboBox
from tests.room.painted import faults_of_paint
from tests.room.untranslated import columns_of

CHINESE = r"\u2e80-\u9fff\uff00-\uffef"  # whose lines break between any two
WORD = re.compile(rf"[{CHINESE}]|[^\s{CHINESE}]+")
SLACK = 2  # px, of rounding, and of letters that lean
SMALL = QSize(800, 600)  # a screen
MOST_CHOSEN = 580  # px of a choice: wider ones may be cut, and are whole in their list
MOST_SHOWN = 60  # letters of a text in a report
TAGS = re.compile(r"</?[a-z][^<>]*>|&\w+;")


def faults(root: QWidget) -> list[str]:
    """What has no room in a window or a part of it, in words; each once."""
    if isinstance(root, QFileDialog):
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
        if isinstance(within, QDockWidget | QMenu | QFileDialog) and within.visibleRegion().isEmpty():
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
    if isinstance(window, QMainWindow) or window.windowType() == Qt.WindowType.Desktop:
        return
    if window.width() > room.width() or window.height() > room.height():
        yield f"{window.objectName()}: {_size(window.size())} on a screen of {_size(room)}"
    needed = window.minimumSizeHint()
    if isinstance(window, QDialog) and (needed.width() > SMALL.width() or needed.height() > SMALL.height()):
        yield f"{window.objectName()}: needs {_size(needed)} on a screen of {_size(SMALL)}"


def _of_part(part: QWidget, root: QWidget) -> Iterator[str]:
    yield from _texts(part)
    if part is not root and not part.isWindow():
        yield from _out_of_parent(part)
    if part.layout() is not None and not isinstance(part, QMainWindow):
        yield from _overlaps(part.layout())
    yield from faults_of_paint(part)


# Words


def _texts(part: QWidget) -> Iterator[str]:
    for kind, look in LOOKS.items():
        if isinstance(part, kind):
            yield from look(part)
            return


def _label(label: QLabel) -> Iterator[str]:
    text = label.text()
    if not text or not label.pixmap().isNull() or _plain(text) in _plain(label.toolTip()):
        return
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if needed > label.height() + SLACK:
            yield f"{needed} px high in {label.height()} at width {label.width()}: {_short(text)}"
        widest = _widest_word(label)
        if widest > label.contentsRect().width() + SLACK:
            yield f"a word of {widest} px in {label.contentsRect().width()}: {_short(text)}"
    else:
        needed = label.sizeHint()
        if needed.width() > label.width() + SLACK:
            yield f"{needed.width()} px in {label.width()}: {_short(text)}"
        if needed.height() > label.height() + 2 * SLACK:
            yield f"{needed.height()} px high in {label.height()}: {_short(text)}"


def _widest_word(label: QLabel) -> int:
    metrics = label.fontMetrics()
    return max(map(metrics.horizontalAdvance, WORD.findall(_plain(label.text()))), default=0)


def _button(button: QAbstractButton) -> Iterator[str]:
    if not button.text() or (
        isinstance(button, QToolButton) and button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    ):
        return
    needed = button.sizeHint()
    if button.hasHeightForWidth():  # its words wrap
        needed = QSize(button.minimumSizeHint().width(), button.heightForWidth(button.width()))
    if needed.width() > button.width() + SLACK:
        yield f"{needed.width()} px in {button.width()}: {_short(button.text())}"
    if needed.height() > button.height() + 2 * SLACK:
        yield f"{needed.height()} px high in {button.height()}: {_short(button.text())}"


def _combo(box: QComboBox) -> Iterator[str]:
    if isinstance(box, QFontComboBox):
        return  # whatever fonts there are
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    kind, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    room = box.style().subControlRect(kind, option, part, box).width()
    shown = [box.currentIndex()] if isinstance(box, ScrolledComboBox) else range(box.count())  # whose list shows all
    for index in shown:
        icon = box.iconSize().width() + 4 if not box.itemIcon(index).isNull() else 0
        needed = box.fontMetrics().boundingRect(box.itemText(index)).width() + icon
        if min(needed, MOST_CHOSEN) > room + SLACK and box.itemText(index) not in _plain(box.toolTip()):
            yield f"{needed} px in {room}: {_short(box.itemText(index))}"
            return


def _tabs(bar: QTabBar) -> Iterator[str]:
    for index in range(bar.count()):
        needed = bar.fontMetrics().horizontalAdvance(bar.tabText(index).replace("&", ""))
        if needed > bar.tabRect(index).width() and _plain(bar.tabText(index)) not in _plain(bar.tabToolTip(index)):
            yield f"{needed} px in a tab of {bar.tabRect(index).width()}: {_short(bar.tabText(index))}"


def _group(group: QGroupBox) -> Iterator[str]:
    needed = group.fontMetrics().horizontalAdvance(group.title()) if group.title() else 0
    if needed > group.width() - 10:
        yield f"{needed} px in {group.width()}: {_short(group.title())}"


def _line(line: QLineEdit) -> Iterator[str]:
    text = line.text() or line.placeholderText()
    if line.text() and not isinstance(line.parentWidget(), QAbstractSpinBox):
        return  # it is the person's
    needed = line.fontMetrics().horizontalAdvance(text)
    room = line.contentsRect().width() - line.textMargins().left() - line.textMargins().right() - 4
    if needed > room + SLACK and _plain(text) not in _plain(line.toolTip()):
        yield f"{needed} px in {room}: {_short(text)}"


def _header(header: QHeaderView) -> Iterator[str]:
    model, sideways = header.model(), header.orientation() == Qt.Orientation.Horizontal
    for index in range(header.count() if model is not None and sideways else 0):
        text = str(model.headerData(index, header.orientation()) or "")
        tip = str(model.headerData(index, header.orientation(), Qt.ItemDataRole.ToolTipRole) or "")
        needed = header.sectionSizeHint(index)
        if not header.isSectionHidden(index) and needed > header.sectionSize(index) + SLACK and text not in tip:
            yield f"{needed} px in a column of {header.sectionSize(index)}: {_short(text)}"


def _items(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    if model is None or view.horizontalScrollBar().maximum() > 0 or isinstance(view, QHeaderView):
        return
    if isinstance(view, QListView) and (view.wordWrap() or view.viewMode() == QListView.ViewMode.IconMode):
        return
    for row in range(model.rowCount(view.rootIndex())):
        for column in range(columns_of(model)):
            index = model.index(row, column, view.rootIndex())
            text = str(index.data() or "")
            room = min(view.visualRect(index).width(), view.viewport().width())
            needed = view.sizeHintForIndex(index).width()
            if text and room > 0 and needed > room + SLACK and text not in str(index.data(Qt.ItemDataRole.ToolTipRole)):
                yield f"{needed} px in {room}: {_short(text)}"


def _menu(menu: QMenu) -> Iterator[str]:
    if menu.width() > menu.screen().availableSize().width():
        yield f"{menu.width()} px on a screen of {menu.screen().availableSize().width()}"
    yield from ()


LOOKS: dict[type[QWidget], Callable[..., Iterator[str]]] = {
    QLabel: _label, QAbstractButton: _button, QComboBox: _combo, QTabBar: _tabs, QGroupBox: _group, QLineEdit: _line,
    QHeaderView: _header, QAbstractItemView: _items, QMenu: _menu,
}  # fmt: skip


# Places


def _out_of_parent(part: QWidget) -> Iterator[str]:
    parent = part.parentWidget()
    if parent is None or _scrolls(parent) or isinstance(parent, QAbstractScrollArea | QTabBar | QMainWindow):
        if parent is None or not isinstance(parent.parentWidget(), QScrollArea):
            return
        area = parent.parentWidget()
        sideways = area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        down = area.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if sideways and part.width() > parent.width() + SLACK:
            yield f"{part.width()} px wide where {parent.width()} are seen, and nothing scrolls"
        if down and part.height() > parent.height() + SLACK:
            yield f"{part.height()} px high where {parent.height()} are seen, and nothing scrolls"
        return
    out = _beyond(part.geometry(), parent.rect())
    if out > SLACK:
        yield f"reaches {out} px out of {type(parent).__name__} {parent.objectName()}"


def _scrolls(parent: QWidget) -> bool:
    """Whether it is the part of something that scrolls in which one sees a piece."""
    area = parent.parentWidget()
    return isinstance(area, QAbstractScrollArea) and area.viewport() is parent


def _beyond(inner: QRect, outer: QRect) -> int:
    return max(
        outer.left() - inner.left(), inner.right() - outer.right(), outer.top() - inner.top(),
        inner.bottom() - outer.bottom(),
    )  # fmt: skip


def _overlaps(layout: QLayout) -> Iterator[str]:
    if not isinstance(layout, QLayout) or isinstance(layout.parent(), QStackedWidget):
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
    return not isinstance(layout, QBoxLayout | QFormLayout | QGridLayout) and type(layout).__name__ != "FlowLayout"


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

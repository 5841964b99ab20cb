"""The dialog that compares networks: pictures at the left, what is compared at the right, buttons below."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from curvegui.core.language.text import tr
from curvegui.ui.dialogs.question import Dialog
from curvegui.ui.look.layouts import button_row, filled, line_px, named, open_as_large_as, styled
from curvegui.ui.look.scale import BETWEEN_PX, GAP_PX
from curvegui.ui.widgets.scrolled import ActingComboBox, FocusPage, ScrollPage

LINES = 76, 46  # the window's width and height at first, in heights of a line of text
SIDE_LINES, NARROW_LINES = 22, 50  # the column's width; the window's, with the column below the pictures
ENDLESS_PX = 16_777_215


class Comparison(QWidget):
    """One kind of comparison: its pictures, its ``side`` for the column at the right, and its ``buttons``, the main one
    last; the keys go ``first`` to one of them. Its work goes on while another kind is seen, until it must `end`."""

    first: QWidget

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.side, self.buttons = QWidget(), QWidget()

    def _lay_out(
        self, form: QWidget, *parts: QWidget, at_left: Sequence[QPushButton] = (), at_end: Sequence[QPushButton]
    ) -> None:
        """Fill the column with a form, which scrolls if it must, and ``parts`` below it; and the row of buttons."""
        page = ScrollPage(form)
        page.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        filled(QVBoxLayout(self.side), page, *parts, 1, spacing=GAP_PX)
        close = named(QPushButton(tr("Close"), autoDefault=False), "networks.close")
        close.clicked.connect(self._close)
        self.buttons = button_row(*at_left, at_end=(close, *at_end))

    @Slot()
    def _close(self) -> None:
        self.window().close()

    def come(self) -> None:
        """Take the dialog's default button, and begin what begins by itself: the dialog shows this now."""

    def end(self) -> None:
        """Stop all work, as the dialog has been closed."""


class Sheet(FocusPage):
    """Pictures with a column beside them; in a narrow window below them, as high as it wants to be."""

    def __init__(self, pictures: QVBoxLayout, column: QWidget) -> None:
        super().__init__()
        self._column, self._page = column, QWidget()
        self._parts = filled(QHBoxLayout(self._page), (pictures, 1), column, spacing=GAP_PX)
        self.hold(self._page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.turn()

    def turn(self) -> None:
        wide, column, page = SIDE_LINES * line_px(self), self._column, self._page
        is_narrow = self.width() < NARROW_LINES * line_px(self)
        self._parts.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)
        column.setMinimumWidth(0 if is_narrow else wide)
        column.setMaximumWidth(ENDLESS_PX if is_narrow else wide)
        column.setMinimumHeight(column.sizeHint().height() if is_narrow else 0)
        least = page.minimumSizeHint().height()  # Qt would give the page the height that it wants to have
        page.setMaximumHeight(ENDLESS_PX if is_narrow else max(least, self.viewport().height()))


class ComparisonDialog(Dialog):
    """Shows one kind of comparison at a time. ``kinds`` are their words by their keys; ``made`` makes one when it is
    first chosen: with its own form, pictures and work, so that nothing is lost when another kind is looked at."""

    def __init__(
        self, kinds: Mapping[str, str], made: Callable[[str], Comparison], parent: QWidget | None = None
    ) -> None:
        super().__init__("networks", tr("Compare"), parent)
        self._made, self.comparisons = made, dict[str, Comparison]()
        self.kind = named(ActingComboBox(), "networks.kind", tr("Compare"))
        for key, words in kinds.items():
            self.kind.addItem(words, key)
        self.kind.setCurrentIndex(-1)
        label, column = styled(QLabel(tr("Co&mpare")), "heading"), QWidget()
        label.setBuddy(self.kind)
        self._left, self._side, self._row = QVBoxLayout(), QVBoxLayout(column), QVBoxLayout()
        filled(self._side, label, self.kind, spacing=BETWEEN_PX)
        self._sheet = Sheet(self._left, column)
        filled(QVBoxLayout(self), (self._sheet, 1), self._row, edges=(GAP_PX,) * 4, spacing=GAP_PX)
        open_as_large_as(self, LINES)
        self.kind.currentIndexChanged.connect(self._show_kind)
        self.finished.connect(self._end)

    @property
    def shown(self) -> Comparison:
        return self.comparisons[self.kind.currentData()]

    def show_kind(self, key: str, instead: Comparison | None = None) -> None:
        """Show a kind; another comparison of it may come ``instead`` of the present one."""
        if instead is not None:
            if (old := self.comparisons.pop(key, None)) is not None:
                old.end()
                for part in (old, old.side, old.buttons):
                    part.deleteLater()
            self._add(key, instead)
        self.kind.setCurrentIndex(max(self.kind.findData(key), 0))
        self._show_kind()
        self.shown.first.setFocus()

    def _add(self, key: str, comparison: Comparison) -> None:
        self.comparisons[key] = comparison
        for layout, part in ((self._left, comparison), (self._side, comparison.side), (self._row, comparison.buttons)):
            part.hide()
            layout.addWidget(part)

    @Slot()
    def _show_kind(self) -> None:
        key = self.kind.currentData()
        if key not in self.comparisons:
            self._add(key, self._made(key))
        for each in sorted(self.comparisons.values(), key=lambda one: one is self.shown):  # what goes, goes first
            for part in (each, each.side, each.buttons):
                part.setVisible(each is self.shown)
        self.setWindowTitle(f"{tr('Compare')}: {self.kind.currentText()}")
        self._sheet.turn()
        self.shown.come()

    @Slot()
    def _end(self) -> None:
        for each in self.comparisons.values():
            each.end()

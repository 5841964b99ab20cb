"""A line to type in, and below it what fits."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.ui.actions.services import Services
from curvegui.ui.dialogs.dialog import Dialog
from curvegui.ui.look.layouts import filled, open_as_large_as
from curvegui.ui.look.tips import named, styled
from curvegui.ui.palette.commands import PaletteEntry, offers

LINES = 34, 22  # the size, in heights of a line of text
ABOVE = 0.12  # of the window's height, over the palette
HINT = mark("Type what you want to do, or a setting with its value: “aggression 3”, “optimiser adam”, “curve star”.")
NOTHING = mark("Nothing fits. Try fewer words.")
MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class Palette(Dialog):
    """Offers what fits; Enter does the one that is marked."""

    def __init__(self, find: Callable[[str], list[PaletteEntry]], parent: QWidget) -> None:
        super().__init__(parent)
        self._find, self._offers = find, list[PaletteEntry]()
        self.setObjectName("palette")
        self.setWindowTitle(tr("Command palette"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.line = named(QLineEdit(placeholderText=tr("Command or setting")), "palette.line", tr("Command"))
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._offer)
        self.line.returnPressed.connect(self._do)
        self.list = styled(named(QListWidget(), "palette.list", tr("What fits")), "boxed")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(self._do)
        hint = styled(QLabel(tr(HINT), wordWrap=True), "muted")
        filled(QVBoxLayout(self), self.line, self.list, hint, edges=None)
        open_as_large_as(self, LINES)
        self.move(
            parent.mapToGlobal(parent.rect().topLeft()).x() + (parent.width() - self.width()) // 2,
            parent.mapToGlobal(parent.rect().topLeft()).y() + round(ABOVE * parent.height()),
        )
        self._offer("")

    @Slot(str)
    def _offer(self, typed: str) -> None:
        self._offers = self._find(typed)
        self.list.clear()
        for offer in self._offers:
            item = QListWidgetItem(f"{offer.words}    {offer.note}" if offer.note else offer.words)
            if offer.do is None:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
            self.list.addItem(item)
        if not self._offers:
            nothing = QListWidgetItem(tr(NOTHING))
            nothing.setFlags(nothing.flags() & ~Qt.ItemFlag.ItemIsEnabled)
            self.list.addItem(nothing)
        self._mark(next((row for row, offer in enumerate(self._offers) if offer.do), 0))

    def _mark(self, row: int) -> None:
        self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
        item = self.list.currentItem()
        self.line.setAccessibleDescription(item.text() if item is not None else tr(NOTHING))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move the mark while the line has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in MOVES:
            self._mark(self.list.currentRow() + MOVES[Qt.Key(event.key())])
            return True
        return False

    @Slot()
    def _do(self) -> None:
        """Close, and then do what is marked: it may open a dialog of its own."""
        row = self.list.currentRow()
        do = self._offers[row].do if 0 <= row < len(self._offers) else None
        if do is not None:
            self.accept()
            do()


class PaletteActions(QObject):
    """Connects the palette to the window."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services = services

    def open(self) -> None:
        """Let a person type what to do."""
        Palette(partial(offers, services=self._services), self._services.window).open()

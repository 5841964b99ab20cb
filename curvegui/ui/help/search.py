"""Searching the guide: all matches of some words are marked, and buttons lead from match to match."""

import re
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QTextEdit, QToolButton, QWidget

from curvegui.core.language.text import tr
from curvegui.ui.help.page import Page
from curvegui.ui.look.layouts import filled, named, styled, wrapped
from curvegui.ui.look.theme import current_theme

MOST_MARKS = 500  # matches that are marked; all matches are found
MARK_ALPHA = 70


def small_button(name: str, words: str, arrow: str, key: QKeySequence.StandardKey) -> QToolButton:
    button = styled(named(QToolButton(), name, words), "chip")
    button.setText(arrow)
    shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    button.setToolTip(wrapped(f"{words} ({shown})"))
    return button


class SearchBar(QWidget):
    """A field for the words to search for, the number of matches, and buttons for the match before and the next one."""

    begun = Signal()  # the page is about to scroll to a match

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._hits, self._now, self._words = page, list[int](), 0, ""
        self._line = named(QLineEdit(placeholderText=tr("Search the guide")), "guide.search", tr("Search the guide"))
        self._count = styled(named(QLabel(), "guide.count"), "muted")
        keys = QKeySequence.StandardKey
        before = small_button("guide.before", tr("Previous"), "↑", keys.FindPrevious)
        after = small_button("guide.after", tr("Next"), "↓", keys.FindNext)
        self._line.setClearButtonEnabled(True)
        filled(QHBoxLayout(self), (self._line, 1), self._count, before, after)
        self._line.textChanged.connect(self._search)
        self._line.returnPressed.connect(self._enter)
        before.clicked.connect(partial(self._step, -1))
        after.clicked.connect(partial(self._step, 1))
        for key, call in ((keys.Find, self._begin), (keys.FindNext, after.click), (keys.FindPrevious, before.click)):
            QShortcut(key, self).activated.connect(call)

    @Slot()
    def _begin(self) -> None:
        self._line.setFocus()
        self._line.selectAll()

    @Slot(str)
    def _search(self, words: str) -> None:
        if words.strip() and not self._words:
            self.begun.emit()
        self._words = words.strip()
        text = self._page.document().toPlainText()
        self._hits = [each.start() for each in re.finditer(re.escape(self._words), text, re.IGNORECASE) if self._words]
        here = self._page.textCursor().selectionStart()
        self._now = next((index for index, hit in enumerate(self._hits) if hit >= here), 0)
        colour, marks = QColor(current_theme().second), []
        colour.setAlpha(MARK_ALPHA)
        for hit in self._hits[:MOST_MARKS]:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = self._at(hit)
            mark.format.setBackground(colour)
            marks.append(mark)
        self._page.setExtraSelections(marks)
        self._show()

    def _at(self, hit: int) -> QTextCursor:
        cursor = QTextCursor(self._page.document())
        cursor.setPosition(hit)
        cursor.setPosition(hit + len(self._words), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _show(self) -> None:
        found = (
            tr("{number:,} of {count:,}", number=self._now + 1, count=len(self._hits))
            if self._hits
            else tr("Not found")
        )
        self._count.setText(found if self._words else "")
        self._line.setAccessibleDescription(self._count.text())
        if self._hits:
            self._page.setTextCursor(self._at(self._hits[self._now]))
            self._page.ensureCursorVisible()

    @Slot()
    def _enter(self) -> None:
        """Go to the next match; if Shift is held with Enter, to the match before."""
        is_back = QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
        self._step(-1 if is_back else 1)

    def _step(self, step: int) -> None:
        if self._hits:
            self._now = (self._now + step) % len(self._hits)
            self._show()

"""The user's guide in a window of its own, with a list of its chapters, a search, and buttons Back and Forward."""

from bisect import bisect_right
from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QKeySequence, QResizeEvent, QShortcut, QShowEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QToolButton, QVBoxLayout, QWidget

from curvegui.core.language.text import is_right_to_left, mark, tr
from curvegui.files.disk.resources import resource
from curvegui.ui.actions.feature import ActionRecord
from curvegui.ui.dialogs.question import Dialog
from curvegui.ui.help.keys import MODEL, anchor_here, guide_text
from curvegui.ui.help.page import Page
from curvegui.ui.help.search import SearchBar, small_button
from curvegui.ui.look.layouts import filled, named, open_as_large_as

TITLE = mark("User's guide")
LINES = 62, 40  # the window's width and height at first, in heights of a line of text
MOST_FOR_CHAPTERS = 4  # the list of chapters has at most this part of the window's width: a quarter


class Guide(Dialog):
    """Shows the guide, with the keys of some actions; the window behind it stays alive. It opens at ``anchor``, or if
    the guide has no such heading, at its start; see `Page.position_of`."""

    def __init__(self, records: Iterable[ActionRecord], anchor: str = "", parent: QWidget | None = None) -> None:
        super().__init__("guide", tr(TITLE), parent)
        self._text = named(Page(), "guide.text", tr(TITLE))
        self._chapters = named(QListWidget(), "guide.chapters", tr("Chapters"))
        self._text.setOpenLinks(False)
        self._text.setSearchPaths([str(resource("guide.md").parent)])  # for its pictures
        self._text.show_markdown(guide_text(records))
        self._headings = self._text.chapters
        self._chapters.setSpacing(self.fontMetrics().height() // 5)
        self._chapters.addItems([block.text() for block in self._headings])
        self._chapters.setWordWrap(True)
        self._chapters.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._visited, self._now, self._scrolled = [QTextCursor(self._headings[0])], 0, 0
        self._search = SearchBar(self._text)
        arrows = "→←" if is_right_to_left() else "←→"
        self._back = self._button("back", tr("Back"), arrows[0], QKeySequence.StandardKey.Back)
        self._forward = self._button("forward", tr("Forward"), arrows[1], QKeySequence.StandardKey.Forward)
        top = filled(QHBoxLayout(), self._back, self._forward, (self._search, 1))
        row = filled(QHBoxLayout(), self._chapters, (self._text, 1))
        filled(QVBoxLayout(self), top, (row, 1), edges=None)
        self._text.setFocus()
        open_as_large_as(self, LINES)
        self._fit_chapters()
        self._resized = QTimer(self, singleShot=True)
        self._resized.timeout.connect(self._go_on)
        self._chapters.currentRowChanged.connect(self._go_to)
        self._text.anchorClicked.connect(self._follow)
        self._back.clicked.connect(partial(self._step, -1))
        self._forward.clicked.connect(partial(self._step, 1))
        self._search.begun.connect(self._remember)
        self._visited = [self._position_of(anchor) or self._visited[0]]
        self._go_on()

    def _button(self, id_: str, name: str, arrow: str, key: QKeySequence.StandardKey) -> QToolButton:
        button = small_button(f"guide.{id_}", name, arrow, key)
        for each in QKeySequence.keyBindings(key):
            QShortcut(each, self).activated.connect(button.click)
        return button

    def _fit_chapters(self) -> None:
        wanted = self._chapters.sizeHintForColumn(0) + 2 * self.fontMetrics().height()
        self._chapters.setFixedWidth(min(wanted, self.width() // MOST_FOR_CHAPTERS))

    def show_anchor(self, anchor: str) -> None:
        self._visit(self._position_of(anchor) or QTextCursor(self._headings[0]))

    def _position_of(self, anchor: str) -> QTextCursor | None:
        """The position of an anchor: a heading of the English guide, after a slash perhaps with words below it."""
        return self._text.position_of(anchor_here(anchor))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._go_on()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay at the present heading: in another width, its lines are elsewhere as soon as the text is laid out."""
        super().resizeEvent(event)
        self._fit_chapters()
        self._resized.start()

    # Positions in the page

    @Slot(int)
    def _go_to(self, row: int) -> None:
        self._visit(QTextCursor(self._headings[row]))

    @Slot(QUrl)
    def _follow(self, link: QUrl) -> None:
        position = (
            self._position_of(MODEL) if link.path() == "model.md" else self._text.position_of_link(link.fragment())
        )
        if position is not None and link.isRelative():
            self._visit(position)
        elif not link.isRelative():
            QDesktopServices.openUrl(link)

    def _visit(self, position: QTextCursor) -> None:
        self._remember()
        self._visited[self._now] = position
        self._go_on()

    @Slot()
    def _remember(self) -> None:
        """Note the position that is visible, so that Back returns to it."""
        self._note()
        self._visited[self._now + 1 :] = [self._visited[self._now]]
        self._now += 1

    def _note(self) -> None:
        """If a person has scrolled, note the paragraph at the top as the present position."""
        if self._text.verticalScrollBar().value() == self._scrolled:
            return
        top = self._text.cursorForPosition(QPoint(0, self.fontMetrics().height() + 2))
        self._visited[self._now] = QTextCursor(top.block())

    def _step(self, step: int) -> None:
        if 0 <= self._now + step < len(self._visited):
            self._note()
            self._now += step
            self._go_on()

    @Slot()
    def _go_on(self) -> None:
        """Scroll the present position to the top; for the first chapter, show the guide's title above it."""
        cursor = self._visited[self._now]
        self._text.moveCursor(QTextCursor.MoveOperation.End)
        self._text.setTextCursor(QTextCursor(cursor.block()))
        bar = self._text.verticalScrollBar()
        above = self._text.cursorRect().top() - self.fontMetrics().height()
        bar.setValue(bar.value() + above if cursor.block().position() > self._headings[0].position() else 0)
        self._scrolled = bar.value()
        if cursor.hasSelection():
            self._text.setTextCursor(cursor)
        chapter = bisect_right([block.position() for block in self._headings], cursor.position()) - 1
        with QSignalBlocker(self._chapters):
            self._chapters.setCurrentRow(max(chapter, 0))
        self._back.setEnabled(self._now > 0)
        self._forward.setEnabled(self._now < len(self._visited) - 1)

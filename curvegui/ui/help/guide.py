"""The user's guide in a window of its own, its chapters beside it, with a table of all keys."""

import re
from bisect import bisect_right
from collections.abc import Iterable

from PySide6.QtCore import Qt, QTimer, QUrl, Slot
from PySide6.QtGui import (
    QImage,
    QKeySequence,
    QResizeEvent,
    QShowEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFragment,
    QTextImageFormat,
    QTextOption,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QTextBrowser, QWidget

from curvegui.files.disk.resources import resource
from curvegui.ui.actions.actions import sequences
from curvegui.ui.actions.feature import ActionRecord
from curvegui.ui.look.layouts import open_as_large_as

TITLE = "User's guide"
KEYS = "Keyboard shortcuts"
LINES = 62, 40  # the window's width and height at first, in heights of a line of text
MOST_FOR_CHAPTERS = 4  # of the window's width they take a quarter at most, and wrap there
CHAPTER_LEVEL, SECTION_LEVEL = 2, 3
MOST_KEYS = 2  # of one action, in the table
ODD_KEYS = re.compile(r"F(1[3-9]|[23]\d)|Ins|New|Open|Save|Exit|Undo|Redo|Copy|Paste|Zoom.*")
NATIVE, PORTABLE = QKeySequence.SequenceFormat.NativeText, QKeySequence.SequenceFormat.PortableText


class Guide(QDialog):
    """Shows the guide, with the keys of some actions; the run goes on beside it.

    It opens at ``chapter``, the heading of a chapter or of a section; where there is none of that name, at its start.
    """

    def __init__(self, records: Iterable[ActionRecord], chapter: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guide")
        self.setWindowTitle(TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._text, self._chapters = _Page(), QListWidget()
        self._text.setObjectName("guide.text")
        self._text.setAccessibleName(TITLE)
        self._text.setOpenExternalLinks(True)
        self._text.setSearchPaths([str(resource("guide.md").parent)])  # for its pictures
        self._text.show_markdown(guide_text(records))
        blocks = _blocks(self._text.document())
        self._headings = [block for block in blocks if _level(block) == CHAPTER_LEVEL]
        self._chapters.setObjectName("guide.chapters")
        self._chapters.setAccessibleName("Chapters")
        self._chapters.setSpacing(self.fontMetrics().height() // 5)
        self._chapters.addItems([block.text() for block in self._headings])
        self._chapters.setWordWrap(True)
        self._chapters.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._place = self._headings[0]
        row = QHBoxLayout(self)
        row.addWidget(self._chapters)
        row.addWidget(self._text, 1)
        open_as_large_as(self, LINES)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.timeout.connect(self._go_on)
        self._place = next((each for each in blocks if _is_heading(each) and each.text() == chapter), self._place)
        places = [block.position() for block in self._headings]
        self._chapters.setCurrentRow(bisect_right(places, self._place.position()) - 1)
        self._chapters.currentRowChanged.connect(self._go_to)
        self._go_on()

    def showEvent(self, event: QShowEvent) -> None:
        """Only now is it known where the lines are."""
        super().showEvent(event)
        self._go_on()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay at the heading: its lines are elsewhere in another width, as soon as they have been laid out."""
        super().resizeEvent(event)
        wanted = self._chapters.sizeHintForColumn(0) + 2 * self.fontMetrics().height()
        self._chapters.setFixedWidth(min(wanted, self.width() // MOST_FOR_CHAPTERS))
        self._settling.start()

    @Slot(int)
    def _go_to(self, row: int) -> None:
        self._place = self._headings[row]
        self._go_on()

    @Slot()
    def _go_on(self) -> None:
        """Put the heading at the top; the first one has the guide's title above it."""
        self._text.moveCursor(QTextCursor.MoveOperation.End)
        self._text.setTextCursor(QTextCursor(self._place))
        bar = self._text.verticalScrollBar()
        above = self._text.cursorRect().top() - self.fontMetrics().height()
        bar.setValue(bar.value() + above if self._place != self._headings[0] else 0)


class _Page(QTextBrowser):
    """A text that is never wider than what shows it: pictures shrink, and everything else is wrapped."""

    def __init__(self) -> None:
        super().__init__()
        self._pictures: list[tuple[int, int]] = []  # where each is, and how wide it would like to be
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_markdown(self, text: str) -> None:
        """Show another text."""
        document = self.document()
        document.setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        document.setDocumentMargin(self.fontMetrics().height())
        for block in _blocks(document):
            if block.blockFormat().nonBreakableLines():  # as those of code are
                breakable = block.blockFormat()
                breakable.setNonBreakableLines(False)
                QTextCursor(block).setBlockFormat(breakable)
        self._pictures = [
            (fragment.position(), self._width_of(fragment.charFormat().toImageFormat()))
            for fragment in _fragments(document)
            if fragment.charFormat().isImageFormat()
        ]
        self._fit()

    def _width_of(self, picture: QTextImageFormat) -> int:
        kind = QTextDocument.ResourceType.ImageResource
        return QImage.fromData(self.loadResource(kind, QUrl(picture.name()))).width()

    def _fit(self) -> None:
        """Let no picture be wider than the page."""
        room = self.viewport().width() - 2 * round(self.document().documentMargin())
        is_other = False
        for place, width in self._pictures:
            cursor = QTextCursor(self.document())
            cursor.setPosition(place)
            cursor.setPosition(place + 1, QTextCursor.MoveMode.KeepAnchor)
            fitting, own = cursor.charFormat().toImageFormat(), min(width, room - self._indent(cursor))
            if fitting.width() != own:
                fitting.setWidth(own)
                cursor.setCharFormat(fitting)
                is_other = True
        if is_other:  # Qt has laid a part out already, and would forget to lay out the rest
            self.document().markContentsDirty(0, self.document().characterCount())

    def _indent(self, cursor: QTextCursor) -> int:
        """How far to the right its block begins, as in a list, px."""
        deep = cursor.blockFormat().indent()
        if (around := cursor.currentList()) is not None:
            deep += around.format().indent()
        return round(deep * self.document().indentWidth())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pictures in."""
        super().resizeEvent(event)
        self._fit()


def guide_text(records: Iterable[ActionRecord]) -> str:
    """The guide in Markdown, with the keys as its last chapter."""
    return f"{resource('guide.md').read_text(encoding='utf-8')}\n\n## {KEYS}\n\n{keys_table(records)}\n"


def keys_table(records: Iterable[ActionRecord]) -> str:
    """Every action that has keys, as a table in Markdown."""
    rows = [f"| {_keys_of(record)} | {record.tip} |" for record in records if record.keys]
    return "\n".join(["| keys | what they do |", "|---|---|", *rows])


def _keys_of(record: ActionRecord) -> str:
    """The plainest two: a system may know a dozen, some on keyboards that nobody has any more."""
    found = [each for key in record.keys for each in sequences(key)]
    plain = [each for each in found if not _is_odd(each)] or found[:1]
    shown = dict.fromkeys(each.toString(NATIVE) for each in sorted(plain, key=_keys_at_once))
    return " or ".join(key.replace("|", "\\|") for key in list(shown)[:MOST_KEYS])


def _is_odd(sequence: QKeySequence) -> bool:
    """Whether it needs a key that has the action's own name, as Copy, or one of F13 to F35, or Ins."""
    return ODD_KEYS.fullmatch(sequence.toString(PORTABLE).split("+")[-1]) is not None


def _keys_at_once(sequence: QKeySequence) -> int:
    return sequence.toString(PORTABLE).rstrip("+").count("+")


def _blocks(document: QTextDocument) -> list[QTextBlock]:
    blocks, block = [], document.begin()
    while block.isValid():
        blocks.append(block)
        block = block.next()
    return blocks


def _fragments(document: QTextDocument) -> list[QTextFragment]:
    """What has a format of its own each: words, and pictures."""
    found = []
    for block in _blocks(document):
        place = block.begin()
        while not place.atEnd():
            found.append(place.fragment())
            place += 1
    return found


def _is_heading(block: QTextBlock) -> bool:
    return _level(block) in (CHAPTER_LEVEL, SECTION_LEVEL)


def _level(block: QTextBlock) -> int:
    return block.blockFormat().headingLevel()

"""The user's guide in a window of its own, its chapters beside it, with a table of all keys."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShowEvent, QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QTextBrowser, QWidget

from curvegui.files.resources import resource
from curvegui.ui.actions import ACTIONS, ActionRecord, sequences

TITLE = "User's guide"
KEYS = "Keys"
LINES = 62, 40  # the window's width and height at first, in heights of a line of text
CHAPTER_LEVEL = 2
NATIVE = QKeySequence.SequenceFormat.NativeText


class Guide(QDialog):
    """Shows the guide; the run goes on beside it.

    Parameters
    ----------
    chapter : str
        Where to open it; at the beginning where there is none of that name.
    parent : QWidget, optional
    """

    def __init__(self, chapter: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guide")
        self.setWindowTitle(TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._text, self._chapters = QTextBrowser(), QListWidget()
        self._text.setObjectName("guide.text")
        self._text.setAccessibleName(TITLE)
        self._text.setOpenExternalLinks(True)
        self._text.document().setMarkdown(guide_text(), QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        self._text.document().setDocumentMargin(self.fontMetrics().height())
        self._headings = [block for block in _blocks(self._text.document()) if _is_chapter(block)]
        self._chapters.setObjectName("guide.chapters")
        self._chapters.setAccessibleName("Chapters")
        self._chapters.setSpacing(self.fontMetrics().height() // 5)
        self._chapters.addItems([block.text() for block in self._headings])
        self._chapters.setFixedWidth(self._chapters.sizeHintForColumn(0) + 2 * self.fontMetrics().height())
        self._chapters.currentRowChanged.connect(self._go_to)
        row = QHBoxLayout(self)
        row.addWidget(self._chapters)
        row.addWidget(self._text, 1)
        width, height = (lines * self.fontMetrics().height() for lines in LINES)
        room = self.screen().availableSize()
        self.resize(min(width, room.width() - 40), min(height, room.height() - 80))
        names = [block.text() for block in self._headings]
        self._chapters.setCurrentRow(names.index(chapter) if chapter in names else 0)

    def showEvent(self, event: QShowEvent) -> None:
        """Only now is it known where the lines are."""
        super().showEvent(event)
        self._go_to(self._chapters.currentRow())

    @Slot(int)
    def _go_to(self, row: int) -> None:
        """Put a chapter's heading at the top."""
        self._text.moveCursor(QTextCursor.MoveOperation.End)
        self._text.setTextCursor(QTextCursor(self._headings[row]))
        bar = self._text.verticalScrollBar()
        bar.setValue(bar.value() + self._text.cursorRect().top() - self.fontMetrics().height())


def guide_text() -> str:
    """The guide in Markdown, with the keys as its last chapter."""
    return f"{resource('guide.md').read_text(encoding='utf-8')}\n\n## {KEYS}\n\n{keys_table()}\n"


def keys_table() -> str:
    """Every action that has keys, as a table in Markdown."""
    rows = [f"| {_keys_of(record)} | {record.tip} |" for record in ACTIONS if record.keys]
    return "\n".join(["| keys | what they do |", "|---|---|", *rows])


def _keys_of(record: ActionRecord) -> str:
    keys = dict.fromkeys(each.toString(NATIVE) for key in record.keys for each in sequences(key))
    return " or ".join(key.replace("|", "\\|") for key in keys)


def _blocks(document: QTextDocument) -> list[QTextBlock]:
    blocks, block = [], document.begin()
    while block.isValid():
        blocks.append(block)
        block = block.next()
    return blocks


def _is_chapter(block: QTextBlock) -> bool:
    return block.blockFormat().headingLevel() == CHAPTER_LEVEL

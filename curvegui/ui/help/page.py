"""The guide's page: a text that fits its width, and knows where everything is in it."""

import re
import sys
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt, QUrl, Slot
from PySide6.QtGui import (
    QImageReader,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFragment,
    QTextImageFormat,
    QTextOption,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from curvegui.core.language.text import english
from curvegui.core.settings.config import SETTINGS
from curvegui.core.settings.setting import Setting
from curvegui.ui.actions.feature import Feature
from curvegui.ui.widgets.steps import Steps

CHAPTER_LEVEL, SECTION_LEVEL = 2, 3


class Page(QTextBrowser):
    """A text that is never wider than what shows it: pictures shrink, and everything else is wrapped."""

    def __init__(self) -> None:
        super().__init__()
        self._pictures: list[tuple[int, int]] = []  # where each is, and how wide it would like to be
        self._fitted, self._steps = QSize(), Steps(self, self._follow_size)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_markdown(self, text: str) -> None:
        """Show another text."""
        document = self.document()
        document.setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        document.setDocumentMargin(self.fontMetrics().height())
        for block in blocks(document):
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the pictures follow."""
        super().resizeEvent(event)
        self._follow_size()

    @Slot()
    def _follow_size(self) -> None:
        """Fit them in once more at another width; a few times a second, while an edge is dragged."""
        size = self.viewport().size()
        if size.width() != self._fitted.width() and not self._steps.can_wait(self._fitted, size):
            self._steps.start()
            self._fit()

    def _width_of(self, picture: QTextImageFormat) -> int:
        kind = QTextDocument.ResourceType.ImageResource
        buffer = QBuffer()
        buffer.setData(QByteArray(self.loadResource(kind, QUrl(picture.name()))))
        return QImageReader(buffer).size().width()  # which need not read all of it

    def _fit(self) -> None:
        """Let no picture be wider than the page."""
        self._fitted = self.viewport().size()
        room = self._fitted.width() - 2 * round(self.document().documentMargin())
        cursor, is_other = QTextCursor(self.document()), False
        cursor.beginEditBlock()  # one layout for all of them
        for place, width in self._pictures:
            cursor.setPosition(place)
            cursor.setPosition(place + 1, QTextCursor.MoveMode.KeepAnchor)
            fitting, own = cursor.charFormat().toImageFormat(), min(width, room - self._indent(cursor))
            if fitting.width() != own:
                fitting.setWidth(own)
                cursor.setCharFormat(fitting)
                is_other = True
        if is_other:  # Qt has laid a part out already, and would forget to lay out the rest
            self.document().markContentsDirty(0, self.document().characterCount())
        cursor.endEditBlock()

    def _indent(self, cursor: QTextCursor) -> int:
        """How far to the right its block begins, as in a list, px."""
        deep = cursor.blockFormat().indent()
        if (around := cursor.currentList()) is not None:
            deep += around.format().indent()
        return round(deep * self.document().indentWidth())

    # Places

    @property
    def chapters(self) -> list[QTextBlock]:
        """The headings of its chapters."""
        return [block for block in blocks(self.document()) if level(block) == CHAPTER_LEVEL]

    def place_of(self, anchor: str) -> QTextCursor | None:
        """The heading of a chapter or section, or after a slash, words of it that begin a paragraph or a table's row.

        The heading where there are no such words; None for no such heading.
        """
        heading, _, words = anchor.partition("/")
        start = next(
            (block for block in blocks(self.document()) if is_heading(block) and block.text() == heading), None
        )
        if start is None:
            return None
        place = QTextCursor(start)
        flags = QTextDocument.FindFlag.FindCaseSensitively | QTextDocument.FindFlag.FindWholeWords
        found = self.document().find(words, place, flags) if words else QTextCursor()
        while not found.isNull() and not _leads(found):
            found = self.document().find(words, found, flags)
        return place if found.isNull() else found

    def place_of_link(self, fragment: str) -> QTextCursor | None:
        """The heading that a link within the text means: "#the-network"."""
        headings = (block for block in blocks(self.document()) if is_heading(block))
        found = next((block for block in headings if _slug(block.text()) == fragment), None)
        return None if found is None else QTextCursor(found)


def _leads(found: QTextCursor) -> bool:
    """Whether these words begin what they stand in: a paragraph, or a row of a table."""
    table = found.currentTable()
    if table is not None:
        return table.cellAt(found).column() == 0
    return found.selectionStart() == found.block().position()


def _slug(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def blocks(document: QTextDocument) -> list[QTextBlock]:
    """All paragraphs, headings and cells."""
    found, block = [], document.begin()
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


def _fragments(document: QTextDocument) -> list[QTextFragment]:
    """What has a format of its own each: words, and pictures."""
    found = []
    for block in blocks(document):
        place = block.begin()
        while not place.atEnd():
            found.append(place.fragment())
            place += 1
    return found


def is_heading(block: QTextBlock) -> bool:
    """Whether it is the heading of a chapter or a section."""
    return level(block) in (CHAPTER_LEVEL, SECTION_LEVEL)


def level(block: QTextBlock) -> int:
    """Of a heading; 0 for any other text."""
    return block.blockFormat().headingLevel()


DEPTH = 3  # of a folder's package: curvegui.ui.wall


def anchor_of_setting(setting: Setting) -> str:
    """The place of a setting in the guide, as the English one has it."""
    return f"Settings/{english(setting, 'label')}"


def anchor_of(widget: QWidget | None, table: Sequence[Feature]) -> str:
    """The place that explains a widget, or the nearest one around it that has a place; empty if there is none."""
    docks = {f"dock.{dock.name}": dock.panel or feature.made for feature in table for dock in feature.docks}
    around = list(_around(widget))
    for each in around:
        setting = getattr(each, "setting", None)
        if isinstance(setting, Setting) and setting in SETTINGS.values():
            return anchor_of_setting(setting)
        module = docks.get(each.objectName(), type(each).__module__)
        said = [getattr(other, "guide", "") for other in around if _folder(type(other).__module__) == _folder(module)]
        if found := next(filter(None, said), "") or getattr(sys.modules.get(_folder(module)), "GUIDE", ""):
            return str(found)
    return ""


def _around(widget: QWidget | None) -> Iterator[QWidget]:
    while widget is not None:
        yield widget
        widget = widget.parentWidget()


def _folder(module: str) -> str:
    return ".".join(module.split(".")[:DEPTH])

"""The guide's page: a text that fits its width, and knows where everything is in it."""

import re
import sys
from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextOption,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from curvegui.core.language.text import english
from curvegui.core.settings.config import SETTINGS
from curvegui.core.settings.setting import Setting
from curvegui.ui.actions.feature import Feature

CHAPTER_LEVEL, SECTION_LEVEL = 2, 3
PICTURE_IN_LIST_PERCENT = 80


class Page(QTextBrowser):
    """A text that is never wider than what shows it: pictures shrink, and everything else is wrapped."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_markdown(self, text: str) -> None:
        document, cursor = self.document(), QTextCursor(self.document())
        document.setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        document.setDocumentMargin(self.fontMetrics().height())
        for block in blocks(document):
            if block.blockFormat().nonBreakableLines():  # as those of code are
                breakable = block.blockFormat()
                breakable.setNonBreakableLines(False)
                QTextCursor(block).setBlockFormat(breakable)
            each = block.begin()
            while not each.atEnd():
                part = each.fragment()
                each += 1
                if part.charFormat().isImageFormat():
                    picture = part.charFormat().toImageFormat()
                    most = PICTURE_IN_LIST_PERCENT if block.textList() else 100  # of the page, without the indent
                    picture.setMaximumWidth(QTextLength(QTextLength.Type.PercentageLength, most))
                    cursor.setPosition(part.position())
                    cursor.setPosition(part.position() + part.length(), QTextCursor.MoveMode.KeepAnchor)
                    cursor.setCharFormat(picture)

    # Places

    @property
    def chapters(self) -> list[QTextBlock]:
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
    found, block = [], document.begin()
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


def is_heading(block: QTextBlock) -> bool:
    return level(block) in (CHAPTER_LEVEL, SECTION_LEVEL)


def level(block: QTextBlock) -> int:
    """Of a heading; 0 for any other text."""
    return block.blockFormat().headingLevel()


DEPTH = 3  # of a folder's package: curvegui.ui.wall


def anchor_of_setting(setting: Setting) -> str:
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

"""The page that shows the guide: a text that fits its width, and finds the headings that anchors and links name."""

import re
import sys
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument, QTextLength, QTextOption
from PySide6.QtWidgets import QTextBrowser, QWidget

from curvegui.core.language.text import english
from curvegui.core.settings.config import SETTINGS
from curvegui.core.settings.setting import Setting
from curvegui.ui.actions.feature import Feature

CHAPTER_LEVEL, SECTION_LEVEL = 2, 3
PICTURE_IN_LIST_PERCENT = 80


class Page(QTextBrowser):
    """A text that is never wider than its window: pictures shrink, and lines of code are wrapped too."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.chapters: list[QTextBlock] = []  # their headings
        self._headings: list[QTextBlock] = []  # of chapters and sections

    def show_markdown(self, text: str) -> None:
        document, cursor = self.document(), QTextCursor(self.document())
        document.setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        document.setDocumentMargin(self.fontMetrics().height())
        block = document.begin()
        while block.isValid():
            breakable, level = block.blockFormat(), block.blockFormat().headingLevel()
            self.chapters += [block] * (level == CHAPTER_LEVEL)
            self._headings += [block] * (level in (CHAPTER_LEVEL, SECTION_LEVEL))
            if breakable.nonBreakableLines():  # lines of code
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
            block = block.next()

    def position_of(self, anchor: str) -> QTextCursor | None:
        """The position of an anchor: of the heading of a chapter or section, or of the words after a slash if a
        paragraph or a table's row below the heading begins with them. None if there is no such heading."""
        heading, _, words = anchor.partition("/")
        start = next((QTextCursor(block) for block in self._headings if block.text() == heading), None)
        if start is None or not words:
            return start
        flags = QTextDocument.FindFlag.FindCaseSensitively | QTextDocument.FindFlag.FindWholeWords
        found = self.document().find(words, start, flags)
        while not found.isNull():
            table = found.currentTable()
            if table.cellAt(found).column() == 0 if table else found.selectionStart() == found.block().position():
                return found
            found = self.document().find(words, found, flags)
        return start

    def position_of_link(self, fragment: str) -> QTextCursor | None:
        """The heading that a link within the text leads to, such as "#the-network", or None."""
        slugs = (re.sub(r"[^\w -]", "", block.text().lower()).replace(" ", "-") for block in self._headings)
        found = (QTextCursor(block) for block, slug in zip(self._headings, slugs, strict=True) if slug == fragment)
        return next(found, None)


DEPTH = 3  # of a folder's package: curvegui.ui.compare


def anchor_of_setting(setting: Setting) -> str:
    return f"Settings/{english(setting, 'label')}"


def anchor_of(widget: QWidget | None, table: Sequence[Feature]) -> str:
    """The guide's anchor for a widget, or for the nearest widget around it that has an anchor; empty if none has."""
    docks = {f"dock.{dock.name}": dock.panel or feature.made for feature in table for dock in feature.docks}
    around = []
    while widget is not None:
        around.append(widget)
        widget = widget.parentWidget()
    for each in around:
        setting = getattr(each, "setting", None)
        if isinstance(setting, Setting) and setting in SETTINGS.values():
            return anchor_of_setting(setting)
        module = docks.get(each.objectName(), type(each).__module__)
        said = [getattr(other, "guide", "") for other in around if _folder(type(other).__module__) == _folder(module)]
        if found := next(filter(None, said), "") or getattr(sys.modules.get(_folder(module)), "GUIDE", ""):
            return str(found)
    return ""


def _folder(module: str) -> str:
    return ".".join(module.split(".")[:DEPTH])

"""What was predicted in a lesson beside what happened: a list to look at and to copy."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from curvegui.core.language.text import tr
from curvegui.files.lesson.predictions import Prediction
from curvegui.ui.dialogs.dialog import Dialog
from curvegui.ui.look.layouts import filled, open_as_large_as
from curvegui.ui.look.tips import named

LINES, MARGIN_PX = (44, 26), 12  # its size, in heights of a line, and around the text


class Summary(Dialog):
    """Shows them; the button copies them as text."""

    def __init__(self, title: str, predictions: Sequence[Prediction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("predictions")
        self.setWindowTitle(tr("Your predictions"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._words = "\n\n".join([title, *map(_words, predictions)])
        page = named(QTextBrowser(), "predictions.list", tr("Your predictions, and what happened"))
        page.document().setDocumentMargin(MARGIN_PX)
        page.setMarkdown(f"## {_plain(title)}\n\n" + "\n\n".join(map(_marked, predictions)))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(tr("&Copy as text"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setObjectName("predictions.copy")
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        filled(QVBoxLayout(self), (page, 1), buttons, edges=None)
        open_as_large_as(self, LINES)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._words)


def _words(each: Prediction) -> str:
    return tr(
        "{ask}\nYou said: {said} ({when})\nWhat happened: {happened}",
        ask=each.ask,
        said=each.said,
        when=each.when,
        happened=_happened(each),
    )


def _marked(each: Prediction) -> str:
    said, happened = _plain(each.said), _plain(_happened(each))
    return tr(
        "**{ask}**\n\nYou said: {said} ({when})\n\nWhat happened: {happened}\n\n---",
        ask=_plain(each.ask),
        said=said,
        when=each.when,
        happened=happened,
    )


def _happened(each: Prediction) -> str:
    return " ".join(filter(None, [each.seen, each.verdict]))


def _plain(words: str) -> str:
    """The words with all signs of Markdown as they are."""
    return "".join(f"\\{each}" if each in "\\`*_{}[]()<>#+-.!|~" else each for each in words)

"""Dialogs and message boxes that act once, and questions that leave the window behind them alive."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from curvegui.core.language.text import tr

Role = QMessageBox.ButtonRole
Standard = QMessageBox.StandardButton
CANCEL = "cancel"


class Dialog(QDialog):
    """A dialog that ends once each time it is shown. It is deleted when it is closed, unless it ``is_kept``; until then
    it is disabled, as Qt still brings it a key that was pressed quickly."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None, *, is_kept: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, not is_kept)
        self._has_ended = False

    def setVisible(self, visible: bool) -> None:
        if visible:
            self._has_ended = False
            self.setEnabled(True)
        super().setVisible(visible)
        if not visible and self.testAttribute(Qt.WidgetAttribute.WA_DeleteOnClose):
            self.setEnabled(False)

    def done(self, result: int) -> None:
        if not self._has_ended:
            self._has_ended = True
            super().done(result)


class MessageBox(QMessageBox):
    """A box with a sentence in bold, below it ``more`` sentences, and buttons; shown once, and disabled when it has
    ended. It has no icon: the sentence says what is asked, or wrong."""

    def __init__(self, name: str, text: str, more: str = "", parent: QWidget | None = None, *, title: str = "") -> None:
        super().__init__(QMessageBox.Icon.NoIcon, title or tr("CurveGUI"), text, parent=parent)
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setTextFormat(Qt.TextFormat.PlainText)  # the sentences may quote names of files
        self.setInformativeText(more)
        self.finished.connect(self._disable)

    @Slot()
    def _disable(self) -> None:
        self.setEnabled(False)


@dataclass(frozen=True)
class Choice:
    """A button of a question. Its ``name`` is its ``objectName`` too, and says in `QuestionBox.ask` what the button
    does. A standard button of Qt has words and a position that follow the system; ``text`` may replace the words. Any
    other button needs a role and a ``text``."""

    name: str
    button: Standard | Role
    text: str = ""


DISCARD = Choice("discard", Standard.Discard)
LEAVE = Choice(CANCEL, Standard.Cancel)


class QuestionBox(MessageBox):
    """A box with a question, what depends on the answer (``more``), and a few choices, the first of them the default.
    One choice has the name "cancel": closing the box chooses it."""

    def __init__(self, parent: QWidget, name: str, text: str, more: str, *choices: Choice) -> None:
        super().__init__(name, text, more, parent)
        self._answers: Mapping[str, Callable[[], object]] = {}
        for choice in choices:
            if isinstance(choice.button, Standard):
                button = self.addButton(choice.button)
                button.setText(choice.text or button.text())
            else:
                button = self.addButton(choice.text, choice.button)
            button.setObjectName(choice.name)
            if self.defaultButton() is None:
                self.setDefaultButton(button)
            if choice.name == CANCEL:
                self.setEscapeButton(button)
        self.finished.connect(self._answer)

    def ask(self, **answers: Callable[[], object]) -> None:
        """Show the question, and return at once; ``answers`` has for each choice, by its name, a function to call."""
        self._answers = answers
        self.open()

    def withdraw(self) -> None:
        """Close the box without an answer: there is nothing to ask any more."""
        self._answers = {}
        self.close()

    @Slot()
    def _answer(self) -> None:
        button = self.clickedButton()
        act = self._answers.get(button.objectName() if button else CANCEL)
        self._answers = {}
        if act is not None:
            act()


def agrees(concern: str, parent: QWidget | None = None) -> bool:
    """Ask whether to build a very large network all the same; ``concern`` says how large it is, and what that costs."""
    return is_wanted("size_question", concern, tr("Build it anyway?"), parent)


def is_wanted(name: str, text: str, more: str = "", parent: QWidget | None = None, *, title: str = "") -> bool:
    """Ask with Yes and No, and wait for the answer; at first, No is chosen."""
    box = MessageBox(name, text, more, parent, title=title)
    box.setStandardButtons(Standard.Yes | Standard.No)
    box.setDefaultButton(Standard.No)
    return box.exec() == Standard.Yes


def large(parent: QWidget, concern: str) -> QuestionBox:
    """The question whether to open a run with a very large network; ``concern`` as in `agrees`."""
    no, yes = Choice(CANCEL, Standard.No), Choice("open", Standard.Yes)
    return QuestionBox(parent, "large", concern, tr("Open it anyway?"), no, yes)


def trouble(parent: QWidget, sentence: str, more: str = "") -> QMessageBox:
    """A box that says what went wrong, not yet shown."""
    return MessageBox("trouble", sentence, more, parent)

"""A question that does not hold up what is behind it, and its answer by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

Role = QMessageBox.ButtonRole
Standard = QMessageBox.StandardButton
CANCEL = "cancel"


@dataclass(frozen=True)
class Choice:
    """A button, answered by its ``name``, which is its ``objectName`` too.

    It is one of Qt's own, whose words and place follow the system, or one of ours with a role. ``text`` is what is on
    one of ours; it may replace the words of Qt's.
    """

    name: str
    button: Standard | Role
    text: str = ""


SAVE = Choice("save", Standard.Save)
DISCARD = Choice("discard", Standard.Discard)
LEAVE = Choice(CANCEL, Standard.Cancel)


class Question(QMessageBox):
    """A box with a question, what depends on it (``more``), and a few choices; closing it is to cancel.

    The first choice is the default; one is called "cancel".
    """

    def __init__(self, parent: QWidget, name: str, text: str, more: str, *choices: Choice) -> None:
        super().__init__(QMessageBox.Icon.Question, "CurveGUI", text, parent=parent)
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setTextFormat(Qt.TextFormat.PlainText)  # it quotes names of files
        self.setInformativeText(more)
        self._answers: Mapping[str, Callable[[], object]] = {}
        for choice in choices:
            self._add(choice)
        self.finished.connect(self._answer)

    def _add(self, choice: Choice) -> None:
        if isinstance(choice.button, Standard):
            button = self.addButton(choice.button)
            if choice.text:
                button.setText(choice.text)
        else:
            button = self.addButton(choice.text, choice.button)
        button.setObjectName(choice.name)
        if self.defaultButton() is None:
            self.setDefaultButton(button)
        if choice.name == CANCEL:
            self.setEscapeButton(button)

    def ask(self, **answers: Callable[[], object]) -> None:
        """Show it, with what to do by the name of each choice; returns at once."""
        self._answers = answers
        self.open()

    @Slot()
    def _answer(self) -> None:
        button = self.clickedButton()
        act = self._answers.get(button.objectName() if button else CANCEL)
        self._answers = {}
        if act is not None:
            act()


def agrees(concern: str, parent: QWidget | None = None) -> bool:
    """Ask whether to build it all the same; No is the default. ``concern`` says what is large, and what that costs."""
    box = QMessageBox(QMessageBox.Icon.Question, "CurveGUI", concern, parent=parent)
    box.setObjectName("size_question")
    box.setInformativeText("Build it all the same?")
    box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
    box.setDefaultButton(QMessageBox.StandardButton.No)
    return box.exec() == QMessageBox.StandardButton.Yes

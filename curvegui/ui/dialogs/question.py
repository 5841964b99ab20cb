"""Dialogs that act once, questions that do not hold up what is behind them, and what is asked about files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from curvegui.core.language.text import tr

Role = QMessageBox.ButtonRole
Standard = QMessageBox.StandardButton
CANCEL = "cancel"


class Dialog(QDialog):
    """A dialog that ends once, until it is shown again; if it goes for good when it is closed, it is deaf from then on.

    Qt still brings it a key that came too quickly.
    """

    _has_ended = False

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
    """A box with a sentence and buttons, shown once: as a dialog, it is deaf when it has ended."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.finished.connect(self._be_deaf)

    @Slot()
    def _be_deaf(self) -> None:
        self.setEnabled(False)


@dataclass(frozen=True)
class Choice:
    """A button, answered by its ``name``, which is its ``objectName`` too.

    It is one of Qt's own, whose words and position follow the system, or one of ours with a role. ``text`` is what is
    on one of ours; it may replace the words of Qt's.
    """

    name: str
    button: Standard | Role
    text: str = ""


SAVE = Choice("save", Standard.Save)
DISCARD = Choice("discard", Standard.Discard)
LEAVE = Choice(CANCEL, Standard.Cancel)


class QuestionBox(MessageBox):
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
        """Show it, with what to do by the name of each choice; returns at once."""
        self._answers = answers
        self.open()

    def withdraw(self) -> None:
        """Close it: there is nothing to ask any more."""
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
    """Ask whether to build it all the same; No is the default. ``concern`` says what is large, and what that costs."""
    box = MessageBox(QMessageBox.Icon.Question, tr("CurveGUI"), concern, parent=parent)
    box.setObjectName("size_question")
    box.setInformativeText(tr("Build it anyway?"))
    box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
    box.setDefaultButton(QMessageBox.StandardButton.No)
    return box.exec() == QMessageBox.StandardButton.Yes


def unsaved(parent: QWidget, name: str) -> QuestionBox:
    text = tr("Save the changes to “{name}”?", name=name) if name else tr("Save changes to this run?")
    return QuestionBox(parent, "unsaved", text, tr("Otherwise they will be lost."), SAVE, DISCARD, LEAVE)


def still_saving(parent: QWidget, name: str) -> QuestionBox:
    text = tr("“{name}” is still being saved.", name=name)
    more = tr("CurveGUI closes when it is saved. If you close now, a copy of the run is kept for the next start.")
    close = Choice("close_now", Role.DestructiveRole, tr("Close &now"))
    return QuestionBox(parent, "still_saving", text, more, LEAVE, close)


def revert(parent: QWidget, name: str) -> QuestionBox:
    text, more = tr("Go back to “{name}” as it was saved?", name=name), tr("Your changes since then will be lost.")
    return QuestionBox(parent, "revert", text, more, LEAVE, Choice("discard", Standard.Discard, tr("&Revert")))


def found_changed(parent: QWidget, name: str) -> QuestionBox:
    text = tr("“{name}” has been changed by another program. Nothing has been saved yet.", name=name)
    more = tr("Replace it to lose those changes, or save under another name to keep both.")
    save_as = Choice("save_as", Role.AcceptRole, tr("Save &as…"))
    replace = Choice("replace", Role.DestructiveRole, tr("&Replace"))
    return QuestionBox(parent, "found_changed", text, more, save_as, replace, LEAVE)


def in_use(parent: QWidget, name: str) -> QuestionBox:
    text = tr("“{name}” is open in another window.", name=name)
    more = tr("Two windows cannot save to the same file. Open it here read-only, or as a copy.")
    read_only = Choice("read_only", Role.AcceptRole, tr("Open &read-only"))
    copy = Choice("copy", Role.AcceptRole, tr("Open a &copy"))
    return QuestionBox(parent, "in_use", text, more, read_only, copy, LEAVE)


def large(parent: QWidget, concern: str) -> QuestionBox:
    no, yes = Choice(CANCEL, Standard.No), Choice("open", Standard.Yes)
    return QuestionBox(parent, "large", concern, tr("Open it anyway?"), no, yes)


def existing(parent: QWidget, name: str) -> QuestionBox:
    text, more = tr("“{name}” already exists.", name=name), tr("If you replace it, its present content is lost.")
    return QuestionBox(parent, "existing", text, more, LEAVE, Choice("replace", Role.DestructiveRole, tr("&Replace")))


def discard_copies(parent: QWidget) -> QuestionBox:
    text, more = tr("Discard these copies?"), tr("They cannot be restored afterwards.")
    return QuestionBox(parent, "discard_copies", text, more, LEAVE, DISCARD)


def trouble(parent: QWidget, sentence: str, more: str = "") -> QMessageBox:
    """A box that says what went wrong, not yet shown."""
    box = MessageBox(QMessageBox.Icon.Warning, tr("CurveGUI"), sentence, QMessageBox.StandardButton.Ok, parent)
    box.setObjectName("trouble")
    box.setTextFormat(Qt.TextFormat.PlainText)  # it quotes names of files
    box.setInformativeText(more)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box

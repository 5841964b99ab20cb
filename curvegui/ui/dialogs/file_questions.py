"""What is asked about files: the words of each question and its choices."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from curvegui.ui.dialogs.question import CANCEL, DISCARD, LEAVE, SAVE, Choice, Question, Role, Standard


def unsaved(parent: QWidget, name: str) -> Question:
    """Whether to save before the run is left; without a name, it has no file yet."""
    text = f"Save the changes to “{name}”?" if name else "Save this run?"
    more = "What has changed since it was last saved is lost otherwise." if name else "It is lost otherwise."
    return Question(parent, "unsaved", text, more, SAVE, DISCARD, LEAVE)


def revert(parent: QWidget, name: str) -> Question:
    """Whether to go back to what is in the file."""
    text, more = f"Go back to “{name}” as it was saved?", "What has changed since then is lost."
    return Question(parent, "revert", text, more, LEAVE, Choice("discard", Standard.Discard, "&Revert"))


def found_changed(parent: QWidget, name: str) -> Question:
    """Whether to replace what another program has written."""
    text = f"“{name}” has been changed by another program since it was opened here. Nothing has been saved."
    more = "Replacing it loses what is there now. Under another name, both are kept."
    save_as = Choice("save_as", Role.AcceptRole, "Save &as…")
    replace = Choice("replace", Role.DestructiveRole, "&Replace")
    return Question(parent, "found_changed", text, more, save_as, replace, LEAVE)


def in_use(parent: QWidget, name: str) -> Question:
    """What to do with a file that another window has."""
    text = f"“{name}” is open in another window."
    more = "Two windows cannot both save to it. Open it here to look and try things, or as a copy without a file yet."
    read_only = Choice("read_only", Role.AcceptRole, "Open &read-only")
    copy = Choice("copy", Role.AcceptRole, "Open a &copy")
    return Question(parent, "in_use", text, more, read_only, copy, LEAVE)


def large(parent: QWidget, concern: str) -> Question:
    """Whether to open a very large network."""
    no, yes = Choice(CANCEL, Standard.No), Choice("open", Standard.Yes)
    return Question(parent, "large", concern, "Open it all the same?", no, yes)


def existing(parent: QWidget, name: str) -> Question:
    """Whether to replace a file that is there."""
    text, more = f"There is a file “{name}” already.", "Replacing it loses what is there now."
    return Question(parent, "existing", text, more, LEAVE, Choice("replace", Role.DestructiveRole, "&Replace"))


def discard_copies(parent: QWidget) -> Question:
    """Whether to remove what was kept for the case of a crash."""
    text, more = "Discard these copies?", "They cannot be brought back then."
    return Question(parent, "discard_copies", text, more, LEAVE, DISCARD)


def trouble(parent: QWidget, sentence: str, more: str = "") -> QMessageBox:
    """A box that says what went wrong, not yet shown."""
    box = QMessageBox(QMessageBox.Icon.Warning, "CurveGUI", sentence, QMessageBox.StandardButton.Ok, parent)
    box.setObjectName("trouble")
    box.setTextFormat(Qt.TextFormat.PlainText)  # it quotes names of files
    box.setInformativeText(more)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box

"""The dialog that shows what a window that did not end well has left, and brings it back."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from curvegui.session.document.recovery import Crash
from curvegui.ui.dialogs.file_questions import discard_copies
from curvegui.ui.documents.copies_list import CopiesList


class RecoveryDialog(QDialog):
    """Offers the autosaves of one window. Closing it is to be asked again at the next start.

    Parameters
    ----------
    crash : Crash

    Signals
    -------
    brought_back(Generation)
    discarded()
    postponed()
    """

    brought_back = Signal(object)
    discarded = Signal()
    postponed = Signal()

    def __init__(self, crash: Crash, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recovery")
        self.setWindowTitle("Bring back")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._crash = crash
        self._is_discarded = False
        self._list = CopiesList(crash.generations)
        buttons = (QPushButton(text) for text in ("&Bring back", "&Discard…", "&Later"))
        self._bring_back, self._discard, self._later = buttons
        self._lay_out()
        self._connect()
        self.resize(self.sizeHint().boundedTo(self.screen().availableSize() * 0.9))

    def _lay_out(self) -> None:
        named = {"list": self._list, "bring_back": self._bring_back, "discard": self._discard, "later": self._later}
        for key, widget in named.items():
            widget.setObjectName(f"recovery.{key}")
        self._bring_back.setEnabled(bool(self._crash.generations))
        self._bring_back.setDefault(True)
        outer, buttons = QVBoxLayout(self), QHBoxLayout()
        outer.setContentsMargins(18, 18, 18, 16)
        outer.setSpacing(12)
        outer.addWidget(_label(introduction(self._crash)))
        if self._crash.generations:
            outer.addWidget(self._list, 1)
        for sentence in self._crash.broken:
            outer.addWidget(_label(f"One copy cannot be used: {sentence}", muted=True))
        buttons.addWidget(self._discard)
        buttons.addStretch(1)
        buttons.addWidget(self._later)
        buttons.addWidget(self._bring_back)
        outer.addLayout(buttons)

    def _connect(self) -> None:
        self._bring_back.clicked.connect(self.accept)
        self._list.itemActivated.connect(self.accept)
        self._later.clicked.connect(self.reject)
        self._discard.clicked.connect(self._ask_to_discard)
        self.finished.connect(self._finish)

    @Slot()
    def _ask_to_discard(self) -> None:
        discard_copies(self).ask(discard=self._discard_all)

    def _discard_all(self) -> None:
        self._is_discarded = True
        self.reject()

    @Slot(int)
    def _finish(self, result: int) -> None:
        if self._is_discarded:
            self.discarded.emit()
        elif result == QDialog.DialogCode.Accepted.value and self._crash.generations:
            self.brought_back.emit(self._crash.generations[self._list.currentRow()])
        else:
            self.postponed.emit()


def introduction(crash: Crash) -> str:
    """What has happened, and what is there."""
    saved_in = next((each.saved_in for each in crash.generations if each.saved_in), None)
    what = f"“{saved_in.name}” had changes that were not saved." if saved_in else "A run had not been saved."
    if not crash.generations:
        return "CurveGUI did not end well, and what it kept of your run cannot be read."
    return f"CurveGUI did not end well. {what} These copies were kept; bring one back?"


def _label(text: str, muted: bool = False) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)  # it quotes names of files
    label.setWordWrap(True)
    label.setProperty("muted", muted)
    return label

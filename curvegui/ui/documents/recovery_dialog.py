"""The dialog that shows what a window that did not end well has left, and brings it back."""

from collections.abc import Sequence

from PySide6.QtCore import QDateTime, QLocale, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from curvegui.core.language.text import tr
from curvegui.core.presets.names import titled
from curvegui.session.document.recovery import Crash, Generation
from curvegui.ui.dialogs.question import Dialog, discard_copies
from curvegui.ui.favourites.thumbnails import thumbnail
from curvegui.ui.look.layouts import filled
from curvegui.ui.widgets.numbers import format_cost, format_number

LINES = 6  # of text: how high a picture is
GAP_PX = 3


class CopiesList(QListWidget):
    """Copies, the first of them chosen."""

    def __init__(self, generations: Sequence[Generation], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Copies, newest first"))
        self.setSpacing(GAP_PX)
        side = LINES * self.fontMetrics().height()
        self.setIconSize(QSize(side, side))
        for generation in generations:
            pixmap = thumbnail(generation.curves, side, self.devicePixelRatioF())
            icon = QIcon(pixmap)
            icon.addPixmap(pixmap, QIcon.Mode.Selected)  # which Qt would tint otherwise
            item = QListWidgetItem(icon, words(generation))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words(generation).replace("\n", ", "))
            self.addItem(item)
        self.setCurrentRow(0)

    def sizeHint(self) -> QSize:
        return self._room_for(self.count())

    def minimumSizeHint(self) -> QSize:
        return self._room_for(1)

    def _room_for(self, rows: int) -> QSize:
        frame, beside = 2 * self.frameWidth(), self.verticalScrollBar().sizeHint().width() + 2 * GAP_PX
        height = rows * (max(self.sizeHintForRow(0), 0) + 2 * GAP_PX)
        return QSize(self.sizeHintForColumn(0) + beside + frame, height + frame)


def words(generation: Generation) -> str:
    locale, summary = QLocale(), generation.summary
    moment = QDateTime.fromString(summary.saved_at, Qt.DateFormat.ISODate).toLocalTime()
    day = locale.toString(moment.date(), QLocale.FormatType.ShortFormat)
    when = f"{day}, {moment.time().toString('HH:mm:ss')}" if moment.isValid() else summary.saved_at
    iterations = tr("{iteration} iterations", iteration=format_number(summary.iteration))
    cost = tr("Cost {cost}", cost=format_cost(summary.cost))
    return f"{titled(summary.config.curve_name)}\n{iterations}\n{cost}\n{when}"


class RecoveryDialog(Dialog):
    """Offers the autosaves of one window. If it is closed, the next start asks again."""

    brought_back = Signal(object)
    discarded = Signal()
    postponed = Signal()

    def __init__(self, crash: Crash, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recovery")
        self.setWindowTitle(tr("Restore"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._crash = crash
        self._is_discarded = False
        self._list = CopiesList(crash.generations)
        buttons = (QPushButton(text) for text in (tr("&Restore"), tr("&Discard…"), tr("&Later")))
        self._bring_back, self._discard, self._later = buttons
        named = {"list": self._list, "bring_back": self._bring_back, "discard": self._discard, "later": self._later}
        for key, widget in named.items():
            widget.setObjectName(f"recovery.{key}")
        self._bring_back.setEnabled(bool(self._crash.generations))
        self._bring_back.setDefault(True)
        broken = [
            _label(tr("One copy cannot be restored: {reason}", reason=each), muted=True) for each in self._crash.broken
        ]
        shown = [(self._list, 1)] if self._crash.generations else []
        row = filled(QHBoxLayout(), self._discard, 1, self._later, self._bring_back)
        words = _label(introduction(self._crash))
        filled(QVBoxLayout(self), words, *shown, *broken, row, edges=(18, 18, 18, 16), spacing=12)
        self._bring_back.clicked.connect(self.accept)
        self._list.itemActivated.connect(self.accept)
        self._later.clicked.connect(self.reject)
        self._discard.clicked.connect(self._ask_to_discard)
        self.finished.connect(self._finish)
        self.resize(self.sizeHint().boundedTo(self.screen().availableSize() * 0.9))

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
    saved_in = next((each.saved_in for each in crash.generations if each.saved_in), None)
    what = tr("“{name}” had unsaved changes.", name=saved_in.name) if saved_in else tr("A run was not saved.")
    if not crash.generations:
        return tr("CurveGUI closed unexpectedly, and the copies of your run cannot be read.")
    return tr("CurveGUI closed unexpectedly. {what} Restore a saved copy?", what=what)


def _label(text: str, muted: bool = False) -> QLabel:
    label = QLabel(text, wordWrap=True)
    label.setTextFormat(Qt.TextFormat.PlainText)  # it quotes names of files
    label.setProperty("muted", muted)
    return label

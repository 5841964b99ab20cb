"""The dialog that shows the autosaved copies of a window that closed unexpectedly, and restores one."""

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
from curvegui.ui.dialogs.question import DISCARD, LEAVE, Dialog, QuestionBox
from curvegui.ui.favourites.thumbnails import thumbnail
from curvegui.ui.look.layouts import filled, named
from curvegui.ui.widgets.numbers import format_cost, format_number

LINES = 6  # of text: how high a picture is
GAP_PX = 3


def copies_list(generations: Sequence[Generation]) -> QListWidget:
    """A list of autosaved copies, the first copy chosen."""
    copies = named(QListWidget(), "recovery.list", tr("Copies, newest first"))
    copies.setSpacing(GAP_PX)
    copies.setSizeAdjustPolicy(QListWidget.SizeAdjustPolicy.AdjustToContents)
    side = LINES * copies.fontMetrics().height()
    copies.setIconSize(QSize(side, side))
    for generation in generations:
        pixmap = thumbnail(generation.curves, side, copies.devicePixelRatioF())
        icon = QIcon(pixmap)
        icon.addPixmap(pixmap, QIcon.Mode.Selected)  # which Qt would tint otherwise
        item = QListWidgetItem(icon, words(generation), copies)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, words(generation).replace("\n", ", "))
    copies.setCurrentRow(0)
    return copies


def words(generation: Generation) -> str:
    locale, summary = QLocale(), generation.summary
    moment = QDateTime.fromString(summary.saved_at, Qt.DateFormat.ISODate).toLocalTime()
    day = locale.toString(moment.date(), QLocale.FormatType.ShortFormat)
    when = f"{day}, {moment.time().toString('HH:mm:ss')}" if moment.isValid() else summary.saved_at
    iterations = tr("{iteration} iterations", iteration=format_number(summary.iteration))
    cost = tr("Cost {cost}", cost=format_cost(summary.cost))
    return f"{titled(summary.config.curve_name)}\n{iterations}\n{cost}\n{when}"


class RecoveryDialog(Dialog):
    """Offers the autosaved copies of one window; if it is closed without a choice, the next start asks again."""

    brought_back = Signal(object)
    discarded = Signal()
    postponed = Signal()

    def __init__(self, crash: Crash, parent: QWidget | None = None) -> None:
        super().__init__("recovery", tr("Restore"), parent)
        self._crash = crash
        self._is_discarded = False
        self._list = copies_list(crash.generations)
        restore = named(QPushButton(tr("&Restore")), "recovery.bring_back")
        restore.setEnabled(bool(crash.generations))
        discard = named(QPushButton(tr("&Discard…")), "recovery.discard")
        later = named(QPushButton(tr("&Later")), "recovery.later")
        restore.setDefault(True)
        broken = [_label(tr("One copy cannot be restored: {reason}", reason=each), muted=True) for each in crash.broken]
        shown = [(self._list, 1)] if crash.generations else []
        row = filled(QHBoxLayout(), discard, 1, later, restore)
        words = _label(introduction(crash))
        filled(QVBoxLayout(self), words, *shown, *broken, row, edges=(18, 18, 18, 16), spacing=12)
        restore.clicked.connect(self.accept)
        self._list.itemActivated.connect(self.accept)
        later.clicked.connect(self.reject)
        discard.clicked.connect(self._ask_to_discard)
        self.finished.connect(self._finish)
        self.resize(self.sizeHint().boundedTo(self.screen().availableSize() * 0.9))

    @Slot()
    def _ask_to_discard(self) -> None:
        text, more = tr("Discard these copies?"), tr("They cannot be restored afterwards.")
        QuestionBox(self, "discard_copies", text, more, LEAVE, DISCARD).ask(discard=self._discard_all)

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
    label = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)  # the text quotes names of files
    label.setProperty("muted", muted)
    return label

"""The status of the run: its words, the strip under the canvas that shows them, and its details over the canvas."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from curvegui.core.diagnosis.finding import Diagnosis, Remedy, RunState
from curvegui.core.language.text import lowered, mark, tr
from curvegui.core.learner.learner import Snapshot
from curvegui.core.settings.config import SETTINGS
from curvegui.session.run.delivery import Delivery, Phase
from curvegui.session.run.history import Change
from curvegui.session.run.remedies import carry_out
from curvegui.ui.actions.centre import STATUS
from curvegui.ui.actions.services import Services
from curvegui.ui.look.icons import icon, icon_size
from curvegui.ui.look.layouts import FlowLayout, filled, named, styled, wrapped
from curvegui.ui.look.theme import follow_theme
from curvegui.ui.widgets.labels import ElidedLabel, SteadyLabel
from curvegui.ui.widgets.numbers import format_number

DRAWINGS = {
    RunState.LEARNING: "check", RunState.SLOW: "wait", RunState.STARTING: "wait", RunState.PLATEAU: "wait",
}  # fmt: skip
ROLES = {"check": "good", "warning": "warning"}  # colours of the signs, as fields of `Theme`
READY, START_WORDS = mark("Ready."), mark("Press Run to start.")
MORE_WORDS = mark("Press Run to continue.")
LATEST = mark("Latest iteration:")


@dataclass(frozen=True)
class StatusWords:
    """The status in words, and the sign before them: ``drawing`` is a name under ``resources/icons``."""

    headline: str
    detail: str
    remedies: tuple[Remedy, ...] = ()
    section: str = ""  # of the guide
    drawing: str = "wait"


def status_words(
    diagnosis: Diagnosis | None, phase: Phase, cause: str, is_past_shown: bool = False, stopped_by: str = ""
) -> StatusWords:
    """The status in words, in the present tense while the run learns, else in the past. ``cause`` is the change that
    Undo would take back, or empty; with ``is_past_shown``, the headline says that it is about the latest iteration.
    ``stopped_by`` is the rule that has ended the run, in words."""
    if phase is Phase.FAILED:
        return StatusWords(f"{tr(phase.value)}.", "", drawing="warning")
    if diagnosis is None:
        return StatusWords(tr(READY), tr(START_WORDS))
    headline, detail = diagnosis.headline, diagnosis.detail
    if not phase.is_learning and diagnosis.at_rest:
        headline = diagnosis.at_rest
        if phase is Phase.FINISHED:
            headline, detail = diagnosis.finished or headline, f"{detail} {tr(MORE_WORDS)}"
            headline = f"{headline} {stopped_by}".rstrip()
    remedies: tuple[Remedy, ...] = tuple(each for each in diagnosis.remedies if each is not Remedy.UNDO)
    if Remedy.UNDO in diagnosis.remedies and cause:
        remedies = (Remedy.UNDO, *remedies)  # it loses nothing
    drawing = DRAWINGS.get(diagnosis.condition, "warning")
    headline = f"{tr(LATEST)} {headline}" if is_past_shown else headline
    return StatusWords(headline, detail, remedies, diagnosis.section, drawing)


def cause_words(cause: Change) -> str:
    """A change, with the number that it set: "aggression 210"."""
    name = next((name for name, setting in SETTINGS.items() if setting.label == cause.label), "")
    value = getattr(cause.after.config, name, None)
    number = f" {format_number(value)}" if isinstance(value, int | float) else ""
    return f"{lowered(cause.label)}{number}"


def button_words(remedy: Remedy, cause: str) -> str:
    """The words of a remedy's button; of Undo, with the change that would be undone."""
    return tr("Undo {cause}", cause=cause) if remedy is Remedy.UNDO else tr(remedy.value)


EDGES_PX = 12, 4, 6, 4  # left, top, right, bottom
SIGN_LINES = 1.2
NOTHING_MORE = None, RunState.STARTING  # to tell than one line does


class StatusStrip(QFrame):
    """Shows how the run is doing in one line: ``words``, with the first remedy on a button where there is room."""

    chosen = Signal(object)  # a person wants this Remedy carried out
    details_wanted = Signal(bool)  # or no longer
    changed = Signal()  # it says something else

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled(named(self, "advice"), "card")
        self._diagnosis: Diagnosis | None = None
        self._phase, self._is_past_shown, self._stopped_by = Phase.PAUSED, False, ""
        self.cause = ""  # the change that Undo would take back, in words, or nothing
        self.words = status_words(None, self._phase, self.cause)
        self._sign, self._headline = QLabel(), named(ElidedLabel(), "advice.headline")
        self.main = styled(named(QPushButton(), "advice.main"), "low", "primary")
        self.main.clicked.connect(self._choose)
        self.details = styled(named(QToolButton(), "advice.details"), "link")
        self.details.setText(tr("Details"))
        self.details.setCheckable(True)
        self.details.toggled.connect(self.details_wanted)
        parts = self._sign, (self._headline, 1), self.main, self.details
        self._row = filled(QHBoxLayout(self), *parts, edges=EDGES_PX)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        follow_theme(self._draw)

    def sizeHint(self) -> QSize:
        """As high with a button as without, so that nothing moves when a button comes or goes."""
        hint, around = super().sizeHint(), self.contentsMargins()
        high = max(self.main.sizeHint().height(), self.details.sizeHint().height()) + EDGES_PX[1] + EDGES_PX[3]
        return QSize(hint.width(), max(hint.height(), high + around.top() + around.bottom()))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    @property
    def condition(self) -> RunState | None:
        return self._diagnosis.condition if self._diagnosis else None

    def show_cause(self, cause: str) -> None:
        if cause != self.cause:
            self.cause = cause
            self._draw()

    def show_phase(self, phase: Phase) -> None:
        if phase is not self._phase:
            self._phase = phase
            self._draw()

    @Slot(object)
    def show_past(self, past: Snapshot | None) -> None:
        """Say that the status is about the latest iteration while an earlier iteration is shown."""
        if self._is_past_shown != (past is not None):
            self._is_past_shown = past is not None
            self._draw()

    @Slot(object)
    def show_delivery(self, delivery: Delivery) -> None:
        if delivery.stopped_by != self._stopped_by:
            self._stopped_by = delivery.stopped_by
            self._draw()

    def show_diagnosis(self, diagnosis: Diagnosis | None) -> None:
        if diagnosis is None or diagnosis.condition != self.condition:
            self.details.setChecked(False)
        self._diagnosis = diagnosis
        self._draw()

    @Slot()
    def _draw(self) -> None:
        self.words = status_words(self._diagnosis, self._phase, self.cause, self._is_past_shown, self._stopped_by)
        sign = icon(self.words.drawing, ROLES.get(self.words.drawing, "muted"))
        self._sign.setPixmap(sign.pixmap(icon_size(self, SIGN_LINES)))
        self._headline.say(self.words.headline)
        whole = f"{self.words.headline} {self.words.detail}"
        self._headline.setToolTip(wrapped(whole))
        self.setAccessibleName(whole)
        self.details.setVisible(self.condition not in NOTHING_MORE)
        if self.words.remedies:
            words = button_words(self.words.remedies[0], self.cause)
            self.main.setText(words.partition(",")[0])  # there is little room
            named(self.main, "advice.main", words, words)
        self._show_main()
        self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the main remedy only if there is room for its button: the details have all remedies."""
        super().resizeEvent(event)
        self._show_main()

    def _show_main(self) -> None:
        beside = self._sign, self.main, self.details
        gaps = len(beside) * self._row.spacing() + EDGES_PX[0] + EDGES_PX[2]
        needed = gaps + sum(part.sizeHint().width() for part in beside)
        self.main.setVisible(bool(self.words.remedies) and needed <= self.contentsRect().width())

    @Slot()
    def _choose(self) -> None:
        if self.words.remedies:
            self.chosen.emit(self.words.remedies[0])


DETAILS_EDGES_PX = 14, 12, 14, 12
GAP_PX = 6  # between it and the line below


class StatusDetails(QFrame):
    """The details of the status: a card above the strip, and as wide as the strip, while a person wants to see them."""

    chosen = Signal(object)  # a person wants this Remedy carried out
    asked_why = Signal(str)  # a person wants to read the section of the guide with this heading

    def __init__(self, strip: StatusStrip, parent: QWidget) -> None:
        super().__init__(parent)
        self._strip, self._around = strip, parent
        styled(named(self, "advice.card"), "card", "over")
        self._words = named(QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText), "advice.words")
        self._rate = SteadyLabel(styled(named(QLabel(), "advice.rate"), "muted"))
        self._row = QWidget()
        self._flow = FlowLayout(8, self._row)
        self._buttons = {each: named(QPushButton(self._row), f"remedy.{each.name.lower()}") for each in Remedy}
        for remedy, button in self._buttons.items():
            button.clicked.connect(partial(self.chosen.emit, remedy))
        self._why = styled(named(QToolButton(self._row), "advice.why"), "link")
        self._why.setText(tr("Why?"))
        self._why.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._why.clicked.connect(lambda: self.asked_why.emit(strip.words.section))
        filled(QVBoxLayout(self), self._words, self._rate, self._row, edges=DETAILS_EDGES_PX)
        strip.changed.connect(self._draw)
        strip.details_wanted.connect(self._open)
        strip.installEventFilter(self)
        self.hide()

    @Slot(bool)
    def _open(self, wanted: bool) -> None:
        had_focus = self.focusWidget() is not None and self.isAncestorOf(self.focusWidget())
        self._draw()
        self.setVisible(wanted)
        if wanted:
            self.raise_()
        elif had_focus:
            self._strip.details.setFocus()

    @Slot(object)
    def show_delivery(self, delivery: Delivery) -> None:
        """Tell how fast the run is, while a person looks."""
        if self.isVisible():
            self._rate.write(tr("{rate} iterations/s", rate=format_number(round(delivery.rate))))

    @Slot()
    def _draw(self) -> None:
        words = self._strip.words
        self._words.setText(words.detail)
        self._flow.clear()
        for remedy, button in self._buttons.items():
            button.setVisible(remedy in words.remedies)
        for remedy in words.remedies:
            self._buttons[remedy].setText(button_words(remedy, self._strip.cause))
            self._flow.addWidget(self._buttons[remedy])
            self._buttons[remedy].raise_()  # so Tab goes to them in this order
        self._flow.addWidget(self._why)
        self._why.raise_()
        self._why.setVisible(bool(words.section))
        tip = tr("Read in the guide: {section}", section=words.section)
        named(self._why, "advice.why", tr("Why? The guide explains it: {section}", section=words.section), tip)
        self._row.setVisible(bool(words.remedies or words.section))
        self._place()

    def _place(self) -> None:
        strip = self._strip
        width = strip.width()
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        corner = strip.mapTo(self._around, strip.rect().topLeft())
        self.setGeometry(corner.x(), max(corner.y() - GAP_PX - height, 0), width, height)

    def event(self, event: QEvent) -> bool:
        taken = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return taken

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._place()
        elif event.type() == QEvent.Type.Hide:
            self._strip.details.setChecked(False)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._strip.details.setChecked(False)
        else:
            super().keyPressEvent(event)


class Status(QObject):
    """Shows how the run is doing, and carries out the remedies that a person chooses."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._session = session = services.session
        self.strip = StatusStrip()
        services.centre.put(STATUS, self.strip)
        self.details = StatusDetails(self.strip, services.centre)
        services.centre.put_over(STATUS, self.details)
        session.phase_changed.connect(self.strip.show_phase)
        session.time.moved.connect(self.strip.show_past)
        session.history_changed.connect(self._show_history)
        session.diagnosis_changed.connect(self.strip.show_diagnosis)
        for each in (self.strip, self.details):
            session.snapshot_ready.connect(each.show_delivery)
        for part in (self.strip, self.details):
            part.chosen.connect(partial(carry_out, session))
            part.chosen.connect(services.leave_for_canvas)  # a button may go: Qt would choose any other one
        self.details.asked_why.connect(services.explain)
        self.strip.show_phase(session.phase)
        self.strip.show_diagnosis(session.diagnosis)
        self._show_history()

    @Slot()
    def _show_history(self) -> None:
        cause = self._session.cause
        self.strip.show_cause(cause_words(cause) if cause else "")

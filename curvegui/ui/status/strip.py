"""How the run is doing, in one line of a fixed height that never moves anything: a sign, words, the main remedy."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from curvegui.core.diagnosis.finding import Diagnosis, Remedy, RunState
from curvegui.core.language.text import lowered, mark, tr
from curvegui.core.learner.learner import Snapshot
from curvegui.core.settings.config import SETTINGS
from curvegui.session.run.delivery import Phase
from curvegui.session.run.history import Change
from curvegui.ui.look.icons import icon, icon_size
from curvegui.ui.look.layouts import filled
from curvegui.ui.look.theme import follow_theme
from curvegui.ui.look.tips import named, styled, wrapped
from curvegui.ui.widgets.labels import ElidedLabel
from curvegui.ui.widgets.numbers import format_number

DRAWINGS = {
    RunState.LEARNING: "check", RunState.SLOW: "wait", RunState.STARTING: "wait", RunState.PLATEAU: "wait",
}  # fmt: skip
ROLES = {"check": "good", "warning": "warning"}
READY, START_WORDS = mark("Ready."), mark("Press Run to start.")
MORE_WORDS = mark("Press Run to continue.")
LATEST = mark("Latest iteration:")


@dataclass(frozen=True)
class StatusWords:
    """The status in words. ``drawing`` is a name under ``resources/icons``, ``role`` its colour in a theme."""

    headline: str
    detail: str
    remedies: tuple[Remedy, ...] = ()
    section: str = ""  # of the guide
    drawing: str = "wait"

    @property
    def role(self) -> str:
        """The colour of the sign, as a field of `Theme`."""
        return ROLES.get(self.drawing, "muted")


def told(diagnosis: Diagnosis | None, phase: Phase, cause: str, is_past_shown: bool = False) -> StatusWords:
    """Speak of training in the present tense while it goes on, and else in the past.

    ``cause`` is the change that Undo would take back, in words, or nothing. Where ``is_past_shown``, the headline says
    that it is not about what is shown.
    """
    if diagnosis is None:
        return StatusWords(tr(READY), tr(START_WORDS))
    headline, detail = diagnosis.headline, diagnosis.detail
    if not phase.is_learning and diagnosis.at_rest:
        headline = diagnosis.at_rest
        if phase is Phase.FINISHED:
            headline, detail = diagnosis.finished or headline, f"{detail} {tr(MORE_WORDS)}"
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
    """What a button says: which change Undo takes back."""
    return tr("Undo {cause}", cause=cause) if remedy is Remedy.UNDO else tr(remedy.value)


EDGES_PX = 12, 4, 6, 4  # left, top, right, bottom
SIGN_LINES = 1.2
NOTHING_MORE = None, RunState.STARTING  # to tell than one line does


class StatusStrip(QFrame):
    """Shows a diagnosis. ``told`` is what it says."""

    chosen = Signal(object)  # a person wants this Remedy carried out
    details_wanted = Signal(bool)  # or no longer
    changed = Signal()  # it says something else

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setObjectName("advice")
        self._diagnosis: Diagnosis | None = None
        self._phase, self._cause, self._is_past_shown = Phase.PAUSED, "", False
        self.told = told(None, self._phase, self._cause)
        self._sign, self._headline = QLabel(), named(ElidedLabel(), "advice.headline")
        self.main = styled(named(QPushButton(), "advice.main"), "low", "primary")
        self.main.clicked.connect(self._choose)
        self.details = styled(named(QToolButton(), "advice.details"), "link")
        self.details.setText(tr("Details"))
        self.details.setCheckable(True)
        self.details.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.details.toggled.connect(self.details_wanted)
        self._row = QHBoxLayout(self)
        filled(self._row, self._sign, (self._headline, 1), self.main, self.details, edges=EDGES_PX)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        follow_theme(self._draw)

    def sizeHint(self) -> QSize:
        """As high with a button as without: what it says moves nothing."""
        hint, around = super().sizeHint(), self.contentsMargins()
        high = max(self.main.sizeHint().height(), self.details.sizeHint().height()) + EDGES_PX[1] + EDGES_PX[3]
        return QSize(hint.width(), max(hint.height(), high + around.top() + around.bottom()))

    def minimumSizeHint(self) -> QSize:
        """The same height."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    @property
    def condition(self) -> RunState | None:
        """What is shown."""
        return self._diagnosis.condition if self._diagnosis else None

    @property
    def cause(self) -> str:
        """The change that Undo would take back, in words, or nothing."""
        return self._cause

    def show_cause(self, cause: str) -> None:
        """Offer Undo only if there is something to undo, and say what."""
        if cause != self._cause:
            self._cause = cause
            self._draw()

    def show_phase(self, phase: Phase) -> None:
        """Speak of training in the present tense while it goes on, and else in the past."""
        if phase is not self._phase:
            self._phase = phase
            self._draw()

    @Slot(object)
    def show_past(self, past: Snapshot | None) -> None:
        """Say that this is about the latest iteration, where an earlier one is shown."""
        if self._is_past_shown != (past is not None):
            self._is_past_shown = past is not None
            self._draw()

    def show_diagnosis(self, diagnosis: Diagnosis | None) -> None:
        """Show another finding."""
        if diagnosis is None or diagnosis.condition != self.condition:
            self.details.setChecked(False)
        self._diagnosis = diagnosis
        self._draw()

    @Slot()
    def _draw(self) -> None:
        self.told = told(self._diagnosis, self._phase, self._cause, self._is_past_shown)
        self._sign.setPixmap(icon(self.told.drawing, self.told.role).pixmap(icon_size(self, SIGN_LINES)))
        self._headline.say(self.told.headline)
        whole = f"{self.told.headline} {self.told.detail}"
        self._headline.setToolTip(wrapped(whole))
        self.setAccessibleName(whole)
        self.details.setVisible(self.condition not in NOTHING_MORE)
        if self.told.remedies:
            words = button_words(self.told.remedies[0], self._cause)
            self.main.setText(words.partition(",")[0])  # there is little room
            self.main.setToolTip(wrapped(words))
            self.main.setAccessibleName(words)
        self._show_main()
        self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the main remedy only where there is room for it: all of them are among the details."""
        super().resizeEvent(event)
        self._show_main()

    def _show_main(self) -> None:
        beside = self._sign, self.main, self.details
        gaps = len(beside) * self._row.spacing() + EDGES_PX[0] + EDGES_PX[2]
        needed = gaps + sum(part.sizeHint().width() for part in beside)
        self.main.setVisible(bool(self.told.remedies) and needed <= self.contentsRect().width())

    @Slot()
    def _choose(self) -> None:
        if self.told.remedies:
            self.chosen.emit(self.told.remedies[0])

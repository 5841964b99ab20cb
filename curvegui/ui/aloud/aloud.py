"""Tells a screen reader what happens in the window, and sums up the present view when asked."""

from functools import partial

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QWidget

from curvegui.core.diagnosis.finding import Diagnosis, RunState
from curvegui.core.language.text import in_row, mark, tr, tr_n
from curvegui.core.learner.learner import Snapshot
from curvegui.core.presets.names import worded
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.run.delivery import Phase
from curvegui.ui.actions.services import Services
from curvegui.ui.status.status import StatusWords, button_words, cause_words, status_words
from curvegui.ui.widgets.numbers import Farthest, format_cost, format_number, short
from curvegui.ui.widgets.spoken import MESSAGE, Spoken, announce, announce_news

NEWS = {
    Phase.LEARNING: mark("Learning."),
    Phase.PAUSED: mark("Paused at iteration {iteration}, cost {cost}."),
    Phase.FINISHED: mark("Finished at iteration {iteration}, cost {cost}."),
    Phase.DIVERGED: mark("Stopped at iteration {iteration}: the numbers overflowed."),
    Phase.FAILED: mark("Stopped by an error at iteration {iteration}."),
}


def summary(config: TrainingConfig, snapshot: Snapshot, status: StatusWords, cause: str) -> str:
    """The state of a run in words; ``cause`` is the change that Undo would take back, in words, or empty."""
    farthest, (*first, last) = Farthest.of(snapshot), map(str, config.hidden)
    alone = tr_n("{layers} neuron", "{layers} neurons", config.hidden[-1], layers=last)
    learned = tr(
        "A network with {neurons} has learned the curve {curve} for {iterations} iterations; the cost is {cost}.",
        neurons=tr("{first} and {last} neurons", first=in_row(first), last=last) if first else alone,
        curve=worded(config.curve_name),
        iterations=format_number(snapshot.iteration),
        cost=format_cost(snapshot.cost),
    )
    parts = [learned, status.headline]
    if farthest is not None:
        far = short(farthest.distance)
        parts.append(tr("It is farthest from the curve at {place}, by {far}.", place=farthest.region, far=far))
    if status.remedies:
        parts.append(tr("What helps: {remedy}.", remedy=button_words(status.remedies[0], cause)))
    return " ".join(parts)


WITH_PANELS = "understand", "exercise"  # views in which a person mainly looks at the panels


class Aloud(QObject):
    """Sums up the present view in words, and tells a screen reader of runs that start or stop, trouble and messages."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services = services
        self._condition: RunState | None = None
        self._notify = partial(announce_news, services.window)
        session = services.session
        session.phase_changed.connect(self._announce_phase, Qt.ConnectionType.QueuedConnection)  # after a pause arrives
        session.diagnosis_changed.connect(self._announce_finding)
        services.toast.said.connect(partial(self._notify, MESSAGE))
        self._phase: Phase = session.phase

    @Slot(str)
    def answer(self, words: str) -> None:
        """Say words in answer to a command, with a screen reader and on the screen."""
        announce(self._services.window, words)
        self._services.notify(words)

    def say_summary(self) -> None:
        """Sum up the active window in words: a dialog that can do so, or the view of the main window."""
        over = QApplication.activeWindow()
        if isinstance(over, Spoken):
            self.answer(over.in_words())
            return
        services, session = self._services, self._services.session
        snapshot = services.canvas.snapshot
        if snapshot is None:
            return
        cause = session.cause
        words = cause_words(cause) if cause else ""
        status = status_words(session.diagnosis, session.phase, words, session.time.past is not None)
        parts = [each.in_words() for each in self._pictures()]
        said = " ".join(filter(None, (summary(session.config, snapshot, status, words), *parts)))
        self.answer(said)

    def _pictures(self) -> list[Spoken]:
        docks = self._services.docks.in_sight() if self._services.views.now.id in WITH_PANELS else ()
        inside = (each for dock in docks for each in dock.findChildren(QWidget))
        return [each for each in inside if isinstance(each, Spoken) and each.isVisible()]

    @Slot(object)
    def _announce_phase(self, phase: Phase) -> None:
        if phase is not self._phase:
            self._phase = phase
            self._services.session.when_up_to_date(self._say_phase)  # until then, the snapshot is an earlier one

    @Slot()
    def _say_phase(self) -> None:
        snapshot = self._services.session.snapshot
        if snapshot is not None:
            iteration, cost = format_number(snapshot.iteration), format_cost(snapshot.cost)
            self._notify("phase", tr(NEWS[self._phase], iteration=iteration, cost=cost))

    @Slot(object)
    def _announce_finding(self, diagnosis: Diagnosis | None) -> None:
        trouble = diagnosis if diagnosis is not None and diagnosis.is_trouble else None
        condition = trouble.condition if trouble is not None else None
        if condition is not self._condition:  # else every change of the headline would be said
            self._condition = condition
            self._notify("finding", diagnosis.headline if diagnosis is not None else "")

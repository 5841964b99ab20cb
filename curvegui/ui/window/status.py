"""The status bar: what the run is doing, in words, and its numbers."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from curvegui.core.engine.backend import Backend
from curvegui.core.language.text import mark, tr
from curvegui.core.learner.engines import ENGINES, words_for
from curvegui.core.learner.learner import Snapshot
from curvegui.session.run.delivery import Phase
from curvegui.ui.look.layouts import named, wrapped
from curvegui.ui.look.theme import current_theme, follow_theme
from curvegui.ui.widgets.labels import ElidedLabel, SteadyLabel
from curvegui.ui.widgets.numbers import format_cost, format_number

if TYPE_CHECKING:  # loaded after the first painting
    from curvegui.core.diagnosis.finding import Diagnosis
    from curvegui.session.run.delivery import Delivery

ABOUT_ENGINE = mark("The engine that computes the iterations")
MESSAGE_MS = 6_000
GAP_PX = 16  # around a label, at most
SIGNS = {
    Phase.LEARNING: "●", Phase.PAUSED: "❚❚", Phase.FINISHED: "■", Phase.DIVERGED: "▲", Phase.FAILED: "▲",
}  # fmt: skip
STUCK = "▲", mark("Running, but no longer learning")
HINDERED = "▲", mark("Learning, with a problem")


class StatusBar(QStatusBar):
    """Shows the newest delivery of the trainer, and the numbers of the snapshot that the canvas shows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self._phase = Phase.PAUSED
        self._trouble: tuple[str, str] | None = None
        self._does_well = True
        self._stopped_by = ""
        self._delivery: Delivery | None = None
        self._past: Snapshot | None = None
        self._held: list[str] | None = []  # messages that wait until the window is complete; None from then on
        self._first: list[str] = []  # messages of the last seconds, in front of all others
        self.setSizeGripEnabled(False)
        self._state, self._engine = self._label("state", tr("State")), self._label("engine")
        self._iteration = SteadyLabel(self._label("iteration", tr("Iteration")))
        self._cost = SteadyLabel(self._label("cost", tr("Cost")))
        self._rate = SteadyLabel(self._label("rate", tr("Iterations a second")))
        self._message = named(ElidedLabel(), "status.message")
        for each in (self._state, self._iteration, self._cost, self._rate):
            self.addWidget(each)
        self.addWidget(self._message, 1)
        self.addPermanentWidget(self._engine)
        self._until = QTimer(self, singleShot=True)
        self._until.timeout.connect(self.forget_message)
        self._first_until = QTimer(self, singleShot=True, interval=MESSAGE_MS)
        self._first_until.timeout.connect(self._first.clear)
        self._backend: Backend | None = None
        self._yielding = self._engine, self._rate, self._cost, self._iteration  # the canvas tells the last two as well
        follow_theme(self._show_state)

    def _label(self, name: str, tip: str = "") -> QLabel:
        return named(QLabel(), f"status.{name}", tip=tip)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._state.sizeHint().width() + GAP_PX, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Hide labels for which there is no room, the least important label first."""
        free = self.width() - self.minimumSizeHint().width()
        for label in reversed(self._yielding):
            free -= label.sizeHint().width() + GAP_PX
            label.setVisible(free >= 0)

    def show_phase(self, phase: Phase) -> None:
        self._phase = phase
        self._show_state()

    @Slot(object)
    def show_diagnosis(self, diagnosis: "Diagnosis | None") -> None:
        self._trouble, self._does_well = None, diagnosis is None or not diagnosis.is_trouble
        if diagnosis is not None:
            self._trouble = STUCK if diagnosis.is_dead_end else HINDERED if diagnosis.is_hindrance else None
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        phase, theme = self._phase, current_theme()
        sign, words = self._trouble if self._trouble and phase is Phase.LEARNING else (SIGNS[phase], phase.value)
        words = tr(words)
        if phase is Phase.FINISHED and self._stopped_by:
            words = f"{words}: {self._stopped_by}"
        learning = theme.good if self._does_well else theme.muted  # never the colour of praise beside a complaint
        colour = {SIGNS[Phase.LEARNING]: learning, SIGNS[Phase.FAILED]: theme.warning}.get(sign, theme.muted)
        self._state.setText(f"<span style='color:{colour}'>{sign}</span>&nbsp; {words}")
        self._state.setAccessibleName(words)

    def notify(self, words: str) -> None:
        self.showMessage(" ".join([*self._first, words]), MESSAGE_MS)

    @Slot(str)
    def notify_first(self, words: str) -> None:
        """Show a message as soon as the window is complete; for some seconds, later messages stand behind it, not in
        its stead. This is for trouble with the app's own files, and for another engine that continues a run: the action
        that has led to the trouble reports its own success at the same moment."""
        if self._held is None:
            self._first.append(words)
            self._first_until.start()
            self.showMessage(" ".join(self._first), MESSAGE_MS)
        else:
            self._held.append(words)

    def notify_held(self) -> None:
        """Show the messages that have waited until the window was complete."""
        held, self._held = self._held or [], None
        for words in held:
            self.notify_first(words)

    def showMessage(self, text: str, /, timeout: int | None = 0) -> None:
        """Show a message for ``timeout`` ms, or for 0 until it is replaced; unlike in Qt, labels stay visible."""
        self._message.say(text)
        self.messageChanged.emit(text)  # for where the bar is not seen
        if timeout:
            self._until.start(timeout)
        else:
            self._until.stop()

    @Slot()
    def forget_message(self) -> None:
        """Clear the bar, except for messages of `notify_first` whose time is not over."""
        self.showMessage(" ".join(self._first), MESSAGE_MS if self._first else 0)

    def currentMessage(self) -> str:
        return self._message.text()

    def show_delivery(self, delivery: "Delivery") -> None:
        self._delivery = delivery
        if delivery.stopped_by != self._stopped_by:
            self._stopped_by = delivery.stopped_by
            self._show_state()

    def show_past(self, past: Snapshot | None) -> None:
        self._past = past

    @Slot(object)
    def show_numbers(self, shown: Snapshot) -> None:
        """Write the numbers of the snapshot on the canvas: an earlier snapshot of the run, or a recent one."""
        delivery = self._delivery
        if delivery is None:
            return
        reached = delivery.snapshot if shown is self._past else shown
        done, goal = format_number(reached.iteration), format_number(delivery.goal)
        reached_words = tr("{done} of {goal} iterations", done=done, goal=goal)
        if shown is self._past:
            back = tr("looking back at iteration {iteration}", iteration=format_number(shown.iteration))
            reached_words = f"{back}, {reached_words}"
        self._iteration.write(reached_words)
        cost, tested = format_cost(shown.cost), format_cost(shown.test_cost or 0.0)
        words = mark("cost {cost}") if shown.test_cost is None else mark("cost {cost}, test {test_cost}")
        self._cost.write(tr(words, cost=cost, test_cost=tested))
        rate = format_number(round(delivery.rate))
        self._rate.write(tr("{rate} iterations/s", rate=rate) if delivery.rate else "")
        if delivery.backend != self._backend:
            self._backend = delivery.backend
            self._engine.setText(words_for(self._backend))
            about = tr(ABOUT_ENGINE), ENGINES["c"].obstacle()  # why the fast engine cannot compute, if so
            self._engine.setToolTip(wrapped("\n".join(filter(None, about))))
        self._fit()

"""What a panel of a study dock is, and how it is kept up to date with the run while it is seen."""

from typing import Protocol

from PySide6.QtCore import QObject, Slot

from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.learner.learner import Snapshot
from curvegui.session.jobs.job import Jobs
from curvegui.session.run.delivery import Delivery
from curvegui.session.run.session import Session
from curvegui.session.study.inspection import Inspection


class StudyPanel(Protocol):
    """What a panel of a study dock has; it is a QWidget."""

    def show_inspected(self, inspected: InspectedSnapshot) -> None:
        """Show a run at one iteration: the newest, or the one looked back to. Called while visible alone."""


class PanelUpdater(QObject):
    """Knows which panels are behind the run, and brings them up to date.

    Of many points or a large network, what they show takes longer to compute than a frame: it is prepared in the pool,
    one inspected after the other, each of the state that is newest then.
    """

    def __init__(self, session: Session, inspection: Inspection, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._inspection = session, inspection
        self._fresh: set[str] = set()  # the panels that show the present state
        self._inspected: InspectedSnapshot | None = None
        self._prepared: InspectedSnapshot | None = None  # the last one of those that are prepared
        self._jobs = Jobs(self)
        self._run = -1  # that was shown last
        session.snapshot_ready.connect(self._note)
        session.time.moved.connect(self._look)

    @Slot()
    def forget(self) -> None:
        """All panels are behind."""
        self._fresh.clear()

    @Slot()
    def _look(self) -> None:
        """Another moment is seen; it may be of another network."""
        self.forget()
        shown = self._session.shown
        if shown is not None:
            inspected = self._inspected_of(shown)
            self._inspection.fit(inspected.sizes, inspected.t.size)

    @Slot(object)
    def _note(self, delivery: Delivery) -> None:
        self._look()
        if delivery.run != self._run:  # a step through one iteration of another run is no step of this one
            self._run = delivery.run
            self._inspection.light(None)

    def is_due(self, name: str) -> bool:
        """Whether a panel is behind, and there is something to show."""
        return self._session.shown is not None and name not in self._fresh

    def show_on(self, name: str, panel: StudyPanel) -> None:
        """Bring a panel up to date."""
        shown = self._session.shown
        if shown is not None:
            self._fresh.add(name)
            ready = self._ready(self._inspected_of(shown))
            if ready is not None:
                panel.show_inspected(ready)

    def _ready(self, newest: InspectedSnapshot) -> InspectedSnapshot | None:
        """What can be shown at once: the newest, or else the last one of such a network that was prepared."""
        if not newest.is_large or newest is self._prepared:
            return newest
        if not self._jobs.waiting:
            self._jobs.do(newest.prepare, self._take, self._miss, is_only_seen=True)
        last = self._prepared
        return last if last is not None and (last.sizes, last.t.size) == (newest.sizes, newest.t.size) else None

    def _take(self, prepared: InspectedSnapshot) -> None:
        self._prepared = prepared
        self.forget()

    def _miss(self, _: str) -> None:
        """It could not be computed, which the log says; the next one is tried."""

    def _inspected_of(self, shown: Snapshot) -> InspectedSnapshot:
        """The same for all panels, as each of them has some of it computed."""
        if self._inspected is None or self._inspected.snapshot is not shown:
            self._inspected = InspectedSnapshot(shown)
        return self._inspected

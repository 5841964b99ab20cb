"""What a panel of a study dock is, and how it is kept up to date with the run while it is seen."""

from typing import Protocol

from PySide6.QtCore import QObject, Slot

from curvegui.core.inspection.portrait import Portrait
from curvegui.core.learner.learner import Snapshot
from curvegui.session.run.delivery import Delivery
from curvegui.session.run.session import Session
from curvegui.session.study.inspection import Inspection


class StudyPanel(Protocol):
    """What a panel of a study dock has; it is a QWidget."""

    def show_portrait(self, portrait: Portrait) -> None:
        """Show a run at one iteration: the newest, or the one looked back to. Called while visible alone."""


class Portraits(QObject):
    """Knows which panels are behind the run, and brings them up to date."""

    def __init__(self, session: Session, inspection: Inspection, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._inspection = session, inspection
        self._fresh: set[str] = set()  # the panels that show the present state
        self._portrait: Portrait | None = None
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
            portrait = self._portrait_of(shown)
            self._inspection.fit(portrait.sizes, portrait.t.size)

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
            portrait = self._portrait_of(shown)
            self._fresh.add(name)
            panel.show_portrait(portrait)

    def _portrait_of(self, shown: Snapshot) -> Portrait:
        """The same for all panels, as each of them has some of it computed."""
        if self._portrait is None or self._portrait.snapshot is not shown:
            self._portrait = Portrait(shown)
        return self._portrait

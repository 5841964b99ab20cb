"""The run up to the snapshot that is shown, as a project to export."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from curvegui.core.language.text import mark
from curvegui.core.learner.learner import Snapshot
from curvegui.core.run.record import RunRecord
from curvegui.files.project.project import Project
from curvegui.session.document.document import Document
from curvegui.session.run.session import Session
from curvegui.ui.actions.services import Services
from curvegui.ui.documents.actions import DocumentActions

NO_RUN = mark("The run could not be recorded. Press Run or Reset, then try again.")


class ShownRun(QObject):
    """Asks the trainer's thread for the run up to the snapshot ``shown``; the run goes on meanwhile. ``document`` has
    the name and the appearance of the project. ``project`` is None until ``arrived`` is emitted, and stays None if the
    run could not be recorded."""

    arrived = Signal()

    def __init__(self, session: Session, document: Document, shown: Snapshot, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project: Project | None = None
        self._has_arrived = False
        self._origin, self._appearance = document.run_file.origin, document.appearance
        session.captured.connect(self._take)
        self._question = object()  # not this object itself, which must not end in the trainer's thread
        session.capture(self._question, shown.iteration)

    @Slot(object, object)
    def _take(self, question: object, record: RunRecord | None) -> None:
        if question is not self._question:
            return
        if record is not None:
            self.project = self._origin.project(record, self._appearance)
        self._has_arrived = True
        self.arrived.emit()

    def then(self, act: Callable[[Project | None], object]) -> None:
        """Call ``act`` with the project, or with None, once it has arrived; this object is deleted then."""
        if self._has_arrived:
            self.deleteLater()
            act(self.project)
        else:
            self.arrived.connect(partial(self.then, act))


def shown_run(services: Services, parent: QObject) -> ShownRun | None:
    """The run up to the snapshot that is shown, which arrives soon; None before the first snapshot."""
    documents: DocumentActions = services.features["documents"]
    shown = services.session.shown
    return ShownRun(services.session, documents.document, shown, parent) if shown is not None else None

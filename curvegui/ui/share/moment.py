"""What is shared: the snapshot that was shown when Share was opened, and its run, which arrives a little later."""

from collections.abc import Callable
from functools import cached_property, partial
from typing import Self

from PySide6.QtCore import QObject, Signal, Slot

from curvegui.core.language.text import mark
from curvegui.core.learner.caption import caption
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.recording import TrailCurves
from curvegui.core.run.record import RunRecord
from curvegui.core.run.replay import last_snapshot
from curvegui.figure.drawing.figure import CanvasView, Figure
from curvegui.figure.drawing.target_drawing import TargetDrawing
from curvegui.figure.picture.contact_sheet import NOTHING
from curvegui.files.disk.portable_name import portable_stem
from curvegui.files.project.project import Project
from curvegui.ui.actions.services import Services

NO_RUN = mark("The run could not be recorded. Press Run or Reset, then try again.")


class Moment(QObject):
    """A snapshot with its trail; with a ``view``, as the canvas showed it. ``project`` is None until ``arrived`` is
    emitted, and stays None if the run could not be recorded."""

    arrived = Signal()

    def __init__(
        self, services: Services, snapshot: Snapshot, trail: TrailCurves, project: Project | None = None
    ) -> None:
        super().__init__(services.window)
        self.services, self.snapshot, self.trail, self.project = services, snapshot, trail, project
        self.view: CanvasView | None = None
        self._question: object = None
        self._record_of: Callable[[RunRecord], Project] = Project
        self.has_arrived = project is not None

    @classmethod
    def shown(cls, services: Services, *, with_run: bool = True) -> Self | None:
        """The snapshot that is shown; None before the first snapshot. Its run is asked for, and goes on meanwhile."""
        session, snapshot = services.session, services.session.shown
        if snapshot is None:
            return None
        made = cls(services, snapshot, session.received.trail.since(-1, last=snapshot.iteration))
        made.view, made._question = services.canvas.as_view(), object()  # not the moment, which must end in this thread
        document = services.features["documents"].document
        made._record_of = partial(document.run_file.origin.project, appearance=document.appearance)
        if with_run:
            session.captured.connect(made._take)
            session.capture(made._question, snapshot.iteration)
        return made

    @classmethod
    def of_record(cls, services: Services, record: RunRecord) -> Self:
        """The end of another run than the window's."""
        return cls(services, last_snapshot(record), record.trail, Project(record))

    @property
    def is_of_window(self) -> bool:
        return self.view is not None

    @cached_property
    def figure(self) -> Figure:
        trail = self.trail.curves if len(self.trail) else NOTHING
        target = TargetDrawing.of(self.snapshot.target)
        return Figure(target, trail, self.snapshot.smooth_fit(), caption(self.snapshot))

    @property
    def name(self) -> str:
        """A name for files, without an ending: "heart-30000"."""
        return f"{portable_stem(self.snapshot.target.name, 'curve')}-{self.snapshot.iteration}"

    @Slot(object, object)
    def _take(self, question: object, record: RunRecord | None) -> None:
        if question is self._question:
            self.project = self._record_of(record) if record is not None else None
            self.has_arrived = True
            self.arrived.emit()

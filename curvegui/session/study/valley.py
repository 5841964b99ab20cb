"""The valley of the run: the cost over a plane, the path of the run in it, and where the run is now.

A survey, in a thread of the pool, finds all three from a record of the run. The plane is taken anew only where a person
wants that, where there is another network, or while the path is short.
"""

from dataclasses import dataclass
from threading import Event

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from curvegui.core.arrays import FloatArray
from curvegui.core.cancellation import Cancelled, check_cancelled
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.language.text import mark, tr
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.target import build_target
from curvegui.core.network.parts import Parameter
from curvegui.core.run.record import RunRecord
from curvegui.core.run.replay import what_is_built
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.valley.plane import LEAST_WEIGHT, Plane, Region, path_of
from curvegui.core.valley.surface import Surface, surfaces
from curvegui.session.jobs.job import Job
from curvegui.session.run.gate import Gate
from curvegui.session.run.session import Session

Axes = tuple[Parameter, Parameter]


@dataclass(frozen=True, eq=False)
class Ground:
    """The plane, and the path in it: what a survey finds before it computes any cost."""

    plane: Plane
    held: float  # the share of the path that the plane holds
    path: FloatArray  # shape (m, 2): the points of the path


class Survey(Job):
    """Finds the plane, the path in it, and the cost (of ``config``'s target) over it; a known plane or cost is kept."""

    def __init__(
        self,
        record: RunRecord,
        config: TrainingConfig,
        axes: Axes | None,
        plane: Plane | None,
        surface: Surface | None,
        *,
        gate: Gate,
    ) -> None:
        super().__init__(self._look, is_only_seen=True)
        self.stopping = Event()
        self._record, self._config, self._axes = record, config, axes
        self._plane, self._surface, self._gate = plane, surface, gate

    def _look(self) -> None:
        """Report a `Ground`, then each finer `Surface`; nothing where the path is too short. Runs in the pool."""
        path, present = path_of(self._record), self._record.parameters
        plane = self._plane
        if plane is None and self._axes is not None:
            first, second = (axis.index_in(self._record.config.sizes) for axis in self._axes)
            plane = Plane.of_parameters(present, first, second)
        elif plane is None:
            plane = Plane.of_path(path, present)
        if plane is not None:
            ground = Ground(plane, plane.held(path), plane.project(path))
            if self._surface is not None and self._surface.region.holds(ground.path):
                self.report(ground)
            else:
                config, region = self._config, Region.around(ground.path, LEAST_WEIGHT if self._axes else 0.0)
                found = surfaces(config, build_target(config), plane, region, self._go_on)
                for number, surface in enumerate(found):
                    if number == 0:  # with it, so that nothing is seen by itself
                        self.report(ground)
                    self.report(surface)

    def _go_on(self) -> None:
        check_cancelled()
        if self.stopping.is_set():
            raise Cancelled
        self._gate.wait()


JUMP = mark("Jump in the valley")
LATER, LATER_ITERATIONS = 1.5, 200  # times the iterations at the last survey, and more: the path has become another one
FRAMES = 3  # keyframes with which a path that goes to and fro has a plane
SHORT = 20  # networks of a path: its plane is taken anew as it grows
ROUNDING = 1e-6  # of the largest weight: a network that is nearer to the plane lies in it
MOST_POINTS = 1_200  # of the path on the screen


class Valley(QObject):
    """What is known of the valley; ``follow`` keeps it up to date, and ``changed`` says that a survey has found more.

    Without ``axes``, the plane is that of the path. ``ball`` is the point of the network that is looked at, shape (2,),
    and ``cost`` the cost of this network, which is not that of the surface where the network ``is_beside`` the plane. A
    path has no plane where it ``is_too_short``, or ``is_line``: it leads along a line, or nowhere."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._label = session, object()
        self.axes: Axes | None = None
        self.ground: Ground | None = None
        self.surface: Surface | None = None
        self.path = np.empty((0, 2))
        self.ball: FloatArray | None = None
        self.cost = 0.0
        self.is_beside = self.is_too_short = self.is_line = self._is_short = False
        self._frames = 0  # of the run that is surveyed
        self._survey: Survey | None = None
        self._is_behind, self._is_asked, self._has_grown, self._retakes = True, False, False, False
        self._built: tuple[object, ...] = ()
        self._sizes: tuple[int, ...] = ()
        self._seen: Snapshot | None = None
        self._surveyed_at = self._latest = 0
        session.captured.connect(self._begin_survey)
        session.about_to_leave.connect(self._leave)
        session.renewed.connect(self.take_again)

    @property
    def is_computing(self) -> bool:
        return self._survey is not None or self._is_asked or self._is_behind

    @property
    def lowest(self) -> tuple[FloatArray, float] | None:
        """The point of the plane, shape (2,), with the lowest known cost, and that cost; it may be the ball."""
        if self.surface is None:
            return None
        point, cost = self.surface.lowest
        ball = None if self.is_beside else self.ball
        return (point, cost) if ball is None or cost < self.cost else (ball, self.cost)

    # What a person does

    def choose(self, axes: Axes | None) -> None:
        self.axes = axes
        self.take_again()

    @Slot()
    def take_again(self) -> None:
        """Choose the plane again, through the network as it is when the survey begins."""
        self.stop()
        self.ground, self.surface, self.ball, self.path = None, None, None, np.empty((0, 2))
        self.is_too_short = self.is_line = False
        self._let_go()
        self.look_again()
        self.changed.emit()

    def look_again(self) -> None:
        self._is_behind = True
        self._ask()

    @Slot()
    def _leave(self) -> None:
        """Note that another run comes: none of it has been seen, and a record on its way is of the run before."""
        self._latest = 0
        self._let_go()

    def _let_go(self) -> None:
        self._label, self._is_asked, self._is_behind = object(), False, True

    def jump(self, point: FloatArray) -> None:
        """Go on with the network at a point, shape (2,); raises ``ValueError`` with a sentence for people."""
        if self.ground is not None:
            self._session.history.release()  # two jumps are two changes
            self._session.set_all_parameters(self.ground.plane.at(point[np.newaxis])[0], tr(JUMP))

    # The run

    def follow(self, inspected: InspectedSnapshot) -> None:
        """Take note of the network that is looked at and of its target, and ask for a survey if one is due."""
        snapshot, config = inspected.snapshot, inspected.snapshot.config
        if inspected.sizes != self._sizes:
            self._sizes = inspected.sizes
            if self.axes and not all(axis.is_in(self._sizes) for axis in self.axes):
                self.axes = None
            self.take_again()
        if what_is_built(config) != self._built:  # another target, say
            self.stop()
            self._built, self.surface, self._is_behind = what_is_built(config), None, True
        self._seen = snapshot
        self._roll()
        if self._session.time.past is None:
            self._note_live(snapshot.iteration)
        self._ask()

    def _ask(self) -> None:
        """Ask for a record, if a survey is due and somebody has looked: a run at rest shows nothing new."""
        if self._is_behind and not self._is_asked and self._survey is None and self._sizes:
            self._is_asked, self._is_behind, self._surveyed_at = True, False, self._latest
            self._retakes, self._has_grown = self._is_short and self._has_grown, False
            self._session.capture(self._label)

    def _roll(self) -> None:
        if self.ground is not None and self._seen is not None:
            self.ball = self.ground.plane.project(self._seen.parameters[np.newaxis])[0]
            self.cost = self._seen.cost
            away = np.abs(self._seen.parameters - self.ground.plane.at(self.ball[np.newaxis])[0]).max()
            self.is_beside = bool(away > ROUNDING * np.abs(self._seen.parameters).max())

    def _note_live(self, iteration: int) -> None:
        """Let the path grow; survey again where it has grown by much, leads out of sight, or was taken back."""
        is_out = False
        if self.ball is not None and not self._is_behind and iteration > self._latest:
            self.path = np.vstack([self.path, self.ball])[:: 2 if len(self.path) > MOST_POINTS else 1]
            is_out = self.surface is not None and not self.surface.region.holds(self.ball[np.newaxis])
        if is_out or iteration > LATER * self._surveyed_at + LATER_ITERATIONS:
            self._is_behind = self._has_grown = True
        self._is_behind |= iteration < self._latest
        self._latest = iteration

    @Slot(object, object)
    def _begin_survey(self, label: object, record: RunRecord | None) -> None:
        if label is not self._label:
            return
        self._is_asked = False
        seen = self._seen
        if record is None or seen is None or record.config.sizes != self._sizes:
            self._is_behind = True
            return
        self._frames = len(record.keyframes)
        known = None if self._retakes else self.ground
        plane, surface = (known.plane, self.surface) if known is not None else (None, None)
        self._survey = survey = Survey(record, seen.config, self.axes, plane, surface, gate=self._session.gate)
        survey.reported.connect(self._take_news)
        survey.ended.connect(self._end)
        survey.start()

    @Slot(object)
    def _take_news(self, news: Ground | Surface) -> None:
        if isinstance(news, Surface):
            self.surface = news
        else:
            if self.ground is None or news.plane is not self.ground.plane:
                self.surface, self._is_short = None, self.axes is None and len(news.path) < SHORT
            self.ground, self.path = news, news.path
            self._roll()
            if self.ball is not None and self._session.time.past is None:  # it has rolled on since the record
                self.path = np.vstack([self.path, self.ball])
        self.changed.emit()

    @Slot(object, object)
    def _end(self, result: object, error: Exception | None) -> None:
        self._survey = None
        self.is_too_short = self.ground is None and self._frames < FRAMES
        self.is_line = self.ground is None and not self.is_too_short
        self._ask()
        self.changed.emit()

    @Slot()
    def stop(self) -> None:
        survey, self._survey = self._survey, None
        if survey is not None:
            survey.blockSignals(True)
            survey.stopping.set()

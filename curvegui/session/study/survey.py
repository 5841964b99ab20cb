"""A survey of the valley, in a thread of the pool: the plane, the path in it, and the cost over it, ever finer."""

from contextlib import suppress
from dataclasses import dataclass
from threading import Event

from curvegui.core.arrays import FloatArray
from curvegui.core.cancellation import check_cancelled
from curvegui.core.learner.target import build_target
from curvegui.core.network.parts import Parameter
from curvegui.core.run.record import RunRecord
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.valley.plane import Plane, path_of
from curvegui.core.valley.region import LEAST_WEIGHT, Region
from curvegui.core.valley.surface import Surface, surfaces
from curvegui.session.jobs.job import Job
from curvegui.session.run.gate import Gate

Axes = tuple[Parameter, Parameter]


@dataclass(frozen=True, eq=False)
class Ground:
    """What a survey finds before it computes any cost."""

    plane: Plane
    held: float  # the share of the path that the plane holds
    path: FloatArray  # shape (m, 2): the places of the path


class _StoppedError(Exception):
    """Nobody waits for this survey any more."""


class Survey(Job):
    """Finds the plane, unless there is one, the path in it, and the cost over it, unless that is known.

    The cost is that of ``config``, whose network has the sizes of the record's: the run may have had other targets.
    """

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
        """Called in a thread of the pool; tells a `Ground`, then each finer `Surface`; nothing of too short a path."""
        path = path_of(self._record)
        plane = self._plane or self._taken(path)
        if plane is not None:
            ground = Ground(plane, plane.held(path), plane.project(path))
            if self._surface is not None and self._surface.region.holds(ground.path):
                self.tell(ground)
            else:
                with suppress(_StoppedError):
                    self._compute(ground)

    def _taken(self, path: FloatArray) -> Plane | None:
        config, present = self._record.config, self._record.parameters
        if self._axes is None:
            return Plane.of_path(path, present)
        first, second = (axis.place_in(config.sizes) for axis in self._axes)
        return Plane.of_parameters(present, first, second)

    def _compute(self, ground: Ground) -> None:
        config, region = self._config, Region.around(ground.path, LEAST_WEIGHT if self._axes else 0.0)
        for number, surface in enumerate(surfaces(config, build_target(config), ground.plane, region, self._go_on)):
            if number == 0:  # with it, so that nothing is seen by itself
                self.tell(ground)
            self.tell(surface)

    def _go_on(self) -> None:
        check_cancelled()
        if self.stopping.is_set():
            raise _StoppedError
        self._gate.wait()

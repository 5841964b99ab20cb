"""What travels from the worker to the window: one value, the latest, never a queue."""

from dataclasses import dataclass, replace
from enum import Enum
from threading import Lock
from typing import TYPE_CHECKING

from curvegui.core.arrays import FloatArray
from curvegui.core.engine.backend import NUMPY, Backend
from curvegui.core.language.text import mark
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.recording import CostHistory, Trail, TrailCurves

if TYPE_CHECKING:  # loaded after the first painting
    from curvegui.core.diagnosis.finding import Diagnosis


class Phase(Enum):
    """The state of a run, with its name in words.

    ::

        PAUSED --run--> LEARNING --goal reached--> FINISHED --run--> LEARNING
          ^               |  |
          +----pause------+  +--numbers ran away--> DIVERGED --setting changed--> LEARNING
                             +--exception---------> FAILED   --reset---------> LEARNING
    """

    PAUSED = mark("Paused")
    LEARNING = mark("Learning")
    FINISHED = mark("Finished")
    DIVERGED = mark("Stopped: the numbers overflowed")
    FAILED = mark("Stopped by an error")

    @property
    def is_learning(self) -> bool:
        return self is Phase.LEARNING


@dataclass(frozen=True)
class Delivery:
    """A snapshot of a run, and what has been recorded since the last delivery that was collected."""

    run: int  # its number; a reset starts another one
    command: int  # the number of the last command that the worker had carried out
    phase: Phase
    snapshot: Snapshot
    trail: TrailCurves  # the new curves
    trail_spacing: int  # how far the trail has been thinned: see `Trail.spacing`
    costs: FloatArray  # shape (m, 2), made read-only: the new rows (iteration, cost)
    test_costs: FloatArray  # shape (k, 2), made read-only: the new rows (iteration, test cost)
    since: int  # what is new comes after this iteration, and what the receiver has of later ones is void; -1: it is all
    goal: int  # the iteration at which the run will finish
    rate: float  # iterations a second, of late
    best: tuple[int, float]  # the iteration with the lowest recorded cost since the target last changed, and that cost
    diagnosis: "Diagnosis | None"
    edit: int | None = None  # the last iteration at which parameters were set by hand, which has changed its costs
    backend: Backend = NUMPY  # what computes the run at present
    stopped_by: str = ""  # which rule has finished it, in words, or nothing

    def __post_init__(self) -> None:
        self.costs.flags.writeable = self.test_costs.flags.writeable = False

    @property
    def drawn_until(self) -> int:
        """The iteration up to which the receiver's curves hold; setting parameters by hand changes costs alone."""
        return self.since + 1 if self.since + 1 == self.edit else self.since

    def after(self, iteration: int) -> "Delivery":
        fresh = self.trail.iterations > iteration
        trail = TrailCurves(self.trail.iterations[fresh], self.trail.curves[fresh])
        costs, test_costs = (rows[rows[:, 0] > iteration] for rows in (self.costs, self.test_costs))
        return replace(self, trail=trail, costs=costs, test_costs=test_costs, since=iteration)


class Received:
    """The trail, the costs and the test costs of the present run, as far as they have been delivered."""

    def __init__(self) -> None:
        self.trail, self.costs, self.test_costs = Trail(), CostHistory(), CostHistory()

    def add(self, delivery: Delivery) -> None:
        if delivery.since < 0:
            self.trail, self.costs, self.test_costs = Trail(), CostHistory(), CostHistory()
        for recorded in (self.trail, self.costs, self.test_costs):
            recorded.forget_after(delivery.since)
        if self.trail.spacing != delivery.trail_spacing:
            self.trail = self.trail.thinned_to(delivery.trail_spacing)
        self.trail.extend(delivery.trail)
        self.costs.extend(delivery.costs)
        self.test_costs.extend(delivery.test_costs)


class Mailbox:
    """Holds the latest delivery, on its way from the trainer's thread to the window; the window is notified once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._delivery: Delivery | None = None
        self._collected: tuple[int, int] = (-1, -1)

    def collected(self) -> tuple[int, int]:
        """The run and the iteration up to which the window has everything that was recorded; -1 for none."""
        with self._lock:
            return self._collected

    def put(self, delivery: Delivery) -> bool:
        """Replace the waiting delivery by another one; return whether the window needs a notice.

        If the window has collected a delivery while this one was prepared, nothing is brought to it twice. If the
        window has been to another run meanwhile, it lacks what this delivery builds on, which is then dropped: the
        command that brought the window back is on its way, and will be answered with another delivery."""
        with self._lock:
            run, iteration = self._collected
            known = iteration - 1 if iteration == delivery.edit else iteration
            if delivery.since >= 0 and delivery.run != run:
                return False
            if delivery.run == run:
                if delivery.since < 0 or delivery.snapshot.iteration < iteration:  # from the start, or taken back
                    self._collected = (run, delivery.since)
                elif delivery.since < known:
                    delivery = delivery.after(known)
            needs_notice = self._delivery is None
            self._delivery = delivery
            return needs_notice

    def take(self, run: int) -> Delivery | None:
        """Take the delivery out if it is of this run; that of another run is dropped, and counts as not collected."""
        with self._lock:
            delivery, self._delivery = self._delivery, None
            if delivery is None or delivery.run != run:
                return None
            self._collected = (delivery.run, delivery.snapshot.iteration)
            return delivery

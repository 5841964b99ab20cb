"""What travels from the worker to the window: one value, the latest, never a queue."""

from dataclasses import dataclass, replace
from threading import Lock

from curvegui.core.arrays import FloatArray
from curvegui.core.diagnosis.diagnosis import Diagnosis
from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.recording import TrailCurves
from curvegui.session.run.phase import Phase


@dataclass(frozen=True)
class Delivery:
    """A snapshot, and what has been recorded since the last delivery that was collected.

    Attributes
    ----------
    run : int
        Which run it belongs to; a reset starts another one.
    command : int
        The number of the last command that the worker had carried out.
    phase : Phase
    snapshot : Snapshot
    trail : TrailCurves
        New curves of the trail.
    trail_spacing : int
        How far the trail has been thinned: see `Trail.spacing`.
    costs : ndarray, shape (m, 2), made read-only
        New (iteration, cost) rows.
    test_costs : ndarray, shape (k, 2), made read-only
        New (iteration, test cost) rows.
    since : int
        The iteration after which these begin, and up to which the receiver has them already: what it has of later
        iterations has been taken back. -1 where they are all there is.
    goal : int
        The iteration at which the run will finish.
    rate : float
        Iterations a second, of late.
    best : (int, float)
        The iteration with the lowest recorded cost since the target last changed, and that cost.
    diagnosis : Diagnosis or None
    cut : int or None
        The latest iteration at which parameters were set by hand: what is recorded of it may have changed since it was
        collected.
    arithmetic : Arithmetic
        What computes the run at present.
    stopped_by : str
        Which rule has finished it, in words, or nothing.
    """

    run: int
    command: int
    phase: Phase
    snapshot: Snapshot
    trail: TrailCurves
    trail_spacing: int
    costs: FloatArray
    test_costs: FloatArray
    since: int
    goal: int
    rate: float
    best: tuple[int, float]
    diagnosis: Diagnosis | None
    edit: int | None = None
    arithmetic: Arithmetic = USUAL
    stopped_by: str = ""

    def __post_init__(self) -> None:
        self.costs.flags.writeable = self.test_costs.flags.writeable = False

    @property
    def drawn_until(self) -> int:
        """The iteration up to which the receiver's curves hold; setting parameters by hand changes costs alone."""
        return self.since + 1 if self.since + 1 == self.edit else self.since

    def after(self, iteration: int) -> "Delivery":
        """The same without what is recorded up to an iteration, which the receiver has."""
        trail, costs, test_costs = self.trail, self.costs, self.test_costs
        fresh = trail.iterations > iteration
        return replace(
            self,
            trail=TrailCurves(trail.iterations[fresh], trail.curves[fresh]),
            costs=costs[costs[:, 0] > iteration],
            test_costs=test_costs[test_costs[:, 0] > iteration],
            since=iteration,
        )


class Mailbox:
    """Room for one delivery between two threads.

    However late the receiver is, it finds the newest delivery, and it is notified once: a queue that holds
    every snapshot would grow without bound and show old pictures.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._delivery: Delivery | None = None
        self._collected: tuple[int, int] = (-1, -1)

    def collected(self) -> tuple[int, int]:
        """Run and iteration up to which the receiver has what was recorded; -1 for none."""
        with self._lock:
            return self._collected

    def put(self, delivery: Delivery) -> bool:
        """Leave a delivery in place of the one before; return whether the receiver needs a notice.

        The receiver may have collected another one while this one was prepared. It is then not brought the same
        twice. If it has been to another run meanwhile, it lacks what the delivery builds on, which is not left
        then: the command that brought the receiver back is on its way and will be answered with another delivery.
        """
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
        """Empty the box; return the delivery if it belongs to this run.

        One that does not is dropped and does not count as collected, so that nothing of its run will be
        missing should that run come back.
        """
        with self._lock:
            delivery, self._delivery = self._delivery, None
            if delivery is None or delivery.run != run:
                return None
            self._collected = (delivery.run, delivery.snapshot.iteration)
            return delivery

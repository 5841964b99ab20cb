"""Any iteration of a run, computed anew from the keyframe before it: the same to the last bit."""

from dataclasses import dataclass
from typing import Protocol

from curvegui.core.arrays import read_only
from curvegui.core.config import TrainingConfig
from curvegui.core.curve import Curve, preset_curve
from curvegui.core.engine import Engine
from curvegui.core.keyframes import Keyframe
from curvegui.core.knob_changes import KnobChanges
from curvegui.core.run_record import RunRecord
from curvegui.core.snapshot import Snapshot

ENGINES_KEPT = 2  # on both sides of a change, as one goes to and fro over it


@dataclass(frozen=True)
class Built:
    """An engine, and the target that it was built for."""

    engine: Engine
    target: Curve


def build_engine(config: TrainingConfig) -> Built:
    """The engine that a config asks for, with parameters of 0."""
    target = preset_curve(config.curve, config.points)
    engine = Engine(config.sizes, config.activation, config.output_activation, target.t, target.points)
    return Built(engine, target)


def last_moment(record: RunRecord) -> Snapshot:
    """What a run shows of itself where its record ends."""
    built = build_engine(record.config)
    built.engine.parameters = record.parameters
    fit, cost = built.engine.evaluate()
    return Snapshot(
        record.config, built.target, record.iteration, cost, read_only(fit), record.parameters, record.diverged
    )


class Recorded(Protocol):
    """What a replay needs to know of a run."""

    @property
    def changes(self) -> KnobChanges:
        """The settings along the run."""
        ...

    def keyframe_before(self, iteration: int) -> Keyframe:
        """The latest keyframe that is not later; raises ``LookupError`` where there is none."""
        ...


class Replayer:
    """Computes iterations anew, on engines of its own."""

    def __init__(self) -> None:
        self._built: dict[object, Built] = {}

    def moment(self, run: Recorded, iteration: int) -> Snapshot:
        """A run as it was at an iteration.

        Raises
        ------
        LookupError
            Where the run does not reach back to it.
        """
        frame = run.keyframe_before(iteration)
        parameters = frame.parameters
        for start, stop, config in run.changes.between(frame.iteration, iteration):
            engine = self._for(config).engine
            engine.parameters = parameters
            engine.run(start, stop - start, config.aggression, config.noise, config.seed)
            parameters = engine.parameters
        config = run.changes.at(iteration)
        built = self._for(config)
        built.engine.parameters = parameters
        fit, cost = built.engine.evaluate()
        return Snapshot(config, built.target, iteration, cost, read_only(fit), read_only(parameters))

    def _for(self, config: TrainingConfig) -> Built:
        key = config.sizes, config.activation, config.output_activation, config.curve, config.points
        built = self._built.pop(key, None) or build_engine(config)
        self._built[key] = built  # the latest used comes last
        while len(self._built) > ENGINES_KEPT:
            del self._built[next(iter(self._built))]
        return built

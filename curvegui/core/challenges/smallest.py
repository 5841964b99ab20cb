"""The smallest network: which runs have reached the goal, with how many parameters, and how soon."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from curvegui.core.curve.curve import Curve
from curvegui.core.language.text import mark
from curvegui.core.network.network import parameter_count
from curvegui.core.run.record import RunRecord, target_since
from curvegui.core.settings.config import TrainingConfig

GOAL = 0.001
LEAST_POINTS = 100  # to train on: fewer are met without drawing the curve
RULES = mark(
    "Reach a cost of {goal:g}, on any curve with at least {least} training points, with as few "
    "weights and biases as you can; frozen ones count too. Noise may be on or off, and a run whose weights "
    "were set by hand is marked."
)


@dataclass(frozen=True)
class SmallNetwork:
    """A run that has reached the goal."""

    curve: str  # a preset's name, or the digest of a curve of the person's own
    title: str  # what people call the curve
    parameters: int
    layers: tuple[int, ...]  # the hidden ones
    activation: str
    output_activation: str
    optimizer: str
    iterations: int  # after which it was first there
    by_hand: bool  # whether somebody has set weights
    date: str  # in UTC
    run: str = ""  # the name of the file that keeps it

    @property
    def kind(self) -> tuple[object, ...]:
        """What tells two networks apart: the list has one network of each kind."""
        return (self.curve, self.layers, self.activation, self.output_activation, self.optimizer, self.by_hand)


def curve_key(config: TrainingConfig) -> str:
    """A key for the curve of a run; two curves of a person's own may have the same name, but not the same key."""
    return config.curve.digest.hex()[:32] if isinstance(config.curve, Curve) else config.curve


def counts(config: TrainingConfig) -> bool:
    return -(-config.points // config.train_one_in) >= LEAST_POINTS


def reached(record: RunRecord, date: str) -> SmallNetwork | None:
    config, (best, lowest) = record.config, record.best
    if lowest > GOAL or not counts(config):
        return None
    since = max(target_since(record.changes), int(record.keyframe_iterations[0]))  # costs before are of others
    there = record.costs[(record.costs[:, 0] > since) & (record.costs[:, 1] <= GOAL), 0]
    return SmallNetwork(
        curve_key(config),
        config.curve_name,
        parameter_count(config.sizes),
        config.hidden,
        config.activation,
        config.output_activation,
        config.optimizer,
        min([best, *map(int, there[:1])]),
        bool(record.edits.size),
        date,
    )


MOST = 10  # of a curve


def ranked(runs: Iterable[SmallNetwork], curve: str) -> list[SmallNetwork]:
    """The runs that learned this curve, best first: fewer parameters, then fewer iterations, then the earlier date."""
    of_curve = (each for each in runs if each.curve == curve)
    return sorted(of_curve, key=lambda each: (each.parameters, each.iterations, each.date))


def with_one_more(runs: Sequence[SmallNetwork], new: SmallNetwork) -> tuple[SmallNetwork, ...] | None:
    """The best runs of each curve, a new run among them; None where the run is no better. Of one kind, the sooner run
    stays."""
    same = next((each for each in runs if each.kind == new.kind), None)
    if same is not None and same.iterations <= new.iterations:
        return None
    others = [each for each in runs if each is not same]
    best = ranked([*others, new], new.curve)[:MOST]
    return (*(each for each in others if each.curve != new.curve), *best) if new in best else None

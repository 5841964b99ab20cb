"""A run whose network is operated on: which operations lead to other layers, and the run that goes on with them."""

from dataclasses import dataclass, replace
from math import isfinite

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.learner.keyframes import KEYFRAME_EVERY, NO_STATE
from curvegui.core.learner.learner import Learner
from curvegui.core.network.network import parameter_count
from curvegui.core.run.operations import (
    AddLayer,
    AddNeurons,
    Operation,
    RemoveLayer,
    RemoveNeurons,
    config_after,
    operated,
)
from curvegui.core.run.record import RunRecord
from curvegui.core.settings.config import TrainingConfig

DENSE_POINTS = 512  # along the curve, beside those that are trained on
MOST_POINTS = 2_000
FEW_POINTS = 64  # for networks of so many parameters that each point takes its time
MANY_PARAMETERS = 200_000
LARGEST_COST = 1e300


@dataclass(frozen=True)
class PlannedOperations:
    """Operations on a run's network, one after the other, and the settings afterwards."""

    config: TrainingConfig
    operations: tuple[Operation, ...]

    @classmethod
    def planned(cls, config: TrainingConfig, *operations: Operation) -> "PlannedOperations":
        """Operations on a network with these settings; raises ``ValueError`` if there cannot be such a network."""
        return cls(config_after(config, operations), operations)

    def on(self, record: RunRecord) -> RunRecord:
        """The run afterwards, with its iteration, its costs and its trail.

        It can be replayed from this iteration on alone: the parameters before belong to another network.
        """
        learner = Learner(self.config)
        t = _points(record, learner.target.t)
        parameters = operated(record.config, self.operations, record.parameters, record.iteration, t)
        evaluation = learner.evaluate(parameters)
        now, cost = record.iteration, evaluation.cost if isfinite(evaluation.cost) else LARGEST_COST
        costs = record.costs
        if not len(costs) or costs[-1, 0] < now:
            costs = np.vstack([costs, [now, cost]])
        return replace(
            record,
            config=self.config,
            parameters=parameters,
            keyframe_iterations=np.array([now], np.int64),
            keyframes=parameters[np.newaxis],
            keyframe_spacing=KEYFRAME_EVERY,
            changes=((now, self.config),),
            costs=costs,
            best=(now, cost),
            safe_iteration=now,
            cost_limit=None,
            diverged=False,
            edits=np.empty(0, np.int64),
            arithmetics=(),
            state=NO_STATE,  # of another network
            states=(),
        )


def _points(record: RunRecord, t: FloatArray) -> FloatArray:
    """Where along the curve the network must draw the same before and after, shape (1, N)."""
    if parameter_count(record.config.sizes) > MANY_PARAMETERS:
        return np.linspace(0, 1, FEW_POINTS)[np.newaxis]
    some = t[:, :: -(-t.size // MOST_POINTS)]
    return np.union1d(np.linspace(0, 1, DENSE_POINTS), some)[np.newaxis]


Layers = tuple[int, ...]


def operations_between(before: Layers, after: Layers) -> tuple[Operation, ...]:
    """The operations that lead from some hidden layers to others, each given by its numbers of neurons.

    Layers are added before the output. Where there are to be fewer, those stay that leave most neurons as they are.
    """
    kept = _kept(before, after)
    operations: list[Operation] = [RemoveLayer(layer) for layer in range(len(before), 0, -1) if layer - 1 not in kept]
    present = [before[index] for index in kept]
    for layer, (has, wanted) in enumerate(zip(present, after, strict=False), start=1):
        if wanted > has:
            operations.append(AddNeurons(layer, wanted - has))
        elif wanted < has:
            operations.append(RemoveNeurons(layer, has - wanted))
    return (*operations, *(AddLayer(neurons) for neurons in after[len(present) :]))


def _kept(before: Layers, after: Layers) -> list[int]:
    """The indices of the layers that stay, ascending."""
    if len(before) <= len(after):
        return list(range(len(before)))
    # cheapest[k]: the cost of making the first k new layers of old ones, and which of the old ones these are
    cheapest: list[tuple[float, list[int]]] = [(0, [])] + [(float("inf"), [])] * len(after)
    for index, neurons in enumerate(before):
        with_it = [
            (cost + abs(neurons - wanted), [*chosen, index])
            for (cost, chosen), wanted in zip(cheapest, after, strict=False)
        ]
        cheapest = [cheapest[0], *(min(pair, key=_cost) for pair in zip(cheapest[1:], with_it, strict=True))]
    return cheapest[-1][1]


def _cost(way: tuple[float, list[int]]) -> float:
    return way[0]

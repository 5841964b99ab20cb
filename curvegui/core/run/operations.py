"""Operations on a trained network: neurons and layers are added and removed, while it draws as before.

An operation says at once which layers, and which frozen parameters, there are afterwards; the parameters are computed
in the trainer's thread.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite, isqrt
from operator import itemgetter
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.cancellation import AT_ONCE
from curvegui.core.learner.learner import Learner
from curvegui.core.learner.recording import KEYFRAME_EVERY, NO_STATE
from curvegui.core.network.inner_layer import finite, fitted, inner_layer
from curvegui.core.network.inserted_layer import layer_before_output
from curvegui.core.network.network import Network, layer_blocks, parameter_count
from curvegui.core.network.noise import growth_normals
from curvegui.core.run.record import RunRecord
from curvegui.core.settings.config import TrainingConfig

MOST_PRODUCTS = 100_000_000  # to try neurons out with: a tenth of a second


def least_important(
    network: Network, t: FloatArray, layer: int, count: int = 1, most_products: int = MOST_PRODUCTS
) -> list[int]:
    """The neurons of a hidden layer (from 1) without which the curve changes least; the least important comes first.

    The mean of such a neuron goes into the biases of the layer after. The curve is looked at where ``t``, shape (1, N),
    says. Neurons that ``most_products`` multiplications are not enough to try out, as in very large networks, are
    judged by how far the weighted sums of the layer after move.
    """
    passed = network.feed_forward(t)
    with np.errstate(all="ignore"):
        varying = passed[layer][1] - passed[layer][1].mean(axis=1, keepdims=True)
        weights = network.layers[layer].weights
        moves = np.nan_to_num(np.square(weights).sum(axis=0) * np.square(varying).sum(axis=1))
        quiet = np.argsort(moves, kind="stable").tolist()
        tried = max(count, most_products // (t.size * parameter_count(network.sizes[layer:])))
        curve, changes = passed[-1][1], dict[int, float]()
        for index in quiet[:tried] if tried > count else []:
            sums = passed[layer + 1][0] - np.outer(weights[:, index], varying[index])
            passing = network.layers[layer].activation(sums)
            for following in network.layers[layer + 1 :]:
                passing = following.activation(following.weights @ passing + following.biases)
            changes[index] = float(np.nan_to_num(np.square(passing - curve).sum(), nan=np.inf))
    ranked = [*sorted(changes, key=changes.__getitem__), *(index for index in quiet if index not in changes)]
    return ranked[:count]


RIDGE = 1e-3  # of the largest singular value: what hardly varies along the curve is given no weight
FEWEST_POINTS = 100  # at which a network must draw as before
DECOMPOSED = 1_000_000_000  # multiplications, or so, of a decomposition: half a second

Blocks = list[NDArray[Any]]
"""One (n, m + 1) block a layer, biases last: of parameters, or of whether they are frozen."""


@dataclass
class Subject:
    """A network to operate on; its config has the layers and the frozen parameters of its blocks."""

    config: TrainingConfig
    blocks: Blocks
    iteration: int
    t: FloatArray  # shape (1, N): where along the curve it must draw as before

    @property
    def network(self) -> Network:
        return Network(self.config.sizes, joined(self.blocks), self.config.activation, self.config.output_activation)


@dataclass(frozen=True)
class AddNeurons:
    """More neurons in a hidden layer, with random weights; the weights that lead on from them are 0 at first."""

    layer: int
    count: int = 1

    def hidden_after(self, hidden: tuple[int, ...]) -> tuple[int, ...]:
        return _resized(hidden, self.layer, hidden[self.layer - 1] + self.count)

    def frozen_after(self, frozen: Blocks) -> Blocks:
        """Nothing of the new neurons is frozen, except weights that lead to a neuron that is frozen whole."""
        width = frozen[self.layer - 1].shape[1]
        whole = np.repeat(frozen[self.layer].all(axis=1, keepdims=True), self.count, axis=1)
        return _with_neurons(frozen, self.layer, np.zeros((self.count, width), np.bool_), whole)

    def operate(self, subject: Subject) -> Blocks:
        present, width = subject.blocks[self.layer - 1].shape
        normals = growth_normals(subject.config.seed, subject.iteration, self.layer, (present + self.count, width))
        following = len(subject.blocks[self.layer])
        return _with_neurons(subject.blocks, self.layer, normals[present:] / 2, np.zeros((following, self.count)))


@dataclass(frozen=True)
class RemoveNeurons:
    """Fewer neurons in a hidden layer; the biases of the layer after take over their mean contribution."""

    layer: int
    count: int = 1
    chosen: tuple[int, ...] = ()  # which ones; if empty, those without which the curve changes least

    def hidden_after(self, hidden: tuple[int, ...]) -> tuple[int, ...]:
        return _resized(hidden, self.layer, hidden[self.layer - 1] - self.count)

    def frozen_after(self, frozen: Blocks) -> Blocks:
        """The parameters frozen afterwards; raises ``ValueError`` where the neurons that go were not chosen."""
        if not self.chosen:
            raise ValueError("Where something is frozen, it must be said which neurons go.")
        return _without_neurons(frozen, self.layer, self.chosen)

    def operate(self, subject: Subject) -> Blocks:
        gone = list(self.chosen or least_important(subject.network, subject.t, self.layer, self.count))
        blocks = [block.copy() for block in subject.blocks]
        means = finite(subject.network.feed_forward(subject.t)[self.layer][1][gone]).mean(axis=1)
        moves = ~frozen_blocks(subject.config)[self.layer][:, -1] if subject.config.frozen else 1.0
        blocks[self.layer][:, -1] += moves * (blocks[self.layer][:, gone] @ means)
        return _without_neurons(blocks, self.layer, gone)


@dataclass(frozen=True)
class AddLayer:
    """A new hidden layer, which is the hidden layer ``layer`` afterwards, or the last one for None. Before the output,
    it passes on what the output neurons sum up; elsewhere, the sums of the layer after it stay nearly as they are."""

    neurons: int
    layer: int | None = None

    def hidden_after(self, hidden: tuple[int, ...]) -> tuple[int, ...]:
        place = self._place(len(hidden))
        return (*hidden[:place], self.neurons, *hidden[place:])

    def _place(self, layers: int) -> int:
        return layers if self.layer is None else self.layer - 1

    def frozen_after(self, frozen: Blocks) -> Blocks:
        """Nothing of the new layer is frozen, nor of the weights that lead on from it."""
        place = self._place(len(frozen) - 1)
        following, width = frozen[place].shape
        shapes = (self.neurons, width), (following, self.neurons + 1)
        return [*frozen[:place], *(np.zeros(shape, np.bool_) for shape in shapes), *frozen[place + 1 :]]

    def operate(self, subject: Subject) -> Blocks:
        config, blocks = subject.config, subject.blocks
        place = self._place(len(config.hidden))
        spare = growth_normals(config.seed, subject.iteration, place + 1, (self.neurons, blocks[place].shape[1])) / 2
        if place == len(config.hidden):
            return [*blocks[:-1], *layer_before_output(subject.network, subject.t, spare)]
        t = _some(subject.t, DECOMPOSED // max(config.sizes) ** 2)
        return [*blocks[:place], *inner_layer(subject.network, place, t, spare), *blocks[place + 1 :]]


@dataclass(frozen=True)
class RemoveLayer:
    """A hidden layer less: the layer after it takes its inputs, with sums as close to the old sums as can be."""

    layer: int

    def hidden_after(self, hidden: tuple[int, ...]) -> tuple[int, ...]:
        return hidden[: self.layer - 1] + hidden[self.layer :]

    def frozen_after(self, frozen: Blocks) -> Blocks:
        """Nothing is frozen of the block that now joins the layers on both sides."""
        joint = np.zeros((len(frozen[self.layer]), frozen[self.layer - 1].shape[1]), np.bool_)
        return [*frozen[: self.layer - 1], joint, *frozen[self.layer + 1 :]]

    def operate(self, subject: Subject) -> Blocks:
        neurons = subject.config.sizes[self.layer - 1]
        most = max(DECOMPOSED // neurons**2, isqrt(DECOMPOSED // neurons))
        passed = subject.network.feed_forward(_some(subject.t, most))
        joint = fitted(finite(passed[self.layer - 1][1]), finite(passed[self.layer + 1][0]), RIDGE)
        return [*subject.blocks[: self.layer - 1], joint, *subject.blocks[self.layer + 1 :]]


Operation: TypeAlias = AddNeurons | RemoveNeurons | AddLayer | RemoveLayer
"""One step. It names the hidden layers and what is frozen afterwards; layer 1 is the first hidden one."""


def config_after(config: TrainingConfig, operations: Sequence[Operation]) -> TrainingConfig:
    """The settings after operations; raises ``ValueError`` if such a network is impossible."""
    for operation in operations:
        after = replace(config, hidden=operation.hidden_after(config.hidden), frozen=())
        if config.frozen:
            left = np.flatnonzero(joined(operation.frozen_after(frozen_blocks(config))))
            after = replace(after, frozen=tuple(left.tolist()))
        config = after
    return config


def operated(
    config: TrainingConfig, operations: Sequence[Operation], parameters: FloatArray, iteration: int, t: FloatArray
) -> FloatArray:
    """The parameters after operations, shape (P,); new neurons depend on the iteration of the run. ``config`` holds
    before the operations; ``t``, shape (1, N), are the inputs at which the network must draw as before: a large network
    only at some."""
    inputs = _some(t, max(AT_ONCE // parameters.size, FEWEST_POINTS))
    subject = Subject(config, layer_blocks(config.sizes, parameters), iteration, inputs)
    for operation in operations:
        subject.blocks = operation.operate(subject)
        subject.config = config_after(subject.config, [operation])
    return finite(joined(subject.blocks))


def _some(t: FloatArray, most: int) -> FloatArray:
    return t[:, :: -(-t.size // most)]


def frozen_blocks(config: TrainingConfig) -> Blocks:
    """Whether each parameter is frozen, as blocks."""
    frozen = np.zeros(parameter_count(config.sizes), np.bool_)
    frozen[list(config.frozen)] = True
    return list(layer_blocks(config.sizes, frozen))  # type: ignore[arg-type]


def joined(blocks: Blocks) -> NDArray[Any]:
    return np.concatenate([block.ravel() for block in blocks])


def _resized(hidden: tuple[int, ...], layer: int, neurons: int) -> tuple[int, ...]:
    return (*hidden[: layer - 1], neurons, *hidden[layer:])


def _with_neurons(blocks: Blocks, layer: int, rows: NDArray[Any], columns: NDArray[Any]) -> Blocks:
    """Blocks with neurons at the end of a layer: the rows that lead to them, the columns that lead from them."""
    own, following = blocks[layer - 1], blocks[layer]
    widened = np.hstack([following[:, :-1], columns, following[:, -1:]])
    return [*blocks[: layer - 1], np.vstack([own, rows]), widened, *blocks[layer + 1 :]]


def _without_neurons(blocks: Blocks, layer: int, gone: Sequence[int]) -> Blocks:
    own, following = np.delete(blocks[layer - 1], gone, axis=0), np.delete(blocks[layer], gone, axis=1)
    return [*blocks[: layer - 1], own, following, *blocks[layer + 1 :]]


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
        """Operations on a network with these settings; raises ``ValueError`` if they lead to no network."""
        return cls(config_after(config, operations), operations)

    def on(self, record: RunRecord) -> RunRecord:
        """The run afterwards, with its iteration, costs and trail; replays of the run begin at this iteration."""
        learner = Learner(self.config)
        t = np.union1d(np.linspace(0, 1, DENSE_POINTS), _some(learner.target.t, MOST_POINTS))
        if record.parameters.size > MANY_PARAMETERS:
            t = np.linspace(0, 1, FEW_POINTS)
        parameters = operated(record.config, self.operations, record.parameters, record.iteration, t[np.newaxis])
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
            backends=(),
            state=NO_STATE,  # of another network
            states=(),
        )


def operations_between(before: tuple[int, ...], after: tuple[int, ...]) -> tuple[Operation, ...]:
    """The operations that lead from some hidden layers to others, given by their numbers of neurons. New layers come
    before the output. Of too many layers, those stay that leave most neurons as they are."""
    left = _layers_left(before, after)
    operations: list[Operation] = [RemoveLayer(layer) for layer in range(len(before), 0, -1) if layer - 1 not in left]
    present = [before[index] for index in left]
    for layer, (has, wanted) in enumerate(zip(present, after, strict=False), start=1):
        if wanted > has:
            operations.append(AddNeurons(layer, wanted - has))
        elif wanted < has:
            operations.append(RemoveNeurons(layer, has - wanted))
    return (*operations, *(AddLayer(neurons) for neurons in after[len(present) :]))


def _layers_left(before: tuple[int, ...], after: tuple[int, ...]) -> list[int]:
    if len(before) <= len(after):
        return list(range(len(before)))
    # cheapest[k]: the cost of making the first k new layers of old ones, and which of the old ones these are
    cheapest: list[tuple[float, list[int]]] = [(0, [])] + [(float("inf"), [])] * len(after)
    for index, neurons in enumerate(before):
        pairs = zip(cheapest, after, strict=False)
        with_it = [(cost + abs(neurons - wanted), [*chosen, index]) for (cost, chosen), wanted in pairs]
        cheapest = [cheapest[0], *(min(pair, key=itemgetter(0)) for pair in zip(cheapest[1:], with_it, strict=True))]
    return cheapest[-1][1]

"""Operations on a trained network: neurons and layers are added and removed, while it draws as before.

An operation says at once what the layers are afterwards, and which parameters are still frozen; the parameters
themselves are computed where the run is, in the trainer's thread.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isqrt
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.cancellation import AT_ONCE
from curvegui.core.network.importance import least_important
from curvegui.core.network.inserted_layer import layer_before_output
from curvegui.core.network.network import Network, layer_blocks, parameter_count
from curvegui.core.network.noise import growth_normals
from curvegui.core.settings.config import TrainingConfig

RIDGE = 1e-3  # of the largest singular value: what hardly varies along the curve is given no weight
LARGEST = 1e100  # numbers of a network that has run away
FEWEST_POINTS = 100  # at which a network must draw as before
DECOMPOSED = 1_000_000_000  # multiplications, or so, of a decomposition: half a second

Blocks = list[NDArray[Any]]
"""One (n, m + 1) block a layer, biases last: of parameters, or of whether they are frozen."""


@dataclass
class Subject:
    """A network that is operated on; its config has the layers and the frozen parameters of its blocks."""

    config: TrainingConfig
    blocks: Blocks
    iteration: int
    t: FloatArray  # shape (1, N): where along the curve it must draw as before

    @property
    def network(self) -> Network:
        """The network as it is."""
        return Network(self.config.sizes, joined(self.blocks), self.config.activation, self.config.output_activation)


class Operation(Protocol):
    """One step; layers are counted as everywhere, 1 is the first hidden one."""

    def hidden_after(self, hidden: tuple[int, ...]) -> tuple[int, ...]:
        """The hidden layers afterwards."""
        ...

    def frozen_after(self, frozen: Blocks) -> Blocks:
        """What is frozen afterwards."""
        ...

    def operate(self, subject: Subject) -> Blocks:
        """The parameters afterwards."""
        ...


@dataclass(frozen=True)
class AddNeurons:
    """More neurons in a hidden layer, with random weights; the next layer's weights for them are 0 at first."""

    layer: int
    count: int = 1

    def hidden_after(self, hidden: tuple[int, ...]) -> tuple[int, ...]:
        return _resized(hidden, self.layer, hidden[self.layer - 1] + self.count)

    def frozen_after(self, frozen: Blocks) -> Blocks:
        """Nothing of the new neurons is frozen, except what leads to a neuron that is frozen whole."""
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
    """Fewer neurons in a hidden layer; the next layer's biases take over what those contributed on average."""

    layer: int
    count: int = 1
    chosen: tuple[int, ...] = ()  # which ones; if empty, those without which the curve changes least

    def hidden_after(self, hidden: tuple[int, ...]) -> tuple[int, ...]:
        return _resized(hidden, self.layer, hidden[self.layer - 1] - self.count)

    def frozen_after(self, frozen: Blocks) -> Blocks:
        """What is frozen afterwards; raises ``ValueError`` where it has not been chosen which neurons go."""
        if not self.chosen:
            raise ValueError("Where something is frozen, it must be said which neurons go.")
        return _without_neurons(frozen, self.layer, self.chosen)

    def operate(self, subject: Subject) -> Blocks:
        gone = list(self.chosen or least_important(subject.network, subject.t, self.layer, self.count))
        blocks = [block.copy() for block in subject.blocks]
        means = _finite(subject.network.feed_forward(subject.t)[self.layer][1][gone]).mean(axis=1)
        moves = ~frozen_blocks(subject.config)[self.layer][:, -1] if subject.config.frozen else 1.0
        blocks[self.layer][:, -1] += moves * (blocks[self.layer][:, gone] @ means)
        return _without_neurons(blocks, self.layer, gone)


@dataclass(frozen=True)
class AddLayer:
    """A layer before the output, which passes on what the output neurons sum up."""

    neurons: int

    def hidden_after(self, hidden: tuple[int, ...]) -> tuple[int, ...]:
        return (*hidden, self.neurons)

    def frozen_after(self, frozen: Blocks) -> Blocks:
        """Nothing of the new layer is frozen, nor of what leads from it to the output."""
        outputs, width = frozen[-1].shape
        return [
            *frozen[:-1],
            np.zeros((self.neurons, width), np.bool_),
            np.zeros((outputs, self.neurons + 1), np.bool_),
        ]

    def operate(self, subject: Subject) -> Blocks:
        config, width = subject.config, subject.blocks[-1].shape[1]
        spare = growth_normals(config.seed, subject.iteration, len(config.hidden) + 1, (self.neurons, width)) / 2
        return [*subject.blocks[:-1], *layer_before_output(subject.network, subject.t, spare)]


@dataclass(frozen=True)
class RemoveLayer:
    """A hidden layer less: the next one sums up the activations before it, as close to its old sums as it can."""

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
        before, sums = _finite(passed[self.layer - 1][1]), _finite(passed[self.layer + 1][0])
        means, middles = before.mean(axis=1, keepdims=True), sums.mean(axis=1, keepdims=True)
        left, singular, right = np.linalg.svd(before - means, full_matrices=False)
        softened = singular / (singular**2 + (RIDGE * singular[0]) ** 2 + np.finfo(float).tiny)
        weights = (sums - middles) @ right.T * softened @ left.T
        joint = np.hstack([weights, middles - weights @ means])
        return [*subject.blocks[: self.layer - 1], joint, *subject.blocks[self.layer + 1 :]]


def config_after(config: TrainingConfig, operations: Sequence[Operation]) -> TrainingConfig:
    """The settings after operations; raises ``ValueError`` if there cannot be such a network."""
    for operation in operations:
        after = replace(config, hidden=operation.hidden_after(config.hidden), frozen=())
        if config.frozen:
            kept = np.flatnonzero(joined(operation.frozen_after(frozen_blocks(config))))
            after = replace(after, frozen=tuple(kept.tolist()))
        config = after
    return config


def operated(
    config: TrainingConfig, operations: Sequence[Operation], parameters: FloatArray, iteration: int, t: FloatArray
) -> FloatArray:
    """The parameters after operations, shape (P,); new neurons depend on the iteration at which the run is.

    ``config`` holds before them; ``t``, shape (1, N), are the places where the network must draw as before. Of many
    places, a large network is only asked at some.
    """
    places = _some(t, max(AT_ONCE // parameters.size, FEWEST_POINTS))
    subject = Subject(config, layer_blocks(config.sizes, parameters), iteration, places)
    for operation in operations:
        subject.blocks = operation.operate(subject)
        subject.config = config_after(subject.config, [operation])
    return _finite(joined(subject.blocks))


def _some(t: FloatArray, most: int) -> FloatArray:
    """At most so many of the places."""
    return t[:, :: -(-t.size // most)]


def frozen_blocks(config: TrainingConfig) -> Blocks:
    """Whether each parameter is frozen, as blocks."""
    frozen = np.zeros(parameter_count(config.sizes), np.bool_)
    frozen[list(config.frozen)] = True
    return list(layer_blocks(config.sizes, frozen))  # type: ignore[arg-type]


def joined(blocks: Blocks) -> NDArray[Any]:
    """Blocks as one vector."""
    return np.concatenate([block.ravel() for block in blocks])


def _resized(hidden: tuple[int, ...], layer: int, neurons: int) -> tuple[int, ...]:
    return (*hidden[: layer - 1], neurons, *hidden[layer:])


def _with_neurons(blocks: Blocks, layer: int, rows: NDArray[Any], columns: NDArray[Any]) -> Blocks:
    """Neurons added at the end of a layer, with the rows that lead to them and the columns that lead from them."""
    own, following = blocks[layer - 1], blocks[layer]
    widened = np.hstack([following[:, :-1], columns, following[:, -1:]])
    return [*blocks[: layer - 1], np.vstack([own, rows]), widened, *blocks[layer + 1 :]]


def _without_neurons(blocks: Blocks, layer: int, gone: Sequence[int]) -> Blocks:
    own, following = np.delete(blocks[layer - 1], gone, axis=0), np.delete(blocks[layer], gone, axis=1)
    return [*blocks[: layer - 1], own, following, *blocks[layer + 1 :]]


def _finite(numbers: FloatArray) -> FloatArray:
    finite: FloatArray = np.clip(np.nan_to_num(numbers), -LARGEST, LARGEST)
    return finite

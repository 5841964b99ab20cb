"""A network's neurons, weights and biases by name. Layer 0 is the input t; rows and columns count from 0."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias


@dataclass(frozen=True, order=True)
class Neuron:
    """A neuron, or the input: number ``index`` of a layer."""

    layer: int
    index: int

    def is_in(self, sizes: Sequence[int]) -> bool:
        """Whether a network of these layer sizes has the neuron."""
        return 0 <= self.layer < len(sizes) and 0 <= self.index < sizes[self.layer]


@dataclass(frozen=True, order=True)
class Parameter:
    """A weight or a bias."""

    layer: int  # the one whose weighted sums it is part of, from 1 on
    row: int  # the neuron that it leads to
    column: int | None = None  # the neuron of the layer before that it comes from; None for a bias

    @property
    def is_bias(self) -> bool:
        """Whether the parameter is a bias."""
        return self.column is None

    @property
    def matrix(self) -> str:
        """The exercise's name of the parameter's matrix: ``"W2"`` or ``"b2"``."""
        return f"{'b' if self.is_bias else 'W'}{self.layer}"

    @property
    def target(self) -> Neuron:
        """The neuron to which the parameter leads."""
        return Neuron(self.layer, self.row)

    @property
    def source(self) -> Neuron | None:
        """The neuron from which the weight comes; None for a bias."""
        return None if self.column is None else Neuron(self.layer - 1, self.column)

    def is_in(self, sizes: Sequence[int]) -> bool:
        """Whether a network of these layer sizes has the parameter."""
        inside = 1 <= self.layer < len(sizes) and 0 <= self.row < sizes[self.layer]
        return inside and (self.column is None or 0 <= self.column < sizes[self.layer - 1])

    def index_in(self, sizes: Sequence[int]) -> int:
        """The index in the flat vector of a network of these sizes; raises ``IndexError`` if it has none."""
        if not self.is_in(sizes):
            raise IndexError(f"A network of layers {tuple(sizes)} has no {self}.")
        start = sum(after * (before + 1) for before, after in pairwise(sizes[: self.layer]))
        width = sizes[self.layer - 1] + 1
        return start + self.row * width + (width - 1 if self.column is None else self.column)


def parameter_at(sizes: Sequence[int], index: int) -> Parameter:
    """The weight or bias at an index of the flat vector; raises ``IndexError`` if there is none."""
    left = index
    for layer, (before, after) in enumerate(pairwise(sizes), start=1):
        row, column = divmod(left, before + 1)
        if 0 <= row < after:
            return Parameter(layer, row, None if column == before else column)
        left -= after * (before + 1)
    raise IndexError(f"A network of layers {tuple(sizes)} has no parameter {index}.")


Part: TypeAlias = Neuron | Parameter
"""Whatever can be pointed at in a network."""


def parameters_of(sizes: Sequence[int]) -> Iterator[Parameter]:
    """Every weight and bias, in the order of the flat vector."""
    for layer, (before, after) in enumerate(pairwise(sizes), start=1):
        for row in range(after):
            yield from (Parameter(layer, row, column) for column in range(before))
            yield Parameter(layer, row)


def incoming(neuron: Neuron, sizes: Sequence[int]) -> list[Parameter]:
    """The weights of a neuron's weighted sum, and its bias last; none for the input."""
    if neuron.layer == 0:
        return []
    weights = [Parameter(neuron.layer, neuron.index, column) for column in range(sizes[neuron.layer - 1])]
    return [*weights, Parameter(neuron.layer, neuron.index)]

"""The chain rule written out for one weight or bias: the factors of its equation, with their present numbers.

For a weight of layer 2 of a network with three layers, as the exercise writes it:

    ∂C/∂W2 = ∂C/∂a3 · ∂a3/∂z3 · ∂z3/∂a2 · ∂a2/∂z2 · ∂z2/∂W2

Each factor is a Jacobian at one training point. The average over the points is that of the products, not the product of
the factors' averages.
"""

from dataclasses import dataclass, replace
from enum import Enum

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot, Update, shares_of, update_of
from curvegui.core.language.text import mark, tr
from curvegui.core.network.network import Network
from curvegui.core.network.parts import Parameter

NUDGE = float(np.finfo(np.float64).eps ** (1 / 3))  # of a parameter of 1: rounding and bending weigh the same


class FactorKind(Enum):
    """The kind of a factor; the value is its formula, in the exercise's words."""

    COST = "2 (a − y)"
    SLOPE = "σ′(z)"
    WEIGHTS = "W"
    INPUT = mark("a of the layer before")
    ONE = "1"


NAMES = dict(zip(FactorKind, ("Ca", "az", "za", "zW", "zb"), strict=True))
"""The letters of a factor's numerator and denominator."""


@dataclass(frozen=True)
class Symbol:
    """A letter with its layer: a, z, W or b; C belongs to no layer."""

    letter: str
    layer: int | None = None


@dataclass(frozen=True, eq=False)
class Factor:
    """One factor of the chain rule for a parameter: a Jacobian at one training point, or its mean over all points, with
    its extremes ``low`` and ``high`` over the points. Of a slope, ``entries`` is the diagonal, shape (1, n).
    ``so_far``, shape (1, columns), is the product of all factors up to here: the backward pass. Only entries in ``row``
    and ``column`` (None: in all) affect the parameter."""

    kind: FactorKind
    layer: int  # of its numerator; the output layer for the cost
    entries: FloatArray
    low: FloatArray
    high: FloatArray
    so_far: FloatArray
    row: int | None = None
    column: int | None = None

    @property
    def numerator(self) -> Symbol:
        """The symbol that is differentiated."""
        return Symbol("C") if self.kind is FactorKind.COST else Symbol(NAMES[self.kind][0], self.layer)

    @property
    def denominator(self) -> Symbol:
        """The symbol with respect to which the numerator is differentiated."""
        return Symbol(NAMES[self.kind][1], self.layer - (self.kind is FactorKind.WEIGHTS))

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the Jacobian at one point."""
        rows, columns = self.entries.shape
        return (columns, columns) if self.kind is FactorKind.SLOPE else (rows, columns)

    @property
    def jacobian(self) -> FloatArray:
        """The whole Jacobian, of ``shape``."""
        return np.diag(self.entries[0]) if self.kind is FactorKind.SLOPE else self.entries


@dataclass(frozen=True, eq=False)
class ChainRule:
    """The equation of a parameter."""

    parameter: Parameter
    sizes: tuple[int, ...]
    point: int | None  # None for the average of all
    points: int  # how many there are
    factors: tuple[Factor, ...]  # from the cost back to the parameter
    product: float  # the parameter's entry of the Jacobian
    tried: float  # the same by a finite difference
    update: Update

    @property
    def difference(self) -> float:
        """How far the product is from the finite difference."""
        return abs(self.product - self.tried)


def chain_rule(inspected: InspectedSnapshot, parameter: Parameter, point: int | None = None) -> ChainRule:
    """The equation of a parameter at a training point, or averaged; raises ``IndexError`` for an unknown parameter or
    point."""
    parameter.index_in(inspected.sizes)
    seen = _columns(inspected, point)
    with np.errstate(all="ignore"):  # a diverged network is diagnosed, not warned about
        factors = _factors(inspected, parameter, seen)
        tried, update = finite_difference(inspected, parameter, point), update_of(inspected, parameter)
    sizes, count, product = inspected.sizes, inspected.t.size, float(factors[-1].so_far[0, 0])
    return ChainRule(parameter, sizes, point, count, tuple(factors), product, tried, update)


def finite_difference(inspected: InspectedSnapshot, parameter: Parameter, point: int | None = None) -> float:
    """How steeply the cost rises with a parameter, found by trying a little larger and a little smaller parameter."""
    seen, index, config = _columns(inspected, point), parameter.index_in(inspected.sizes), inspected.snapshot.config
    t, points = inspected.t[:, seen], inspected.points[:, seen]

    def cost_with(value: float) -> float:
        parameters = inspected.snapshot.parameters.copy()
        parameters[index] = value
        network = Network(inspected.sizes, parameters, config.activation, config.output_activation)
        return sum(share * network.cost(t[:, some], points[:, some]) for some, share in shares_of(t.size))

    here = float(inspected.snapshot.parameters[index])
    nudge = NUDGE * max(1.0, abs(here))
    up, down = here + nudge, here - nudge
    return (cost_with(up) - cost_with(down)) / (up - down)


def _columns(inspected: InspectedSnapshot, point: int | None) -> slice:
    """The indices of the points that are averaged over."""
    if point is None:
        return slice(None)
    if not 0 <= point < inspected.t.size:
        words = mark("There are {size} training points, and no number {point}.")
        raise IndexError(tr(words, size=inspected.t.size, point=point))
    return slice(point, point + 1)


def _factors(inspected: InspectedSnapshot, parameter: Parameter, seen: slice) -> list[Factor]:
    """From the output back to the parameter's layer: through each neuron's slope, then through the weights."""
    last, layers = len(inspected.sizes) - 1, inspected.network.layers
    passed = [(z[:, seen], a[:, seen]) for z, a in inspected.passed]
    dc_da = 2 * (passed[last][1] - inspected.points[:, seen])
    dc_dz = dc_da  # until the first slope
    factors = [Factor(FactorKind.COST, last, *_over_points(dc_da), _mean(dc_da))]
    for layer in range(last, parameter.layer - 1, -1):
        slopes = layers[layer - 1].activation.slope_at(*passed[layer])
        dc_dz = dc_da * slopes
        factors.append(Factor(FactorKind.SLOPE, layer, *_over_points(slopes), _mean(dc_dz)))
        if layer > parameter.layer:
            weights = layers[layer - 1].weights
            dc_da = weights.T @ dc_dz
            factors.append(Factor(FactorKind.WEIGHTS, layer, weights, weights, weights, _mean(dc_da)))
    row = parameter.row
    factors[-1] = replace(factors[-1], row=row, column=row)  # the slope of the parameter's own neuron
    factors[-2] = replace(factors[-2], column=row)  # and what leads to it: all rows, but one column
    return [*factors, _last_factor(parameter, dc_dz[row], passed[parameter.layer - 1][1], dc_dz.shape[0])]


def _last_factor(parameter: Parameter, dc_dz: FloatArray, before: FloatArray, rows: int) -> Factor:
    """∂z/∂W or ∂z/∂b: a parameter changes only the z of its own row, and all other entries are 0."""
    inputs = np.ones(dc_dz.size) if parameter.column is None else before[parameter.column]
    columns = [np.zeros((rows, 1)) for _ in range(3)]
    for column, found in zip(columns, (np.mean(inputs), np.min(inputs), np.max(inputs)), strict=True):
        column[parameter.row] = found
    kind = FactorKind.ONE if parameter.is_bias else FactorKind.INPUT
    product = np.array([[dc_dz @ inputs / dc_dz.size]])
    entries, low, high = columns
    return Factor(kind, parameter.layer, entries, low, high, product, parameter.row, 0)


def _over_points(values: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Mean, smallest and largest over the points, each as one row: from shape (n, K) to three (1, n)."""
    return _mean(values), values.min(axis=1)[np.newaxis, :], values.max(axis=1)[np.newaxis, :]


def _mean(values: FloatArray) -> FloatArray:
    mean: FloatArray = values.mean(axis=1)[np.newaxis, :]
    return mean

"""A layer that hands weighted sums on as they are: what a network grows before its output without forgetting.

A neuron bends what passes through it. Several neurons that bend the same number u at different values can be
summed up so that the bends cancel: u ≈ Σ c_k f(κ (u − γ_k)) + d. With a tiny κ one neuron would do, but its c would
be so large that the next iteration throws the network away: it moves the sum by (c κ f′)² times as much as before
the layer was there, and by the squared activations of the new neurons more. So of the settings that are exact enough,
the gentlest is taken.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import mark
from curvegui.core.network.activations import Activation
from curvegui.core.network.network import OUTPUTS, Network

ERROR = 5e-7  # in the curve
NEW_LAYER = 14  # neurons, seven for each sum: with these the next iteration is as gentle as the one before
WHY_SO_MANY = mark("A layer of {count} neurons: one alone would bend the curve, together they leave it")
SUMS = OUTPUTS  # the neurons of one sum lead to the others too
MOST_PER_SUM = 8  # neurons; more gain nothing
MARGIN = 1.02  # times half the range: what the sums may leave it by before the line bends
U: FloatArray = np.linspace(-MARGIN, MARGIN, 97)  # a sum less its middle, through half its range
SLOPES: FloatArray = np.geomspace(0.1, 6.0, 20).astype(np.float64)  # κ
SPREADS: FloatArray = np.linspace(0.6, 6.0, 13)  # the outermost γ
EXACT = 1e-12
FARTHEST = 1e9
SMALLEST_RANGE = 1e-3  # of a sum that hardly varies


def layer_before_output(network: Network, t: FloatArray, spare: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Blocks, shapes (n, m + 1) and (2, n + 1), of a new last hidden layer and the output, with the same curve at
    ``t``. ``network`` lacks the layer. ``spare``, shape (n, m + 1), are neurons for rows that the curve does not
    need."""
    before, (z, a) = network.feed_forward(t)[-2][1], network.feed_forward(t)[-1]
    hidden, output, used = spare.copy(), np.zeros((OUTPUTS, len(spare) + 1)), 0
    push = 1 + float(np.square(np.clip(before, -1e6, 1e6)).sum(axis=0).mean())
    for row in range(OUTPUTS):
        sums = np.clip(np.nan_to_num(z[row]), -FARTHEST, FARTHEST)
        steepest = float(np.abs(np.nan_to_num(network.layers[-1].activation.slope_at(z[row], a[row]))).max())
        share = (len(spare) + OUTPUTS - 1 - row) // OUTPUTS
        own = relay(sums, share, network.layers[0].activation, push, ERROR / max(steepest, 1e-3))
        own_rows = slice(used, used + len(own.slopes))
        hidden[own_rows] = np.outer(own.slopes, network.layers[-1].block[row])
        hidden[own_rows, -1] += own.shifts
        output[row, own_rows], output[row, -1] = own.gains, own.constant
        used = own_rows.stop
    return hidden, output


@dataclass(frozen=True)
class Relay:
    """Neurons that hand one number on: z ≈ Σ c_k f(w_k z + b_k) + d."""

    slopes: FloatArray  # w, shape (K,)
    shifts: FloatArray  # b, shape (K,)
    gains: FloatArray  # c, shape (K,)
    constant: float  # d

    def __call__(self, z: FloatArray, activation: Activation) -> FloatArray:
        """What comes out for sums, shape (N,)."""
        return self.gains @ activation(self._inner(z)) + self.constant

    def _inner(self, z: FloatArray) -> FloatArray:
        return self.slopes[:, np.newaxis] * z + self.shifts[:, np.newaxis]

    def push(self, z: FloatArray, activation: Activation, before: float) -> float:
        """How far an iteration moves the output, where the input was moved by so much before."""
        inner = self._inner(z)
        outer = activation(inner)
        slopes = activation.slope_at(inner, outer)
        through = np.square(self.gains) @ np.square(slopes)
        own = np.square(outer).sum(axis=0)
        return float(before * through.mean() + SUMS * own.mean())


def relay(z: FloatArray, neurons: int, activation: Activation, push: float, tolerance: float) -> Relay:
    """A relay of a sum with the values ``z``, shape (N,), exact to ``tolerance``, as gentle as possible with so many
    neurons. ``push`` is how far an iteration moved the sum before: the mean of the squared activations and 1."""
    low, high = float(z.min()), float(z.max())
    middle, reach = (low + high) / 2, max((high - low) / 2, SMALLEST_RANGE)
    if neurons == 0:
        return Relay(np.empty(0), np.empty(0), np.empty(0), middle)

    def rank(found: Relay) -> tuple[bool, float]:
        error = float(np.abs(found(U, activation) - U).max())
        if error > tolerance / reach:
            return True, error
        return False, found.push(U, activation, push * reach**2)

    found = min(_candidates(min(neurons, MOST_PER_SUM), activation), key=rank)
    # u = (z - middle) / reach, and z = reach u + middle
    return Relay(
        found.slopes / reach,
        found.shifts - found.slopes * middle / reach,
        found.gains * reach,
        found.constant * reach + middle,
    )


@cache
def _candidates(most: int, activation: Activation) -> tuple[Relay, ...]:
    """Relays of u with so many neurons, or fewer."""
    pair = _fitted(np.array([1.0, -1.0]), np.zeros(2), activation)
    if most > 1 and np.abs(pair(U, activation) - U).max() < EXACT:  # u = relu(u) - relu(-u)
        return (pair,)
    found = []
    for count in {most, most - 1 if most in (2, 4) else most}:  # few that are even are worse than one fewer
        for slope in SLOPES:
            found.append(_fitted(slope * np.arange(1, count + 1), np.zeros(count), activation))  # sines of a series
            for spread in SPREADS:
                centres = np.linspace(-spread, spread, count)
                slopes: FloatArray = np.where(centres < 0, -slope, slope)  # σ(-v) = 1 - σ(v) is small where σ(v) is not
                found.append(_fitted(slopes, -slopes * centres, activation))
    return tuple(found)


def _fitted(slopes: FloatArray, shifts: FloatArray, activation: Activation) -> Relay:
    """The relay with these neurons whose sum is nearest to u."""
    outer = activation(slopes[:, np.newaxis] * U + shifts[:, np.newaxis])
    basis = np.vstack([outer, np.ones_like(U)]).T
    gains: FloatArray = np.linalg.lstsq(basis, U, rcond=1e-14)[0].astype(np.float64)
    return Relay(slopes, shifts, gains[:-1], float(gains[-1]))

"""The curve without some parts of the network, and how much each neuron has to do with a stretch of the curve."""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.network.network import Layer, Network
from curvegui.core.network.parts import Neuron, Parameter, Part


def draw_without(network: Network, t: FloatArray, muted: Collection[Part], soloed: Part | None) -> FloatArray:
    """The curve, shape (2, N), that a network would draw at t, shape (1, N), without some of its parts.

    - A muted neuron passes on 0 instead of its activation; the biases after it stay.
    - A muted weight or bias is 0.
    - A muted output has the weighted sum z = 0, and so the activation of 0: 0.5 for the logistic function.
    - Soloing a neuron mutes the others of its layer; soloing a weight or a bias mutes the other weights into the
      same neuron.
    - A part that is muted and soloed stays muted. The input is never muted; unknown parts are ignored.
    """
    absent = [part for part in ablated(network.sizes, muted, soloed) if part.is_in(network.sizes)]
    neurons = {part for part in absent if isinstance(part, Neuron)}
    blocks = [layer.block.copy() for layer in network.layers]
    for part in absent:
        if isinstance(part, Parameter):
            blocks[part.layer - 1][part.row, -1 if part.column is None else part.column] = 0.0
    a, last = t, len(blocks)
    for number, (layer, block) in enumerate(zip(network.layers, blocks, strict=True), start=1):
        with np.errstate(all="ignore"):  # as in the network's own feed forward
            z = block[:, :-1] @ a + block[:, -1:]
        rows = [neuron.index for neuron in neurons if neuron.layer == number]
        if number == last:
            z[rows] = 0.0
        a = layer.activation(z)
        if number < last:
            a[rows] = 0.0
    return a


def ablated(sizes: tuple[int, ...], muted: Collection[Part], soloed: Part | None) -> set[Part]:
    """All parts that are left out: the muted parts, and those beside the soloed part."""
    absent = set(muted)
    if isinstance(soloed, Neuron) and soloed.is_in(sizes):
        absent |= {Neuron(soloed.layer, index) for index in range(sizes[soloed.layer])} - {soloed}
    elif isinstance(soloed, Parameter) and soloed.is_in(sizes):
        before = range(sizes[soloed.layer - 1])
        absent |= {Parameter(soloed.layer, soloed.row, column) for column in before} - {soloed}
    return absent


Indices = NDArray[np.intp]

LEAST = 1e-12  # of the unit square: a smaller change is rounding
WORK = 60_000  # activations of all changed networks together: more points of a stretch are thinned
FEWEST = 8  # points that a stretch is thinned to


def influence(network: Network, t: FloatArray, stretch: tuple[float, float]) -> list[FloatArray]:
    """How much each neuron has to do with a stretch of the curve, from one t to another; ``t`` has shape (1, N).

    The neuron's activation is replaced by its mean over the whole curve, so that it no longer tells the points of the
    curve apart; the influence is by how much the drawn curve changes on the stretch (root mean square). Where no point
    lies on the stretch, the nearest point counts.

    Returns an array, shape (n,), for each layer after the input, from 0 to 1: 1 is the largest influence of all hidden
    neurons, or of all outputs. All are 0 where nothing changes; an influence that cannot be measured counts as 0.
    """
    passed = network.feed_forward(t)
    low, high = min(stretch), max(stretch)
    points = np.flatnonzero((t[0] >= low) & (t[0] <= high))
    if not points.size:
        points = np.argmin(np.abs(t[0] - (low + high) / 2), keepdims=True)
    sizes = network.sizes
    each = sum(sizes[layer] * sum(sizes[layer + 1 :]) for layer in range(1, len(sizes) - 1))
    most_points = max(FEWEST, WORK // max(each, 1))  # evenly, as many as can be computed in a millisecond or so
    if points.size > most_points:
        points = points[np.linspace(0, points.size - 1, most_points).round().astype(np.intp)]
    found = []
    for number in range(1, len(passed)):
        a = passed[number][1]
        with np.errstate(all="ignore"):
            means = a.mean(axis=1, keepdims=True)
            changed = _draw_changed(network.layers[number:], passed, number, points, means)
            rms = np.sqrt(np.mean(np.sum((changed - passed[-1][1][:, points]) ** 2, axis=1), axis=1))
        found.append(np.where(np.isfinite(rms), rms, 0.0))
    hidden, output = found[:-1], found[-1]
    most = max((float(np.max(each)) for each in hidden), default=0.0)
    return [*(_scaled(each, most) for each in hidden), _scaled(output, float(np.max(output)))]


def _draw_changed(
    after: list[Layer], passed: list[tuple[FloatArray, FloatArray]], number: int, points: Indices, means: FloatArray
) -> FloatArray:
    """The curves, shape (n, 2, M), with each neuron of a layer in turn at its mean."""
    a = passed[number][1][:, points]
    if not after:
        curves = np.repeat(a[np.newaxis], len(a), axis=0)
        for index, mean in enumerate(means):
            curves[index, index] = mean
        return curves
    gone = (means - a)[:, np.newaxis, :]
    z = passed[number + 1][0][:, points] + after[0].weights.T[:, :, np.newaxis] * gone
    changed = after[0].activation(z)
    for layer in after[1:]:
        changed = layer.activation(layer.weights @ changed + layer.biases)
    return changed


def _scaled(values: FloatArray, most: float) -> FloatArray:
    return values / most if most > LEAST else np.zeros_like(values)

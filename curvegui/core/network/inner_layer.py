"""A new layer between two others: what a network grows further in without forgetting.

Its neurons look along the few directions in which the activations before them vary, and move the curve, most. From
these, the layer after puts its sums together again. As before the output, the gentlest of many such layers is taken:
an iteration moves the curve by the squared activations, and by what comes through the weights, and would throw a
sharper layer away.
"""

from collections.abc import Iterator
from itertools import product

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.network.network import OUTPUTS, Network

DIRECTIONS = 1, 2, 3  # that are looked along
SHARES = 3, 6, 10, 14  # neurons that look, as far as there are so many: the others stay as they come
STEEPNESSES = 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0  # of the neurons, over half the range of a direction
WIDTHS = 0.8, 1.0, 1.5, 2.0, 3.0  # from the middle to the outermost neuron, in halves of the range
NEAR = 2e-3  # an error in the curve that is as bad as twice the push
SMALL = 1e-4  # of the largest variation: what varies less is left out
RIDGE = 1e-5  # of the largest singular value: what hardly varies along the curve is given no weight
LOOKED_AT = 100  # places along the curve, at which the neurons are chosen
LARGEST = 1e100  # numbers of a network that has run away


def finite(numbers: FloatArray) -> FloatArray:
    return np.clip(np.nan_to_num(numbers), -LARGEST, LARGEST)


def fitted(inputs: FloatArray, sums: FloatArray, ridge: float = RIDGE) -> FloatArray:
    """The block, shape (n, m + 1), whose sums of the inputs, shape (m, N), are as close as can be to these sums."""
    means, middles = inputs.mean(axis=1, keepdims=True), sums.mean(axis=1, keepdims=True)
    left, singular, right = np.linalg.svd(inputs - means, full_matrices=False)
    softened = singular / (singular**2 + (ridge * singular[0]) ** 2 + np.finfo(float).tiny)
    weights = (sums - middles) @ right.T * softened @ left.T
    return np.hstack([weights, middles - weights @ means])


def inner_layer(network: Network, place: int, t: FloatArray, spare: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Blocks, shapes (n, m + 1) and (p, n + 1), of a new layer behind the layer ``place`` (0 is t), and of the layer
    after it, with nearly the same curve at ``t``, shape (1, N). ``network`` lacks the layer. ``spare``, shape
    (n, m + 1), is the new layer where nothing varies."""
    with np.errstate(all="ignore"):  # a network that has run away is given some layer
        gap = _Gap(network, place, t[:, :: -(-t.size // LOOKED_AT)])
        own = min(gap.candidates(spare), key=gap.rank, default=spare)
        whole = _Gap(network, place, t)
        return own, fitted(whole.through(own)[1], whole.sums)


class _Gap:
    """Where a layer is put in: what reaches it at ``t``, what must leave it, and how far that moves the curve."""

    def __init__(self, network: Network, place: int, t: FloatArray) -> None:
        passed = [(finite(z), finite(a)) for z, a in network.feed_forward(t)]
        self._activation, self._weights = network.layers[0].activation, network.layers[place].weights
        self._before, self.sums = passed[place][1], passed[place + 1][0]
        pairs = list(zip(network.layers, passed[1:], strict=True))
        slopes = [finite(layer.activation.slope_at(*pair)) for layer, pair in pairs]
        pulls = np.eye(OUTPUTS)[:, :, np.newaxis] * slopes[-1]
        for at in range(len(slopes) - 1, place, -1):
            pulls = finite(network.layers[at].weights.T @ pulls * slopes[at - 1])
        self._pulls = pulls  # how far x and y move with the sums after, shape (2, p, N)
        self._slopes_before = slopes[place - 1] if place else np.zeros_like(self._before)
        self._earlier = passed[max(place - 1, 0)][1]

    def candidates(self, spare: FloatArray) -> Iterator[FloatArray]:
        """Layers whose neurons bend at other places along the directions, and bend there more or less."""
        directions = self._directions()
        seen = directions @ self._before
        low, high = seen.min(axis=1), seen.max(axis=1)
        middles, ranges = (low + high) / 2, (high - low) / 2
        shares = dict.fromkeys(min(share, len(spare)) for share in SHARES)
        for count, share in product(DIRECTIONS[: len(directions)], shares):
            along = np.arange(share) % count
            for width, steepness, turn in product(WIDTHS, STEEPNESSES, (1, -1)):
                places = np.empty(share)  # of the bends, in halves of the range
                for each in range(count):
                    places[each::count] = np.linspace(-width, width, len(places[each::count]))
                mirrored = np.where(places < 0, -turn, turn)  # so that σ is small, or its mirror image
                slopes, block = mirrored * steepness / ranges[along], spare.copy()
                block[:share, :-1] = slopes[:, np.newaxis] * directions[along]
                block[:share, -1] = -slopes * (middles[along] + places * ranges[along])
                yield block

    def _directions(self) -> FloatArray:
        """Directions of the activations before, shape (k, m): along the first of them, the curve moves most."""
        means = self._before.mean(axis=1, keepdims=True)
        left, singular, _ = np.linalg.svd(self._before - means, full_matrices=False)
        varied = int((singular > SMALL * singular[0]).sum())
        basis = left[:, :varied] * singular[:varied]
        moved = np.hstack(list(finite(self._weights.T @ self._pulls))).T @ basis
        turned = np.linalg.svd(moved / (np.abs(moved).max() or 1.0), full_matrices=False)[2] if varied else moved.T
        directions: FloatArray = turned / singular[:varied] @ left[:, :varied].T
        return directions

    def through(self, own: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The weighted sums of a new layer, and its activations, shape (n, N)."""
        sums = own[:, :-1] @ self._before + own[:, -1:]
        return sums, finite(self._activation(sums))

    def rank(self, own: FloatArray) -> float:
        """How far an iteration would move the curve through a new layer, the parameters after it and the ones before
        it; more, where the curve is not quite the same."""
        sums, new = self.through(own)
        after = fitted(new, self.sums)
        error = np.abs((self._pulls * (after[:, :-1] @ new + after[:, -1:] - self.sums)).sum(axis=1)).max()
        inner = after[:, :-1].T @ self._pulls * self._activation.slope_at(sums, new)
        before = own[:, :-1].T @ inner * self._slopes_before
        steps = ((self._pulls, new), (inner, self._before), (before, self._earlier))
        push = sum((np.square(pull).sum(axis=(0, 1)) * (1 + np.square(a).sum(axis=0))).mean() for pull, a in steps)
        return float(push * (1 + (error / NEAR) ** 2))

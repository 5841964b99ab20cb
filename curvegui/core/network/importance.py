"""Which neurons of a layer the drawn curve depends on least."""

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.network.network import Network, parameter_count

MOST_PRODUCTS = 100_000_000  # to try neurons out with: a tenth of a second


def least_important(
    network: Network, t: FloatArray, layer: int, count: int = 1, most_products: int = MOST_PRODUCTS
) -> list[int]:
    """The neurons of a hidden layer (from 1) without which the curve changes least; the least important comes first.

    The mean of such a neuron goes into the next layer's biases. The curve is looked at where ``t``, shape (1, N), says.
    Neurons that ``most_products`` multiplications are not enough to try out, as in very large networks, are judged by
    how far the next layer's weighted sums move.
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
            changes[index] = float(
                np.nan_to_num(np.square(_drawn_from(network, layer, sums) - curve).sum(), nan=np.inf)
            )
    return (sorted(changes, key=lambda index: changes[index]) + [index for index in quiet if index not in changes])[
        :count
    ]


def _drawn_from(network: Network, layer: int, sums: FloatArray) -> FloatArray:
    """The curve that follows from the weighted sums of the layer after one."""
    passing = network.layers[layer].activation(sums)
    for following in network.layers[layer + 1 :]:
        passing = following.activation(following.weights @ passing + following.biases)
    return passing

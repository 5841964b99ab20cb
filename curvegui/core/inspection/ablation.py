"""The curve without some of the network's parts: what a muted neuron or weight contributes is seen by its absence."""

from collections.abc import Collection

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.network.network import Network
from curvegui.core.network.parts import Neuron, Parameter, Part


def draw_without(network: Network, t: FloatArray, muted: Collection[Part], soloed: Part | None) -> FloatArray:
    """The curve that a network draws without some of its parts.

    - A muted neuron hands on 0 in place of its activation; the biases after it stay.
    - A muted weight or bias is 0.
    - A muted output has the weighted sum z = 0, and so the activation of that: 0.5 for the logistic function.
    - With a neuron soloed, the others of its layer are muted; with a weight or a bias, the other weights into the
      same neuron are.
    - What is muted stays so where it is soloed as well. The input is always heard, and so is what the network
      does not have.

    Parameters
    ----------
    network : Network
        It stays as it is.
    t : ndarray, shape (1, N)
    muted : collection of Neuron and Parameter
    soloed : Neuron, Parameter or None

    Returns
    -------
    ndarray, shape (2, N)
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
    """All that is not heard: what is muted, and what is beside the soloed part."""
    absent = set(muted)
    if isinstance(soloed, Neuron) and soloed.is_in(sizes):
        absent |= {Neuron(soloed.layer, index) for index in range(sizes[soloed.layer])} - {soloed}
    elif isinstance(soloed, Parameter) and soloed.is_in(sizes):
        before = range(sizes[soloed.layer - 1])
        absent |= {Parameter(soloed.layer, soloed.row, column) for column in before} - {soloed}
    return absent

"""The curve without some parts of the network: what they contribute is seen by leaving them out."""

from collections.abc import Collection

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.network.network import Network
from curvegui.core.network.parts import Neuron, Parameter, Part


def draw_without(network: Network, t: FloatArray, muted: Collection[Part], soloed: Part | None) -> FloatArray:
    """The curve, shape (2, N), that a network draws at t, shape (1, N), without some of its parts; it stays as it is.

    - A muted neuron passes on 0 instead of its activation; the biases after it stay.
    - A muted weight or bias is 0.
    - A muted output has the weighted sum z = 0, and so the activation of that: 0.5 for the logistic function.
    - Soloing a neuron mutes the others of its layer; soloing a weight or a bias mutes the other weights into the
      same neuron.
    - What is muted stays so when it is soloed as well. The input is never muted, and parts that the network does not
      have are ignored.
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
    """All parts that are left out: what is muted, and what is beside the soloed part."""
    absent = set(muted)
    if isinstance(soloed, Neuron) and soloed.is_in(sizes):
        absent |= {Neuron(soloed.layer, index) for index in range(sizes[soloed.layer])} - {soloed}
    elif isinstance(soloed, Parameter) and soloed.is_in(sizes):
        before = range(sizes[soloed.layer - 1])
        absent |= {Parameter(soloed.layer, soloed.row, column) for column in before} - {soloed}
    return absent

"""How each residual, x and y of every point, depends on each weight and bias: the chain rule once for each output."""

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.network.network import OUTPUTS, Network, layer_blocks

JACOBIAN_BYTES = 2**27  # 128 MB; a larger one takes some seconds an iteration


def jacobian_bytes(points: int, parameters: int) -> int:
    """The memory that the Jacobian of all residuals takes."""
    return 8 * OUTPUTS * points * parameters


def residuals(network: Network, t: FloatArray, y: FloatArray) -> FloatArray:
    """a_L - y, all of x, then all of y; shape (2 N,)."""
    return np.ravel(network.draw(t) - y)


def residual_jacobian(network: Network, t: FloatArray) -> FloatArray:
    """d residual / d parameter, shape (2 N, P): rows as ``residuals``, columns as the network's parameters.

    From each output neuron back: da_o/dz_L = σ′(z_o) for that neuron, 0 for the other; on to the layer before times the
    weights and times σ′; to a weight, times the activation before it; to a bias, times 1.

    ``t`` has shape (1, N).
    """
    passed = network.feed_forward(t)
    found = np.empty((network.parameters.size, OUTPUTS, t.size))  # a parameter's row is contiguous
    with np.errstate(all="ignore"):
        slopes = [layer.activation.slope_at(z, a) for layer, (z, a) in zip(network.layers, passed[1:], strict=True)]
        for output in range(OUTPUTS):
            da_dz = np.zeros_like(slopes[-1])
            da_dz[output] = slopes[-1][output]
            _fill(network, found[:, output], passed, slopes, da_dz)
    return found.reshape(-1, OUTPUTS * t.size).T


def _fill(
    network: Network,
    rows: FloatArray,
    passed: list[tuple[FloatArray, FloatArray]],
    slopes: list[FloatArray],
    da_dz: FloatArray,
) -> None:
    """Write what one output's residuals depend on, shape (P, N), from what they do on the last weighted sums."""
    blocks = layer_blocks(network.sizes, np.arange(float(rows.shape[0])))
    for index in range(len(network.layers) - 1, -1, -1):
        a_before = passed[index][1]
        block = rows[int(blocks[index][0, 0]) :][: blocks[index].size].reshape(*blocks[index].shape, -1)
        np.multiply(da_dz[:, np.newaxis], a_before, out=block[:, :-1])
        block[:, -1] = da_dz
        if index:
            da_dz = network.layers[index].weights.T @ da_dz * slopes[index - 1]

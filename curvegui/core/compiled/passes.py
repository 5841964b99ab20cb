"""All points through the network and back, compiled: the sums that make the gradient, and what the network draws.

The features lie in rows and the points in columns, as in ``point_block``, and the same numbers are stored
(``parameter_store``). All layers' rows are in one buffer, a row of ones and rows of zeros below each layer's. A few
columns at a time go up through all layers and back down while they are in registers and in the nearest cache;
the sums over the points follow for a tile of columns.

``plan`` has a row for each layer after the input; its columns are neurons, width, first stored
number, first row below, first row, and activation code.
"""

from typing import Any

from numba import njit

from curvegui.core.compiled.functions import activate, activate_two, inlined
from curvegui.core.compiled.sums import add_totals, total
from curvegui.core.compiled.vectors import lanes, load, multiply_add, narrow, spread, store, wide


@inlined
def _forward(stored: Any, layer: Any, shift: Any, a: Any, slopes: Any, stride: int, column: int, zero: Any) -> None:
    """Some columns through one layer, two neurons at a time."""
    neurons, width = layer[0], layer[1]
    below, above = layer[3] * stride + column, layer[4] * stride + column
    for row in range(0, neurons, 2):
        other = min(row + 1, neurons - 1)
        first, second = layer[2] + row * width, layer[2] + other * width
        u, v = zero, zero
        for k in range(width):
            x = load(a, below + k * stride, zero)
            u = multiply_add(spread(stored, first + k, zero), x, u)
            v = multiply_add(spread(stored, second + k, zero), x, v)
        if other > row:
            activate_two(u, v, layer[5], shift, a, slopes, above + row * stride, above + other * stride)
        else:
            activate(u, layer[5], shift, a, slopes, above + row * stride)


@inlined
def _backward(stored: Any, layer: Any, neurons_below: int, delta: Any, stride: int, column: int, zero: Any) -> None:
    """Turn the slopes of the layer below into its delta, from this layer's; the last of an odd number comes twice."""
    width, below, above = layer[1], layer[3] * stride + column, layer[4] * stride + column
    for k in range(0, neurons_below, 2):
        other = min(k + 1, neurons_below - 1)
        u, v = zero, zero
        for row in range(layer[0]):
            d = load(delta, above + row * stride, zero)
            first = layer[2] + row * width
            u = multiply_add(spread(stored, first + k, zero), d, u)
            v = multiply_add(spread(stored, first + other, zero), d, v)
        u = u * load(delta, below + k * stride, zero)
        v = v * load(delta, below + other * stride, zero)
        store(delta, below + k * stride, u)
        store(delta, below + other * stride, v)


@inlined
def _up(stored: Any, plan: Any, shifts: Any, t: Any, a: Any, slopes: Any, size: Any, zero: Any) -> None:
    """Some columns from the input to the output; size is stride, column, and the column among all points."""
    stride, column, point = size
    store(a, column, load(t, point, zero))
    for layer in range(len(plan)):
        _forward(stored, plan[layer], spread(shifts, layer, zero), a, slopes, stride, column, zero)


@inlined
def _down(stored: Any, plan: Any, targets: Any, live: Any, a: Any, slopes: Any, size: Any, zero: Any) -> None:
    """The same columns' delta, from the output down; it takes the slopes' places."""
    stride, column, point = size
    last = len(plan) - 1
    for row in range(plan[last, 0]):
        place = (plan[last, 4] + row) * stride + column
        error = load(a, place, zero) - load(targets, row * len(live) + point, zero)
        store(slopes, place, error * load(live, point, zero) * load(slopes, place, zero))
    for layer in range(last, 0, -1):
        _backward(stored, plan[layer], plan[layer - 1, 0], slopes, stride, column, zero)


@inlined
def _products(sums: Any, layer: Any, a: Any, delta: Any, stride: int, columns: int, zero: Any) -> None:
    """Add delta · aᵀ of a layer to its sums, for two neurons and four inputs at a time.

    Where the neurons are odd the last one comes twice, as does a pair of inputs where there are but two: the same sums
    are then stored twice, from what was there before.
    """
    neurons, width = layer[0], layer[1]
    step = lanes(zero)
    for row in range(0, neurons, 2):
        other = min(row + 1, neurons - 1)
        d = (layer[4] + row) * stride
        e = (layer[4] + other) * stride
        for k in range(0, width, 4):
            x0 = (layer[3] + k) * stride
            x1 = x0 + stride
            x2 = x1 + stride if width > 2 else x0
            x3 = x2 + stride
            s0, s1, s2, s3, r0, r1, r2, r3 = zero, zero, zero, zero, zero, zero, zero, zero
            for column in range(0, columns, step):
                p, q = load(delta, d + column, zero), load(delta, e + column, zero)
                x = load(a, x0 + column, zero)
                s0, r0 = multiply_add(p, x, s0), multiply_add(q, x, r0)
                x = load(a, x1 + column, zero)
                s1, r1 = multiply_add(p, x, s1), multiply_add(q, x, r1)
                x = load(a, x2 + column, zero)
                s2, r2 = multiply_add(p, x, s2), multiply_add(q, x, r2)
                x = load(a, x3 + column, zero)
                s3, r3 = multiply_add(p, x, s3), multiply_add(q, x, r3)
            first, second = layer[2] + row * width + k, layer[2] + other * width + k
            if width > 2:
                add_totals(sums, first, s0, s1, s2, s3)
                if other > row:
                    add_totals(sums, second, r0, r1, r2, r3)
            else:
                _add_two(sums, first, total(s0), total(s1))
                if other > row:
                    _add_two(sums, second, total(r0), total(r1))


@inlined
def _add_two(sums: Any, place: int, s0: float, s1: float) -> None:
    sums[place] += s0
    sums[place + 1] += s1


@njit(nogil=True)
def add_up(stored: Any, sums: Any, plan: Any, shifts: Any, points: Any, a: Any, slopes: Any) -> None:
    """Fill the sums over all points; points is t, which of them count, targets, and columns a tile."""
    t, live, targets, stride = points
    several, one = wide(t), narrow(t)
    sums[:] = 0
    for start in range(0, len(t), stride):
        columns = min(stride, len(t) - start)
        column = 0
        while column + lanes(several) <= columns:
            size = stride, column, start + column
            _up(stored, plan, shifts, t, a, slopes, size, several)
            _down(stored, plan, targets, live, a, slopes, size, several)
            column += lanes(several)
        while column < columns:
            size = stride, column, start + column
            _up(stored, plan, shifts, t, a, slopes, size, one)
            _down(stored, plan, targets, live, a, slopes, size, one)
            column += lanes(one)
        for layer in range(len(plan)):
            _products(sums, plan[layer], a, slopes, stride, columns, one)


@njit(nogil=True)
def gradient(network: Any) -> None:
    """Fill the sums over all points."""
    add_up(*network)


@njit(nogil=True)
def look(network: Any, curve: Any, curve_slopes: Any) -> None:
    """Fill what the output layer makes of all points, and its slopes there, shape (2, columns)."""
    stored, _, plan, shifts, points, a, slopes = network
    draw(stored, plan, shifts, points, a, slopes, curve, curve_slopes)


@njit(nogil=True)
def draw(stored: Any, plan: Any, shifts: Any, points: Any, a: Any, slopes: Any, curve: Any, curve_slopes: Any) -> None:
    """The same from the parts of a network."""
    t, _, _, stride = points
    one = narrow(t)
    last = len(plan) - 1
    for start in range(0, len(t), stride):
        columns = min(stride, len(t) - start)
        for column in range(0, columns, lanes(one)):
            _up(stored, plan, shifts, t, a, slopes, (stride, column, start + column), one)
        for row in range(plan[last, 0]):
            for column in range(columns):
                place = (plan[last, 4] + row) * stride + column
                curve[row, start + column] = a[place]
                curve_slopes[row, start + column] = slopes[place]

"""The lines where a field of numbers crosses zero: marching squares."""

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray

Edges = NDArray[np.intp]


def contours(field: FloatArray) -> list[FloatArray]:
    """The closed lines around all places where a field is above zero.

    Each pair of neighbouring samples on both sides of zero has a point between them, where the straight line through
    both crosses zero. Each square of four samples joins the points on its edges, clockwise from the edge that leads in
    to the edge that leads out, so the end of one piece is the beginning of another.

    ``field`` has shape (h, w) and finite samples; beyond it everything is below zero. Each line has shape (2, n): x
    (along a row) and y in samples; its first point is not repeated.
    """
    outside = -max(float(np.abs(field).max(initial=0.0)), 1.0)
    padded = np.pad(field, 1, constant_values=outside)
    begins, ends = _pieces(padded)
    following = dict(zip(begins.tolist(), ends.tolist(), strict=True))
    lines = []
    while following:
        edge, after = following.popitem()
        line = [edge]
        while after != edge:
            line.append(after)
            after = following.pop(after)
        lines.append(_crossings(padded, np.array(line)) - 1.0)
    return lines


def _pieces(field: FloatArray) -> tuple[Edges, Edges]:
    """The edges where each piece of a line begins and ends; an edge is a number.

    The edge to the right of sample k is 2 k, the one below it 2 k + 1.
    """
    inside = field > 0
    width = field.shape[1]
    k = np.arange(field.size).reshape(field.shape)[:-1, :-1]
    edges = np.stack([2 * k, 2 * (k + 1) + 1, 2 * (k + width), 2 * k + 1])  # top, right, bottom, left
    corners = np.stack([inside[:-1, :-1], inside[:-1, 1:], inside[1:, 1:], inside[1:, :-1]])  # clockwise
    leads_in = ~corners & np.roll(corners, -1, axis=0)
    leads_out = corners & ~np.roll(corners, -1, axis=0)
    two = np.count_nonzero(leads_in, axis=0) == 2  # opposite corners are inside
    one = np.any(leads_in, axis=0) & ~two
    begins = [np.take_along_axis(edges, np.argmax(leads_in, axis=0)[np.newaxis], 0)[0][one]]
    ends = [np.take_along_axis(edges, np.argmax(leads_out, axis=0)[np.newaxis], 0)[0][one]]
    joined = field[:-1, :-1] + field[:-1, 1:] + field[1:, 1:] + field[1:, :-1] > 0  # the two corners, in the middle
    for side in range(4):
        here = two & leads_in[side]
        begins.append(edges[side][here])
        # where they are joined, a piece goes round the corner outside, which lies before its edge; else inside, after
        ends.append(np.where(joined, edges[side - 1], edges[(side + 1) % 4])[here])
    return np.concatenate(begins), np.concatenate(ends)


def _crossings(field: FloatArray, edges: Edges) -> FloatArray:
    width = field.shape[1]
    first, below = edges // 2, edges % 2
    second = first + np.where(below, width, 1)
    here, there = field.ravel()[first], field.ravel()[second]
    share = here / (here - there)
    return np.stack([first % width + share * (1 - below), first // width + share * below])

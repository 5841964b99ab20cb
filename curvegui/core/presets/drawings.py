"""Curves drawn by hand: a few places each, and a smooth line between them; a sharp corner where two strokes meet."""

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.elementary import arctan2, cos, hypot, sin
from curvegui.core.presets.preset import by_length, preset, smooth


@preset("butterfly", "Butterfly")
@by_length
def butterfly() -> FloatArray:
    """With open wings; from its head, clockwise."""
    head = smooth([(0, 6.9), (0.35, 6.7), (0.3, 6.0)])
    upper = smooth([(0.3, 6.0), (1.3, 7.8), (3.2, 9.5), (5.2, 9.7), (5.7, 8.2), (5.0, 6.2), (3.3, 5.1)])
    lower = smooth([(3.3, 5.1), (4.4, 4.2), (4.6, 2.6), (3.8, 1.1), (2.5, 0.9), (1.3, 2.2), (0.3, 4.2)])
    right = np.column_stack([head, upper, lower, smooth([(0.3, 4.2), (0.25, 3.2), (0, 2.8)])])
    return np.column_stack([right, right[:, ::-1] * [[-1], [1]]])


@preset("fish", "Fish")
@by_length
def fish() -> FloatArray:
    """Swims to the left; from its mouth over its back, clockwise."""
    brow = smooth([(0, 3.0), (0.5, 3.9), (1.5, 4.8), (2.9, 5.4)])
    fin = smooth([(2.9, 5.4), (3.9, 6.5), (5.4, 6.9), (5.2, 6.0), (5.5, 5.1)])
    back = smooth([(5.5, 5.1), (6.7, 4.2), (7.7, 3.55), (8.6, 4.2), (10.0, 5.4)])
    tail = smooth([(10.0, 5.4), (9.4, 4.2), (9.2, 3.1), (9.4, 2.0), (10.0, 0.8)])
    belly = smooth([(10.0, 0.8), (8.6, 2.0), (7.7, 2.65), (6.7, 2.0), (5.4, 1.2)])
    keel = smooth([(5.4, 1.2), (5.3, 0.5), (4.9, -0.1), (4.2, 0.1), (3.5, 0.7)])
    chin = smooth([(3.5, 0.7), (1.8, 1.2), (0.6, 2.1), (0, 3.0)])
    return np.column_stack([brow, fin, back, tail, belly, keel, chin])


@preset("cat", "Cat")
@by_length
def cat() -> FloatArray:
    """Sits and looks at you; from its left ear over its right one, its tail and its paws."""
    ear = smooth([(1.9, 14.6), (2.8, 14.1), (3.75, 13.25)])
    brow = smooth([(3.75, 13.25), (4.75, 13.4), (5.75, 13.25)])
    cheek = [(7.6, 14.6), (7.75, 13.4), (7.65, 12.1), (7.75, 10.9), (7.2, 9.6), (6.2, 8.75), (6.3, 8.0), (7.0, 6.8)]
    tail = [(7.9, 4.9), (8.4, 2.9), (8.9, 1.5), (9.8, 1.2), (10.5, 2.1), (10.4, 3.6), (10.0, 5.1), (10.4, 6.4)]
    back = [(11.4, 6.5), (11.4, 5.3), (11.7, 3.6), (11.6, 1.6), (10.4, 0.1), (8.5, -0.2), (6.5, -0.2), (4.0, -0.2)]
    paws = [(2.1, -0.1), (1.1, 0.9), (1.0, 2.9), (1.6, 4.9), (2.5, 6.8), (3.2, 8.0), (3.3, 8.75), (2.3, 9.6)]
    right_ear = ear[:, ::-1] * [[-1], [1]] + [[9.5], [0]]
    body = smooth([*cheek, *tail, *back, *paws, (1.75, 10.9), (1.85, 12.1), (1.75, 13.4), (1.9, 14.6)])
    return np.column_stack([ear, brow, right_ear, body])


@preset("treble_clef", "Treble clef", closed=False)
@by_length
def treble_clef() -> FloatArray:
    """From the curl at its foot, up the stem, to the eye in the middle."""
    foot = [(3.6, 1.6), (2.9, 1.3), (2.9, 0.5), (3.9, 0.0), (5.2, 0.5), (5.55, 2.0), (5.1, 5.0), (4.6, 8.3)]
    top = [(4.2, 11.6), (4.3, 13.8), (5.0, 15.3), (5.7, 14.9), (5.9, 13.4), (5.3, 11.6), (4.0, 10.0), (2.5, 8.2)]
    belly = [(1.6, 6.1), (1.9, 4.2), (3.4, 2.9), (5.4, 2.6), (7.3, 3.4), (8.0, 5.1), (7.4, 6.8), (5.7, 7.5)]
    return smooth([*foot, *top, *belly, (4.2, 6.9), (3.6, 5.6), (4.1, 4.5), (5.3, 4.3)])


@preset("signature", "Signature", closed=False)
@by_length
def signature() -> FloatArray:
    """A capital, some letters, and a stroke under them all."""
    capital = [(0.2, 3.9), (1.4, 4.9), (2.6, 6.8), (3.2, 8.6), (2.6, 9.0), (1.9, 7.4), (1.8, 5.1), (2.5, 3.8)]
    letters = [(3.4, 4.2), (4.2, 5.4), (4.0, 6.0), (3.5, 5.2), (3.8, 4.0), (4.8, 4.0), (5.7, 5.3), (5.5, 5.9)]
    more = [(5.0, 5.1), (5.3, 3.9), (6.4, 4.1), (7.6, 6.0), (8.2, 7.9), (7.7, 8.3), (7.2, 6.6), (7.2, 4.8), (8.0, 3.9)]
    sweep = [(9.2, 4.6), (10.4, 5.3), (11.2, 4.7), (10.2, 3.4), (7.6, 2.8), (4.6, 2.8), (2.2, 2.3), (1.5, 1.3)]
    return smooth([*capital, *letters, *more, *sweep, (2.6, 0.6), (5.2, 1.1), (8.6, 2.3), (12.0, 3.9)])


@preset("moon", "Moon")
@by_length
def moon() -> FloatArray:
    """A crescent; from its upper tip, counterclockwise."""
    outer = np.pi * np.linspace(0.3, 1.7, 200)
    x, y = cos(outer), sin(outer)
    middle = 0.62  # of the smaller circle, through both tips
    opening = arctan2(y[0], x[0] - middle)
    inner = np.linspace(2 * np.pi - opening, opening, 150)
    radius = hypot(x[0] - middle, y[0])
    return np.column_stack([[x, y], [middle + radius * cos(inner), radius * sin(inner)]])

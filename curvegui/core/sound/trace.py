"""A curve as sound, along t: its height is the pitch, and it is heard where it is between left and right."""

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.sound.waves import RATE, tone

LOWEST_HZ, OCTAVES = 220.0, 2.0  # at y = 0; from there to y = 1
SPEEDS_S = (20.0, 14.0, 10.0, 7.0, 5.0, 3.5, 2.5, 1.8, 1.2, 0.8)  # for a whole curve, the slowest first
USUAL_SPEED = 4
POINT_S = 0.18  # how long one point sounds
CORNER = np.pi / 4  # a turn of more than this is a corner
REACH = 1.5  # times the unit square: nothing is heard higher or lower than so far outside


def pitch(y: FloatArray) -> FloatArray:
    """The pitch of each height, in hertz; not a number where the height is none."""
    hertz: FloatArray = LOWEST_HZ * 2.0 ** (OCTAVES * np.clip(y, 1 - REACH, REACH))
    return hertz


def trace_sound(t: FloatArray, points: FloatArray, seconds: float) -> FloatArray:
    """A whole curve in so many seconds, shape (2, n). ``t`` has shape (N,) and ascends, ``points`` (2, N)."""
    now = np.linspace(t[0], t[-1], max(round(seconds * RATE), 2))
    x, y = (np.interp(now, t, each) for each in points)
    return tone(pitch(y), x)


def point_sound(x: float, y: float) -> FloatArray:
    """One point, shape (2, n)."""
    count = round(POINT_S * RATE)
    return tone(pitch(np.full(count, y)), np.full(count, x))


def corners(points: FloatArray, closed: bool) -> NDArray[np.intp]:
    """The points at which a curve turns sharply, by their numbers; ``points`` has shape (2, N)."""
    steps = np.diff(points, axis=1, append=points[:, :1])
    angles = np.arctan2(steps[1], steps[0])
    turns = np.abs((angles - np.roll(angles, 1) + np.pi) % (2 * np.pi) - np.pi)
    turns[(np.hypot(*steps) < 1e-12) | (np.hypot(*np.roll(steps, 1, axis=1)) < 1e-12)] = 0.0  # a point that stays
    if not closed:
        turns[[0, -1]] = 0.0
    return np.flatnonzero(turns > CORNER)

"""A curve along t, and a cost, as samples of sound; and samples as a WAV file."""

import wave
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray

RATE = 22_050  # samples a second: tones of up to 2,000 Hz need no more
BYTES_PER_S = 4 * RATE  # of a WAV file: two channels of two bytes
LOUDNESS = 0.25  # of the most: it is to be soft
FADE_S = 0.01  # at both ends, else it clicks
WHOLE = 32_767  # the largest sample


def tone(hertz: FloatArray, pan: FloatArray) -> FloatArray:
    """A tone, shape (2, n), left and right, each from -1 to 1. ``hertz`` is its pitch at each sample, shape (n,),
    silent where that is not a number. ``pan`` is its position from 0, at the left, to 1, equally loud everywhere."""
    heard = np.isfinite(hertz)
    phase = 2 * np.pi * np.cumsum(np.where(heard, hertz, 0.0)) / RATE
    angle = np.clip(np.nan_to_num(pan, nan=0.5), 0.0, 1.0) * np.pi / 2
    fade = np.minimum(1.0, np.minimum(np.arange(hertz.size), np.arange(hertz.size)[::-1]) / (FADE_S * RATE))
    sound: FloatArray = LOUDNESS * heard * fade * np.sin(phase) * np.stack([np.cos(angle), np.sin(angle)])
    return sound


def wav(samples: FloatArray) -> bytes:
    """A WAV file of samples, shape (2, n)."""
    whole = (np.clip(samples, -1.0, 1.0) * WHOLE).astype("<i2")
    file = BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(2)
        written.setsampwidth(2)
        written.setframerate(RATE)
        written.writeframes(whole.T.tobytes())
    return file.getvalue()


LOWEST_HZ, OCTAVES = 220.0, 2.0  # at y = 0; from there to y = 1
SPEEDS_S = (20.0, 14.0, 10.0, 7.0, 5.0, 3.5, 2.5, 1.8, 1.2, 0.8)  # for a whole curve, the slowest first
USUAL_SPEED = 4
POINT_S = 0.18  # how long one point sounds
CORNER = np.pi / 4  # a turn of more than this is a corner
REACH = 1.5  # times the unit square: nothing is heard higher or lower than so far outside


def pitch(y: FloatArray) -> FloatArray:
    """The pitch of each height, in hertz; not a number where the height is not."""
    return LOWEST_HZ * 2.0 ** (OCTAVES * np.clip(y, 1 - REACH, REACH))


def trace_sound(t: FloatArray, points: FloatArray, seconds: float) -> FloatArray:
    """A whole curve in so many seconds, shape (2, n). ``t`` has shape (N,) and ascends, ``points`` (2, N)."""
    now = np.linspace(t[0], t[-1], max(round(seconds * RATE), 2))
    x, y = (np.interp(now, t, each) for each in points)
    return tone(pitch(y), x)


def point_sound(x: float, y: float) -> FloatArray:
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


HIGHEST_COST_HZ, LOWEST_COST_HZ = 880.0, 110.0
HIGHEST_COST, LOWEST_COST = 1.0, 1e-6
SECONDS = 0.7
CLICK_S = 0.004
THROWN = 1.5  # times the cost before: more than the cost swings by itself


def cost_pitch(cost: float) -> float:
    """The pitch of a cost, in hertz; a cost ten times lower always sounds lower by the same interval."""
    if not np.isfinite(cost):
        return HIGHEST_COST_HZ
    share = np.log(HIGHEST_COST / max(cost, LOWEST_COST)) / np.log(HIGHEST_COST / LOWEST_COST)
    return float(HIGHEST_COST_HZ * (LOWEST_COST_HZ / HIGHEST_COST_HZ) ** min(max(share, 0.0), 1.0))


def learning_sound(before: float, now: float) -> FloatArray:
    """The sound of learning from one cost to another, shape (2, n)."""
    count = round(SECONDS * RATE)
    sound = tone(np.geomspace(cost_pitch(before), cost_pitch(now), count), np.full(count, 0.5))
    if now > THROWN * before:
        middle = count // 2
        sound[:, middle : middle + round(CLICK_S * RATE)] += LOUDNESS
    return sound

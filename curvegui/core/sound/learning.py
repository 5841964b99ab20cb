"""Learning as sound: a soft tone that falls as the cost does, with a click where noise threw the fit back."""

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.sound.waves import LOUDNESS, RATE, tone

HIGHEST_HZ, LOWEST_HZ = 880.0, 110.0
HIGHEST_COST, LOWEST_COST = 1.0, 1e-6
SECONDS = 0.7
CLICK_S = 0.004
THROWN = 1.5  # times the cost before: more than the cost swings by itself


def cost_pitch(cost: float) -> float:
    """The pitch of a cost, in hertz: each tenth of it sounds as much lower."""
    if not np.isfinite(cost):
        return HIGHEST_HZ
    span = np.log(HIGHEST_COST / LOWEST_COST)
    share = np.log(HIGHEST_COST / max(cost, LOWEST_COST)) / span
    return float(HIGHEST_HZ * (LOWEST_HZ / HIGHEST_HZ) ** min(max(share, 0.0), 1.0))


def learning_sound(before: float, now: float) -> FloatArray:
    """From one cost to the next, shape (2, n)."""
    count = round(SECONDS * RATE)
    sound = tone(np.geomspace(cost_pitch(before), cost_pitch(now), count), np.full(count, 0.5))
    if now > THROWN * before:
        middle = count // 2
        sound[:, middle : middle + round(CLICK_S * RATE)] += LOUDNESS
    return sound

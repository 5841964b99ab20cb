"""Samples of a soft tone whose pitch and place change, and how they become a WAV file."""

import wave
from io import BytesIO

import numpy as np

from curvegui.core.arrays import FloatArray

RATE = 22_050  # samples a second: tones of up to 2,000 Hz need no more
BYTES_PER_S = 4 * RATE  # of a WAV file: two channels of two bytes
LOUDNESS = 0.25  # of the most: it is to be soft
FADE_S = 0.01  # at both ends, else it clicks
WHOLE = 32_767  # the largest sample


def tone(hertz: FloatArray, pan: FloatArray) -> FloatArray:
    """A tone, shape (2, n), left and right, each from -1 to 1.

    ``hertz`` is its pitch at each sample, shape (n,), silent where it is not a number. ``pan`` is its place from 0, at
    the left, to 1; it is as loud everywhere.
    """
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

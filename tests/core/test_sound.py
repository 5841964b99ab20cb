"""Sounds: high is high, left is left, and a WAV file is one."""

import wave
from io import BytesIO

import numpy as np
import pytest

from curvegui.core.learner.target import training_data
from curvegui.core.sound import (
    HIGHEST_COST_HZ,
    LOUDNESS,
    LOWEST_COST_HZ,
    POINT_S,
    RATE,
    SPEEDS_S,
    corners,
    cost_pitch,
    learning_sound,
    pitch,
    point_sound,
    tone,
    trace_sound,
    wav,
)


def loudest_hertz(sound):
    """The pitch that is heard most."""
    spectrum = np.abs(np.fft.rfft(sound.sum(axis=0)))
    return spectrum.argmax() * RATE / sound.shape[1]


@pytest.mark.parametrize(("y", "hertz"), [(0.0, 220), (0.5, 440), (1.0, 880)])
def test_the_height_of_a_point_is_its_pitch(y, hertz):
    assert loudest_hertz(point_sound(0.5, y)) == pytest.approx(hertz, abs=1 / POINT_S)


def test_a_point_is_heard_where_it_is():
    for x, sides in ((0.0, (1, 0)), (1.0, (0, 1))):
        left, right = np.abs(point_sound(x, 0.5)).max(axis=1)
        assert (left > 0.2, right > 0.2) == tuple(map(bool, sides))
    left, right = (point_sound(0.5, 0.5) ** 2).sum(axis=1)
    assert left == pytest.approx(right)
    assert left + right == pytest.approx((point_sound(0.0, 0.5) ** 2).sum())


def test_what_is_far_outside_is_not_heard_without_end():
    assert pitch(np.array([-100.0, 100.0])).tolist() == [110.0, 1760.0]


@pytest.mark.parametrize("seconds", SPEEDS_S)
def test_a_curve_takes_as_long_as_the_speed_says_and_never_clicks(seconds):
    t, points = training_data()
    sound = trace_sound(t[0], points, seconds)
    assert sound.shape == (2, round(seconds * RATE))
    assert np.abs(sound).max() <= LOUDNESS
    assert np.abs(np.diff(sound)).max() < 0.1
    assert sound[:, [0, -1]].tolist() == [[0, 0], [0, 0]]


def test_ten_speeds_are_each_faster_than_the_one_before():
    assert len(SPEEDS_S) == 10
    assert list(SPEEDS_S) == sorted(SPEEDS_S, reverse=True)


def test_what_is_not_a_number_is_silent():
    sound = tone(np.array([440.0] * 1000 + [np.nan] * 1000), np.full(2000, np.nan))
    assert np.isfinite(sound).all()
    assert np.abs(sound[:, 1000:]).max() == 0


def test_a_star_has_corners_and_a_circle_has_none():
    assert corners(training_data(100, "circle")[1], closed=True).size == 0
    assert corners(training_data(100, "star")[1], closed=True).size >= 5
    line = np.array([[0.0, 0.5, 0.5, 1.0], [0.0, 0.0, 0.0, 0.0]])
    assert corners(line, closed=False).size == 0


def test_the_tone_falls_as_the_cost_does():
    heard = [cost_pitch(cost) for cost in (2.0, 1.0, 0.1, 0.01, 1e-6, 0.0)]
    assert heard == sorted(heard, reverse=True)
    assert (heard[0], heard[-1]) == (pytest.approx(HIGHEST_COST_HZ), pytest.approx(LOWEST_COST_HZ))
    assert cost_pitch(float("nan")) == HIGHEST_COST_HZ


def test_only_who_is_thrown_back_clicks():
    calm, thrown = learning_sound(0.01, 0.009), learning_sound(0.009, 0.1)
    assert np.abs(np.diff(calm)).max() < 0.1 < np.abs(np.diff(thrown)).max()


def test_a_wav_file_has_the_samples():
    sound = trace_sound(np.array([0.0, 1.0]), np.array([[0.0, 1.0], [0.2, 0.8]]), 1.0)
    with wave.open(BytesIO(wav(sound))) as read:
        assert (read.getnchannels(), read.getsampwidth(), read.getframerate()) == (2, 2, RATE)
        frames = np.frombuffer(read.readframes(read.getnframes()), "<i2").reshape(-1, 2).T
    assert np.abs(frames / 32_767 - sound).max() < 1e-4

"""What is heard of a curve, as a file: as long as the speed says, as high and where the curve is."""

import wave
from io import BytesIO

import numpy as np
import pytest

from curvegui.core.learner.target import training_data
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.sound import SPEEDS_S, USUAL_SPEED, pitch
from curvegui.files.export.sound import as_sound
from curvegui.files.project.project import Project


def heard(data):
    """The samples of a file, shape (2, n), from -1 to 1, and how many there are a second."""
    with wave.open(BytesIO(data)) as read:
        frames = np.frombuffer(read.readframes(read.getnframes()), "<i2").reshape(-1, 2).T
        return frames / 32_767, read.getframerate()


@pytest.mark.parametrize("curve", ["heart", "star"])
def test_the_file_sounds_as_high_as_the_curve_is_and_where_it_is(curve):
    t, points = training_data(100, curve)
    project = Project(Trainer(TrainingConfig(curve=curve)).record())
    sound, rate = heard(as_sound(project, of_target=True))
    assert sound.shape[1] == round(SPEEDS_S[USUAL_SPEED] * rate)
    parts = np.array_split(sound, 20, axis=1)
    for part, middle in zip(parts, np.linspace(0, t[0, -1], 41)[1::2], strict=True):
        x, y = (np.interp(middle, t[0], each) for each in points)
        beats = np.count_nonzero(np.diff(np.signbit(part[part.std(axis=1).argmax()])))
        assert beats / 2 / (part.shape[1] / rate) == pytest.approx(float(pitch(np.array([y]))[0]), rel=0.15)
        left, right = part.std(axis=1)
        assert np.arctan2(right, left) * 2 / np.pi == pytest.approx(x, abs=0.05)
    assert not np.array_equal(heard(as_sound(project))[0], sound)  # of the fit

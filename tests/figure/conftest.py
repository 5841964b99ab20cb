"""What every test of the painter needs: an application, and a figure to paint."""

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication

from curvegui.core.learner.target import training_data
from curvegui.figure.drawing.figure import Figure

CAPTION = "1-6-7-2 · logistic · aggression 7 · noise 1 · seed 42 · 50,000 iterations · cost 9.49e-04"


@pytest.fixture(autouse=True)
def application(qapp: QGuiApplication) -> QGuiApplication:
    return qapp


@pytest.fixture
def figure() -> Figure:
    """A heart that 40 curves draw near to, and a fit beside it."""
    _, target = training_data()
    near = np.linspace(0.3, 1.0, 40)[:, np.newaxis, np.newaxis]
    return Figure(target, (0.5 + near * (target - 0.5)).astype(np.float32), 0.5 + 0.8 * (target - 0.5), CAPTION)

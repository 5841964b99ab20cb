"""A test leaves the notebook's network and NumPy's shared generator, which the exercise draws from, as they were."""

import numpy as np
import pytest

from curvegui import notebook
from curvegui.exercise.problem import PARAMETERS

SHARED = np.random


@pytest.fixture(autouse=True)
def keep_the_network_and_the_random_numbers():
    network, state = {name: getattr(notebook, name) for name in PARAMETERS}, SHARED.get_state()
    yield
    vars(notebook).update(network)
    SHARED.set_state(state)

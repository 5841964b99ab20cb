"""Runs are those of before the engines, optimisers and settings were put in order: `fixtures/runs.npz` was made then.

Made on one processor, they are compared as exactly as rounding on another one allows.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from curvegui.core.engine.backend import Backend
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from tests.core.runs import BOTH

FIXTURE = Path(__file__).with_name("fixtures") / "runs.npz"
ITERATIONS = 40
WAYS: dict[str, dict[str, Any]] = {
    "plain": {},
    "frozen": {"frozen": (0, 5, 20)},
    "schedule": {"schedule": "cosine", "schedule_over": 30},
    "batch": {"batch": 17},
    "tanh": {"activation": "tanh", "output_activation": "sine", "aggression": 0.05},
    "relu": {"activation": "relu", "output_activation": "linear", "aggression": 0.05},
    "momentum": {"optimizer": "momentum", "aggression": 1.0},
    "nesterov": {"optimizer": "nesterov", "aggression": 1.0},
    "rmsprop": {"optimizer": "rmsprop", "aggression": 0.01},
    "adam": {"optimizer": "adam", "aggression": 0.1},
    "lbfgs": {"optimizer": "lbfgs", "iterations": 8},
    "levenberg-marquardt": {"optimizer": "levenberg-marquardt", "iterations": 8},
}


@pytest.mark.parametrize("backend", BOTH)
@pytest.mark.parametrize("way", WAYS)
def test_a_run_is_what_it_was(way: str, backend: Backend) -> None:
    config = TrainingConfig(**WAYS[way])
    trainer = Trainer(config, backend)
    trainer.advance(min(config.iterations, ITERATIONS))
    with np.load(FIXTURE) as runs:
        np.testing.assert_allclose(trainer.parameters, runs[way], rtol=0, atol=1e-9)


def make(path: Path) -> None:
    """Write the fixture anew."""
    found = {}
    for way, changes in WAYS.items():
        config = TrainingConfig(**changes)
        trainer = Trainer(config)
        trainer.advance(min(config.iterations, ITERATIONS))
        found[way] = trainer.parameters
    np.savez_compressed(path, **found)

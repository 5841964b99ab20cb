"""Runs whose settings change along the way, for tests that hold for all of them."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np
import pytest
from hypothesis import strategies as st

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import curve_through
from curvegui.core.engine.backend import AUTO, NUMPY, PRECISIONS, Backend
from curvegui.core.learner.engines import ENGINES
from curvegui.core.learner.recording import NO_STATE
from curvegui.core.native.library import obstacle
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.optimizers.descent import SCHEDULES
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import FULL_SPEED, TrainingConfig

BACKENDS = [Backend(name, precision, kind.version) for name, kind in ENGINES.items() for precision in PRECISIONS]
IN_C = [each for each in BACKENDS if each.engine == "c"]
C, SINGLE = IN_C[0], Backend(precision="single")
NEEDS_C = pytest.mark.skipif(bool(obstacle()), reason="needs the engine in C: python packaging/native.py")


def cases(backends: Iterable[Backend]) -> list[Any]:
    """Cases for a test; those in C are left out where there is no library."""
    return [
        pytest.param(each, marks=NEEDS_C if each.engine == "c" else (), id=f"{each.engine}-{each.precision}")
        for each in backends
    ]


BOTH = cases([C, NUMPY])
"""Each engine, for tests that hold for all."""
OWN = curve_through("own", np.array([[0.0, 1.0, 1.0], [0.0, 0.0, 1.0]]), closed=False)
SMALL = TrainingConfig(hidden=(3,), points=5, seed=1)


def changed_run(iterations: int = 500, **changed: Any) -> Trainer:
    """A run whose settings change at iteration 250."""
    trainer = Trainer(SMALL)
    trainer.advance(250)
    trainer.apply(replace(SMALL, **{"aggression": 2.0} | changed))
    trainer.advance(iterations - 250)
    return trainer


CHANGES: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "aggression": st.floats(0.01, 20),
        "noise": st.floats(0, 2),
        "activation": st.sampled_from(["logistic", "tanh", "relu", "sine"]),
        "output_activation": st.sampled_from(["logistic", "linear"]),
        "curve": st.sampled_from(["heart", OWN]),
        "points": st.integers(2, 40),
        "data_noise": st.sampled_from([0.0, 0.1]),
        "train_one_in": st.sampled_from([1, 2, 7]),
        "trail_every": st.sampled_from([1, 7, 100]),
        "speed": st.sampled_from([FULL_SPEED, 50.0]),
        "backend": st.sampled_from(BACKENDS),
        "optimizer": st.sampled_from(list(OPTIMIZERS)),
        "momentum": st.floats(0, 0.95),
        "schedule": st.sampled_from(list(SCHEDULES)),
        "schedule_over": st.integers(1, 300),
        "batch": st.sampled_from([0, 1, 3]),
    },
)
Stretch: TypeAlias = tuple[dict[str, Any], int, float | None]
STRETCHES = st.lists(
    st.tuples(CHANGES, st.integers(0, 250), st.none() | st.none() | st.floats(0, 1)), min_size=1, max_size=5
)
"""What changes, for how many iterations it then goes on, and to which part of them it is then taken back."""


def quickest() -> Backend:
    """What computes a long run in the least time, for tests to which it is all the same."""
    return Backend(AUTO)


def begun(**settings: Any) -> Trainer:
    """A run with some settings, computed as quickly as can be."""
    return Trainer(TrainingConfig(**settings), quickest())


class Watched:
    """A run whose parameters are remembered at every iteration; some of its stretches diverge.

    ``seen``: the parameters after so many iterations; what was taken back is forgotten. ``states``: what the optimiser
    remembered then.
    """

    def __init__(self, config: TrainingConfig = SMALL) -> None:
        self.trainer = Trainer(config)
        self.seen: dict[int, FloatArray] = {0: self.trainer.parameters}
        self.states: dict[int, FloatArray] = {0: NO_STATE}

    def live(self, stretches: list[Stretch]) -> None:
        """Go through some stretches."""
        for changes, iterations, back in stretches:
            settings = {name: value for name, value in changes.items() if name != "backend"}
            self.trainer.apply(replace(self.trainer.config, **settings))
            self.trainer.calculate_with(changes.get("backend", self.trainer.backend))
            for _ in range(iterations):
                self.trainer.advance(1)
                self._look()
            if back is not None:
                iteration = round(back * self.trainer.iteration)
                self.trainer.rewind(iteration, self.seen[iteration], self.states[iteration])
                self._look()

    def _look(self) -> None:
        now = self.trainer.iteration
        for later in [iteration for iteration in self.seen if iteration > now]:
            del self.seen[later], self.states[later]
        self.seen[now], self.states[now] = self.trainer.parameters, self.trainer.state

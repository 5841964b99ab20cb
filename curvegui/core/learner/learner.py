"""An engine and the target that it learns, with a look at the points that it does not train on."""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.engine.backend import NUMPY, Backend
from curvegui.core.learner.engines import builder
from curvegui.core.learner.recording import no_state
from curvegui.core.learner.target import Target, build_target
from curvegui.core.network.network import Network
from curvegui.core.settings.config import TrainingConfig

SMOOTH_PLACES = 400  # of t: a curve that is drawn with so many has no corners that anybody sees
MOST_SMOOTH = 2_000_000  # places times parameters: a few milliseconds


class Evaluation(NamedTuple):
    """The curve that a network draws, and the costs of the curve."""

    fit: FloatArray  # shape (2, N): the curve that is drawn, at all points of the target
    cost: float  # at the points that the network trains on
    test_cost: float | None = None  # at the other points, if there are any


class Learner:
    """The target and the ``engine`` that a config asks for; the engine's parameters are 0 at first."""

    def __init__(self, config: TrainingConfig, backend: Backend = NUMPY) -> None:
        self.target = target = build_target(config)
        self._trained = target.trained
        t, points = target.t, target.points
        if target.has_test:
            t, points = t[:, self._trained].copy(), points[:, self._trained].copy()
        build = builder(backend)
        network = config.sizes, config.activation, config.output_activation
        self.engine = build(*network, t, points)
        self.engine.freeze(config.frozen)
        self._whole = build(*network, target.t, target.points) if target.has_test else None

    @property
    def has_test(self) -> bool:
        """Whether there are points that the network does not train on."""
        return self._whole is not None

    def evaluate(self, parameters: FloatArray | None = None) -> Evaluation:
        """Evaluate the network with these parameters, or with its own, which are left as they were."""
        if parameters is None:
            return self._evaluate()
        present = self.engine.parameters
        self.engine.parameters = parameters
        evaluation = self._evaluate()
        self.engine.parameters = present
        return evaluation

    def _evaluate(self) -> Evaluation:
        if self._whole is None:
            return Evaluation(*self.engine.evaluate())
        self._whole.parameters = self.engine.parameters
        fit, _ = self._whole.evaluate()
        with np.errstate(all="ignore"):
            distances = np.square(fit - self.target.points).sum(axis=0)
            cost, test_cost = distances[self._trained].mean(), distances[~self._trained].mean()
        return Evaluation(fit, float(cost), float(test_cost))


@dataclass(frozen=True)
class Snapshot:
    """A run at one iteration; its arrays never change."""

    config: TrainingConfig
    target: Target
    iteration: int  # how many updates have been made
    cost: float  # at the points that the network trains on
    fit: FloatArray  # shape (2, N): the curve that the network draws, at all points of the target
    parameters: FloatArray  # shape (P,)
    diverged: bool = False  # the parameters left the finite numbers and were taken back to the last good ones
    test_cost: float | None = None  # at the points that the network does not train on, if there are any
    state: FloatArray = field(default_factory=no_state)  # what the optimiser remembers

    def smooth_fit(self, places: int = SMOOTH_PLACES) -> FloatArray:
        """The curve that the network draws, shape (2, n), at no less than so many places of t, so that it looks round
        however few points the target has. A network so large that this would take long is drawn at the points."""
        t, config = self.target.t[0], self.config
        if not 1 < t.size < places or places * self.parameters.size > MOST_SMOOTH:
            return self.fit
        network = Network(config.sizes, self.parameters, config.activation, config.output_activation)
        return network.draw(np.linspace(t[0], t[-1], places)[np.newaxis])

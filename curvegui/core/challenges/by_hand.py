"""Curves to meet by hand: each is drawn by a network of ten parameters, so that it can be met exactly."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from curvegui.core.curve.curve import Curve, spaced
from curvegui.core.elementary import tanh
from curvegui.core.language.text import english, mark, said
from curvegui.core.network.network import layer_blocks
from curvegui.core.network.parts import parameters_of
from curvegui.core.presets.names import BY_HAND
from curvegui.core.run.record import RunRecord
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig

NETWORK = TrainingConfig(
    hidden=(2,), output_activation="linear", aggression=0.3, noise=0.0, iterations=30_000, seed=5, points=100
)
ROUNDING = 1e-12
PARAMETERS = tuple(parameters_of(NETWORK.sizes))


@said("name", "task")
@dataclass(frozen=True)
class HandCurve:
    """A curve to draw by hand, the parameters that draw it, and the parameters to begin with."""

    name: str
    task: str
    drawn_by: tuple[float, ...]
    start: tuple[float, ...]

    @cached_property
    def config(self) -> TrainingConfig:
        """The settings of the curve's run: plain descent, which can go on from any parameters set by hand."""
        t = spaced(NETWORK.points, closed=False)
        hidden, output = layer_blocks(NETWORK.sizes, np.array(self.drawn_by))
        one, other = 0.5 + 0.5 * tanh((hidden[:, :1] * t + hidden[:, 1:]) / 2)  # not `Network.draw`: alike everywhere
        points = output[:, :1] * one + output[:, 1:2] * other + output[:, 2:]
        curve = Curve(f"{BY_HAND}{english(self, 'name')}", points, t, closed=False, jumps=np.zeros(t.size, np.bool_))
        return replace(NETWORK, curve=curve)

    def record(self, parameters: tuple[float, ...] = ()) -> RunRecord:
        """The curve's run at iteration 0, with the parameters of the start or others."""
        trainer = Trainer(self.config)
        trainer.set_parameters(dict(enumerate(parameters or self.start)))
        return trainer.record()

    def is_played(self, config: TrainingConfig) -> bool:
        """Whether a run with these settings learns this curve, whatever its name, but for older versions' rounding."""
        curve, own = config.curve, self.config.curve
        names = "hidden", "activation", "output_activation", "points", "data_noise", "train_one_in"
        if config.differs(self.config, names) or not isinstance(curve, Curve) or not isinstance(own, Curve):
            return False
        return np.array_equal(curve.t, own.t) and bool(np.abs(curve.points - own.points).max() < ROUNDING)


_HIDDEN_MET, _OUTPUT_MET = (3.0, -1.5, 16.0, -8.0), (0.42, 0.42, 0.08, 0.8, -0.8, 0.12)
HAND_CURVES = (
    HandCurve(
        mark("Step"),
        mark("Layer 1 is right already. Set layer 2: each output is a mixture of two S-shaped curves, and a bias."),
        (*_HIDDEN_MET, 1.26, 0.0, -0.13, 0.0, 0.8, 0.1),
        (*_HIDDEN_MET, 0.0, 0.0, 0.5, 0.0, 0.0, 0.5),
    ),
    HandCurve(
        mark("Arch"),
        mark("Layer 2 is right already. Set layer 1: a weight says how steep an S-shaped curve is, and its "
        "bias moves it."),
        (12.0, -3.6, 12.0, -8.4, *_OUTPUT_MET),
        (4.0, 0.0, 4.0, -4.0, *_OUTPUT_MET),
    ),
    HandCurve(
        mark("Hook"),
        mark("Nothing is right yet. Set all ten."),
        (-12.0, 3.6, 9.0, -6.0, 0.15, 0.65, 0.15, 0.75, 0.35, 0.15),
        (4.0, -2.0, 4.0, -3.0, 0.5, 0.5, 0.0, 0.5, -0.5, 0.5),
    ),
)  # fmt: skip

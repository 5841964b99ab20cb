"""What the networks of an ensemble are to learn, and the curves and costs of all of them in a few calls."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import tr
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.settings.config import SETTINGS, TrainingConfig
from curvegui.core.settings.setting import Effect

SHARED = tuple(
    name for name, setting in SETTINGS.items() if not setting.one_each and setting.effect is not Effect.DISPLAY
)
"""What networks that learn together must have in common."""
DRAWING = "hidden", "activation", "output_activation"  # what a network's curve depends on, beside its parameters
DRAWN_NUMBERS = 1_000_000  # of a layer, for as many networks as are drawn together


class EnsembleTask:
    """Networks with the same layers, activations and t, shape (1, N), and their points to learn, shape (B, 2, N)."""

    def __init__(self, configs: Sequence[TrainingConfig], t: FloatArray, y: FloatArray) -> None:
        self.configs, self.t, self.y = configs, t, np.ascontiguousarray(y)  # sums depend on the order

    def some(self, start: int, stop: int) -> "EnsembleTask":
        """Some of the networks."""
        return EnsembleTask(self.configs[start:stop], self.t, self.y[start:stop])

    def costs(self, parameters: FloatArray, curves: FloatArray | None = None) -> FloatArray:
        """The networks' costs, shape (B,), from their parameters, shape (B, P); inf where the numbers ran away.

        ``curves``, shape (B, 2, N), is what they draw, where that is known.
        """
        drawn = draw_all(self.configs, parameters, self.t) if curves is None else curves
        with np.errstate(all="ignore"):
            costs: FloatArray = np.square(np.ascontiguousarray(drawn) - self.y).sum(axis=1).mean(axis=1)
            # A saturated neuron would hide numbers that ran away
            costs[~np.isfinite(np.square(parameters).sum(axis=1)) | ~np.isfinite(costs)] = np.inf
        return costs


def check_alike(configs: Sequence[TrainingConfig]) -> None:
    """Refuse networks that cannot learn together: raises ``ValueError`` with a sentence for people."""
    if not configs:
        raise ValueError(tr("There must be at least one network."))
    for name in SHARED:
        if any(getattr(config, name) != getattr(configs[0], name) for config in configs):
            raise ValueError(
                tr("{label}: networks that learn together must all have the same.", label=SETTINGS[name].label)
            )


def draw_all(configs: Sequence[TrainingConfig], parameters: FloatArray, t: FloatArray) -> FloatArray:
    """The curves, shape (K, 2, N), that networks with the same layers draw at t, (1, N), with parameters (K, P)."""
    config = configs[0]
    if any(each.differs(config, DRAWING) for each in configs):
        pairs = zip(configs, parameters, strict=True)
        return np.concatenate([_drawn(each, row[np.newaxis], t) for each, row in pairs])
    together = max(1, DRAWN_NUMBERS // (max(config.sizes) * t.size))
    groups = [parameters[start : start + together] for start in range(0, len(parameters), together)]
    return np.concatenate([_drawn(config, group, t) for group in groups])


def _drawn(config: TrainingConfig, parameters: FloatArray, t: FloatArray) -> FloatArray:
    names, a, start = [config.activation] * len(config.hidden) + [config.output_activation], t, 0
    for (before, after), name in zip(pairwise(config.sizes), names, strict=True):
        stop = start + after * (before + 1)
        block = parameters[:, start:stop].reshape(-1, after, before + 1)
        with np.errstate(all="ignore"):
            a = ACTIVATIONS[name](block[:, :, :-1] @ a + block[:, :, -1:])
        start = stop
    return a

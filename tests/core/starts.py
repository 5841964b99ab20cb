"""All that a run can start from, as sums of bits to compare between processors; as a module, it writes them."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.challenges.by_hand import HAND_CURVES
from curvegui.core.curve.hand_drawn import drawn_curve
from curvegui.core.curve.joining import Outline, joined_curve
from curvegui.core.engine.backend import PRECISIONS, Backend
from curvegui.core.formula.curve import formula_curve, parse_formula
from curvegui.core.formula.functions import FUNCTIONS, takes_several
from curvegui.core.learner.engines import ENGINES
from curvegui.core.learner.morphing import Morph
from curvegui.core.learner.reshaping import pushed
from curvegui.core.learner.target import build_target
from curvegui.core.native import library
from curvegui.core.network.network import initial_parameters
from curvegui.core.network.noise import growth_normals
from curvegui.core.optimizers.descent import SCHEDULES, rate_factors
from curvegui.core.presets.presets import PRESETS
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig

WITHIN = {"asin": "0.9t", "acos": "0.9t"}  # where they have values; the others have them from 0.3 to 1.3, too
FORMULAS = [
    ("0.5 + 0.4 sin(2 pi t)^3", "cos(2πt) - cos(4πt)/3"),
    ("e^(-3t) cos(40 pi t)", "√t sin(1000 t) 2^-t"),
    ("t^2.7 - t^(1/3)", "(t - 0.5)^3 + mod(7t, 1)"),
]


def starts() -> Iterator[tuple[str, str, FloatArray]]:
    """A group, a name in it, and the numbers."""
    for points in (100, 200):
        for name in PRESETS:
            yield f"presets, {points} points", name, build_target(TrainingConfig(curve=name, points=points)).points
    for name in FUNCTIONS:
        inner = WITHIN.get(name, "0.3 + t") + (", 1/3" if takes_several(name) else "")
        yield "functions of formulas", name, parse_formula(f"{name}({inner})")(np.arange(1_000) / 999)
    for x, y in FORMULAS:
        curve = formula_curve(x, y)
        yield "formulas", x, curve.points
        yield "formulas", f"training points of {x}", build_target(TrainingConfig(curve=curve, points=150)).points
    yield from _made_by_hand()
    for seed in range(1, 6):
        yield "initial parameters", str(seed), initial_parameters((1, 6, 7, 2), seed)
        yield "noise on data", str(seed), build_target(TrainingConfig(data_noise=0.05, seed=seed)).points
        yield "neurons that are added", str(seed), growth_normals(seed, 500, 2, (9, 8))
    for name in SCHEDULES:
        yield "schedules", name, rate_factors(name, 50_000, 123, 5_000)


def _made_by_hand() -> Iterator[tuple[str, str, FloatArray]]:
    turn = np.arange(60) / 60
    x, y = np.abs(4 * turn - 2) / 3, np.abs((4 * turn + 1) % 4 - 2) / 3  # a square on its tip, of exact steps
    yield "drawn", "by a hand", drawn_curve(np.stack([x + 0.1, y + 0.1])).points
    outlines = [Outline(np.stack([x + 2 * each % 3, y + each % 4]), closed=True) for each in range(7)]
    yield "drawn", "in seven outlines", joined_curve("seven", outlines)[0].at(turn)
    yield "drawn", "a push", pushed(build_target(TrainingConfig()), 20, 0.3, (0.1, 0.2))
    for number, curve in enumerate(HAND_CURVES):
        yield "drawn", f"challenge {number}", curve.config.curve.points
    for position in (0.3, 1.7):
        yield "drawn", f"morph {position}", Morph(("heart", "star", "spiral"), position).curve(100).points


def first_costs() -> dict[str, str]:
    """The costs that runs begin with, computed by the engine in C; none where it is not there."""
    if ENGINES["c"].obstacle():
        return {}
    found, config = {}, TrainingConfig()
    for activation in ("logistic", "tanh", "sine"):
        for seed in range(12):
            trainer = Trainer(replace(config, activation=activation, seed=seed), Backend("c"))
            found[f"first cost, {activation}, seed {seed}"] = float(trainer.record().costs[0, 1]).hex()
    return found


def whole_runs() -> dict[str, str]:
    """Sums of the bits that runs leave, from their settings on, by the engine in C; none where it is not there."""
    if ENGINES["c"].obstacle():
        return {}
    formula = formula_curve(*FORMULAS[0])
    configs = {
        "heart": TrainingConfig(points=200, seed=3),
        "noise on data": TrainingConfig(curve="star", data_noise=0.02, activation="tanh", weight_decay=1e-4),
        "Adam": TrainingConfig(curve="spiral", optimizer="adam", aggression=0.01, schedule="cosine", activation="sine"),
        "mini-batches": TrainingConfig(curve=formula, optimizer="rmsprop", aggression=0.003, batch=17, hidden=(9,)),
        "frozen": TrainingConfig(
            curve="trefoil", optimizer="nesterov", aggression=0.3, frozen=(1, 20), schedule="step"
        ),
    }
    found = {}
    for name, config in configs.items():
        for precision in PRECISIONS:
            trainer = Trainer(config, Backend("c", precision))
            trainer.advance(450)
            record = trainer.record()
            found[f"{name}, {precision}"] = bits(record.parameters, record.costs, record.trail.curves, record.state)
    return found


def sums() -> dict[str, str]:
    """The sum of the bits of each, by its group and name."""
    return {f"{group}: {name}": bits(numbers) for group, name, numbers in starts()}


def bits(*arrays: FloatArray) -> str:
    """A sum of the bits of arrays."""
    whole = b"".join(np.ascontiguousarray(array, "<f8").tobytes() for array in arrays)
    return blake2b(whole, digest_size=6).hexdigest()


if __name__ == "__main__":
    if copy := "".join(sys.argv[1:]):  # of the engine in C: another one than suits this processor best
        library.copy_for_this_processor = lambda: copy
    sys.stdout.write(json.dumps(sums() | first_costs() | whole_runs()))

"""The same run has the same bits: in every copy of the engine, and as it had when the known ones were written.

python -m tests.core.native.test_bits      writes them anew: another engine, with another VERSION
"""

import json
from itertools import pairwise, product
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest

from curvegui.core.native import engine as native
from curvegui.core.native.engine import NativeEngine
from curvegui.core.native.library import VERSION, copy_for_this_processor, functions, library
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.optimizers.descent import Descent

pytestmark = pytest.mark.skipif(library() is None, reason="needs the engine in C: python packaging/native.py")

PLACE = Path(__file__).with_name("known_bits.json")
KNOWN = json.loads(PLACE.read_text(encoding="utf-8")) if PLACE.exists() else {}
FIRST_ORDER = [name for name, entry in OPTIMIZERS.items() if entry.solver is None]
RUNS = list(product(ACTIVATIONS, FIRST_ORDER, ("double", "single")))
SHAPES = {"small": ((1, 6, 7, 2), 100, 300), "tiles": ((1, 24, 33, 2), 1_700, 12), "one": ((1, 3, 2), 1, 100)}


def sum_of_bits(activation: str, optimizer: str, precision: str, shape: str = "small", batch: int = 0) -> int:
    """A sum of all bits that a run leaves: parameters, what the optimiser remembers, the curve and the cost.

    What it begins with are multiples of 1/1024, which every computer has alike.
    """
    sizes, points, iterations = SHAPES[shape]
    count = sum(after * (before + 1) for before, after in pairwise(sizes))
    t, places = np.arange(points).reshape(1, -1) / 1024, np.arange(2 * points).reshape(2, -1)
    outputs = "linear" if activation == "linear" else "logistic"
    engine = NativeEngine(sizes, activation, outputs, t, places * 37 % 1024 / 1024, precision=precision)
    engine.parameters = (np.arange(count) * 193 % 1024 - 512) / 1024
    engine.freeze((2, count - 1))
    rate = 0.01 if activation in {"relu", "softplus", "linear", "sine"} else 0.25
    way = Descent(rate, 0.5, 7, optimizer=optimizer, weight_decay=1e-4, batch=batch)
    (stage,) = engine.run_to_checkpoints(60, [60 + iterations], way)
    assert np.isfinite(stage.curve).all()
    numbers = stage.parameters, stage.state, stage.curve, np.array([stage.cost]), engine.gradient()
    return crc32(b"".join(each.tobytes() for each in numbers))


@pytest.fixture
def copies(monkeypatch):
    """The names of the copies that this processor can run, and a function that lets engines take one of them."""
    names = {"avx512": ["avx512", "avx2"]}.get(copy_for_this_processor(), [copy_for_this_processor()])

    def take(copy):
        monkeypatch.setattr(native, "functions", lambda precision: functions(precision, copy))

    return names, take


@pytest.mark.parametrize(("activation", "optimizer", "precision"), RUNS)
def test_every_copy_makes_the_known_bits(activation, optimizer, precision, copies):
    names, take = copies
    for copy in names:
        take(copy)
        assert sum_of_bits(activation, optimizer, precision) == KNOWN[f"{activation}, {optimizer}, {precision}"]


@pytest.mark.parametrize("batch", [0, 1])
@pytest.mark.parametrize("shape", ["tiles", "one"])
@pytest.mark.parametrize("run", RUNS[::7])
def test_copies_agree_whatever_the_shape_and_the_batch(run, shape, batch, copies):
    names, take = copies
    sums = set()
    for copy in names:
        take(copy)
        sums.add(sum_of_bits(*run, shape, batch))

    assert len(sums) == 1


def test_other_bits_are_another_engine():
    assert KNOWN["version"] == VERSION
    assert len(KNOWN) == 1 + len(RUNS)


def main() -> None:
    """Write what all runs leave now."""
    sums = {", ".join(run): sum_of_bits(*run) for run in RUNS}
    PLACE.write_text(json.dumps({"version": VERSION, **sums}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""The compiled noise is that of ``noise``, to the last bit."""

from importlib.util import find_spec

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

if find_spec("numba") is None:  # not imported: it is large, and the app does without
    pytest.skip("needs the extra fast", allow_module_level=True)

from curvegui.core.arrays import FloatArray
from curvegui.core.compiled.engine import CompiledEngine
from curvegui.core.compiled.preparing import prepare
from curvegui.core.learner.target import training_data
from curvegui.core.network.network import initial_parameters
from curvegui.core.network.noise import BLOCK_ITERATIONS, block_stream, noise_block
from curvegui.core.optimizers.descent import Descent

pytestmark = pytest.mark.slow  # where the kernels are not compiled yet

SIZES = (1, 6, 7, 2)


def _compiled(seed: int, block: int, count: int, plain: FloatArray, noise: float) -> FloatArray:
    factors = np.empty((count * BLOCK_ITERATIONS, plain.size))
    key = np.uint64(seed), np.uint64(block_stream(block))
    room = np.empty(128, np.uint64), np.zeros(2, np.int64), np.zeros(BLOCK_ITERATIONS * plain.size)
    prepare().fill_factors(factors, plain, noise, *key, BLOCK_ITERATIONS, room)
    return factors


@settings(deadline=None)
@given(
    seed=st.integers(0, 2**64 - 1),
    block=st.integers(0, 10**9),
    count=st.integers(1, 40),
    width=st.integers(1, 14),
    noise=st.sampled_from([0.0, 0.3, 1.0, 10.0]),
)
def test_it_is_that_of_each_block(seed: int, block: int, count: int, width: int, noise: float) -> None:
    plain = np.linspace(0.1, 2.0, width)
    drawn = np.concatenate([noise_block(seed, block + number, width) for number in range(count)])
    assert np.array_equal(_compiled(seed, block, count, plain, noise), plain * (1.0 + noise * drawn))


def test_it_is_that_of_each_block_where_numbers_are_rare() -> None:
    """Among a million are some from beyond the ziggurat's last layer, and many that were drawn again."""
    drawn = np.concatenate([noise_block(7, number, 10) for number in range(1_000)])
    assert np.abs(drawn).max() > 4.5
    assert np.array_equal(_compiled(7, 0, 1_000, np.ones(10), 1.0), 1.0 + drawn)


@pytest.mark.parametrize("precision", ["double", "single"])
@pytest.mark.parametrize("schedule", ["constant", "cosine"])
def test_without_it_numpy_draws_the_same(schedule: str, precision: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """So it is with a Numba that keeps the ziggurat's tables elsewhere."""
    descent = Descent(0.1, 1.0, 3, schedule=schedule, schedule_over=2_000)

    def stages() -> list[tuple[bytes, bytes, float]]:
        engine = CompiledEngine(SIZES, "logistic", "logistic", *training_data(100), precision=precision)
        engine.parameters = initial_parameters(SIZES, 1)
        found = engine.run_stages(317, (400, 401, 950, 1_000), descent)
        return [(stage.parameters.tobytes(), stage.curve.tobytes(), stage.cost) for stage in found]

    expected = stages()
    monkeypatch.setattr(prepare(precision), "fill_factors", None)
    assert stages() == expected

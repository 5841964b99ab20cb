import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.optimizers.descent import SCHEDULES, rate_factors


def test_cosine_is_half_a_wave() -> None:
    np.testing.assert_allclose(rate_factors("cosine", 4, 0, 5), [1, (2 + 2**0.5) / 4, 0.5, (2 - 2**0.5) / 4, 1])


def test_step_is_halved_ten_times() -> None:
    factors = rate_factors("step", 1_000, 0, 1_000)

    assert np.array_equal(np.unique(factors), 0.5 ** np.arange(9, -1, -1))
    assert factors[99] == 1
    assert factors[100] == 0.5
    assert factors[999] == 0.5**9


@pytest.mark.parametrize("schedule", SCHEDULES)
@given(span=st.integers(1, 10**9), first=st.integers(0, 10**12), count=st.integers(1, 50))
def test_a_factor_is_a_function_of_the_iteration(schedule: str, span: int, first: int, count: int) -> None:
    factors = rate_factors(schedule, span, first, count)

    assert factors.shape == (count,)
    assert ((factors >= 0) & (factors <= 1)).all()
    assert rate_factors(schedule, span, first + count - 1, 1)[0] == factors[-1]
    assert np.array_equal(rate_factors(schedule, span, first + span, count), factors)

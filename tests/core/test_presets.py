import numpy as np
import pytest

from curvegui.core.presets import PRESETS


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_gives_finite_points_inside_the_unit_square(name: str) -> None:
    points = PRESETS[name](np.arange(1000) / 1000)

    assert points.shape == (2, 1000)
    assert np.isfinite(points).all()
    assert points.min() >= 0
    assert points.max() <= 1


def test_the_heart_spans_what_the_exercise_draws() -> None:
    x, y = PRESETS["heart"](np.arange(10_000) / 10_000)

    assert (x.min(), x.max()) == pytest.approx((0.1, 0.9), abs=1e-6)
    assert (y.min(), y.max()) == pytest.approx((0.075, 0.798), abs=1e-3)


def test_the_heart_begins_at_its_notch_and_turns_at_its_tip() -> None:
    (x0, xt), (y0, yt) = PRESETS["heart"](np.array([0.0, 0.5]))

    assert (x0, y0) == pytest.approx((0.5, 0.625))
    assert (xt, yt) == pytest.approx((0.5, 0.075))

"""Network and series side by side: the same cost for both, and errors from the curve itself."""

from dataclasses import replace

import numpy as np
import pytest

from curvegui.core.curve.curve import curve_through
from curvegui.core.fourier.series import SEEN, FourierSeries, compared, fitted
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.presets.presets import PRESETS
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig

SQUARE = curve_through("mine", np.array([[0, 1, 1, 0], [0, 0, 1, 1]]), closed=True)
ELBOW = curve_through("elbow", np.array([[0, 1, 1], [0, 0, 1]]), closed=False)


def snapshot(**settings):
    return Trainer(TrainingConfig(**settings)).snapshot()


def comparison(circles=38, **settings):
    seen = snapshot(**settings)
    return compared(InspectedSnapshot(seen), fitted(seen.target, circles))


@pytest.mark.parametrize("settings", [{}, {"curve": "wave"}, {"train_one_in": 3, "data_noise": 0.02}], ids=str)
def test_the_costs_are_what_the_network_would_have_if_it_drew_the_series(settings):
    seen = snapshot(**settings)
    series = fitted(seen.target, 12)
    found, count = compared(InspectedSnapshot(seen), series), seen.target.t.size - (not seen.target.closed)
    drawn = series.along(count)[:, np.arange(seen.target.t.size) % count]
    squares = np.square(drawn - seen.target.points).sum(axis=0)
    assert found.costs == (seen.cost, pytest.approx(squares[seen.target.trained].mean()))
    if seen.target.has_test:
        assert found.test_costs == (seen.test_cost, pytest.approx(squares[~seen.target.trained].mean()))
    else:
        assert found.test_costs is None


def test_errors_are_measured_from_the_curve_between_the_points_too_from_end_to_end():
    found = comparison(curve="star", points=40)
    t = np.arange(SEEN + 1) / SEEN
    assert found.t == pytest.approx(t)
    seen = snapshot(curve="star", points=40)
    network = InspectedSnapshot(seen).network.draw(t[np.newaxis]) - PRESETS["star"](t)
    assert found.network == pytest.approx(np.hypot(*network))
    series = fitted(seen.target, 38)
    away = [np.hypot(*(series.joints(each)[:, -1] - PRESETS["star"](np.array([each]))[:, 0])) for each in t[::50]]
    assert found.series[::50] == pytest.approx(away, abs=1e-12)
    assert found.series.max() > 2 * found.series[::10].max()  # at the points it is closer


def test_of_very_many_points_some_are_looked_at():
    found = comparison(points=2_000)
    assert SEEN < found.t.size < SEEN + 9 and found.series.max() < 1e-12 and found.share == 1.0


def test_a_series_through_every_one_of_many_points_is_not_taken_for_the_curve_and_its_largest_error_is_seen():
    found = comparison(circles=1_000, curve="star", points=1_000)
    between = np.arange(1, 2_000, 2) / 2_000
    series = fitted(snapshot(curve="star", points=1_000).target, 1_000)
    away = np.hypot(*(series.along(2_000)[:, 1::2] - PRESETS["star"](between)))
    assert found.series.max() == pytest.approx(away.max()) and found.worst in between
    assert (found.series < 1e-9).sum() > 0.4 * found.t.size  # at points to train on


def test_an_open_curve_is_missed_at_its_ends():
    found = comparison(curve="wave")
    ends = PRESETS["wave"](np.array([0.0, 1.0]))
    half = np.hypot(*np.diff(ends, axis=1))[0] / 2
    assert found.series[0] == pytest.approx(half, rel=0.1) and found.series[-1] == pytest.approx(half, rel=0.1)


def test_it_knows_where_corners_are_and_whether_the_largest_error_is_at_one():
    found = comparison(curve=SQUARE)
    assert found.corners == pytest.approx([0, 0.25, 0.5, 0.75])
    assert found.is_worst_at_corner
    assert comparison(curve=ELBOW).corners == pytest.approx([0.5])
    for smooth in ("circle", "flower", "treble_clef"):  # bends of a flower are tight, and no corners
        assert comparison(circles=3, curve=smooth).corners.size == 0
    flat = replace(found, series=np.where(found.t == 0.125, 1.0, 0.0))
    assert flat.worst == 0.125 and not flat.is_worst_at_corner
    assert replace(found, series=np.where(found.t > 0.995, 1.0, 0.0)).is_worst_at_corner  # the corner at 0


def test_a_network_whose_numbers_have_overflowed_is_far_away():
    seen = snapshot()
    with np.errstate(all="ignore"):
        lost = replace(seen, parameters=np.full_like(seen.parameters, np.nan), cost=np.nan)
    found = compared(InspectedSnapshot(lost), FourierSeries(np.array([0.5 + 0.5j])))
    assert found.share == 1.0 and np.isnan(found.network).all() and np.isnan(found.costs[0])

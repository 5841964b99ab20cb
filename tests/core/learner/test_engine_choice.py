"""Which engine is taken where nobody chooses one."""

from dataclasses import replace

import pytest

from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.core.learner.engines import AUTO, ENGINES, LONG_WORK, chosen, is_small, work_of
from curvegui.core.settings.config import TrainingConfig


def test_for_very_large_networks_numpy_is_faster() -> None:
    assert is_small(TrainingConfig(hidden=(200, 200)))
    assert not is_small(TrainingConfig(hidden=(300, 200)))


@pytest.mark.parametrize("is_installed", [True, False])
def test_what_is_not_there_or_not_known_is_chosen_as_where_nobody_chooses(
    monkeypatch: pytest.MonkeyPatch, is_installed: bool
) -> None:
    kind = replace(ENGINES["compiled"], is_installed=lambda: is_installed)
    monkeypatch.setitem(ENGINES._entries, "compiled", kind)
    usual, large = TrainingConfig(), TrainingConfig(hidden=(300, 200))
    fast = "compiled" if is_installed else "numpy"
    for name in (AUTO, "quantum"):
        assert chosen(name, "half", usual) == Arithmetic(fast, "double")
        assert chosen(name, "double", large) == USUAL
    assert chosen("numpy", "single", usual) == Arithmetic("numpy", "single")
    assert chosen("compiled", "single", large) == Arithmetic(fast, "single")


def test_work_grows_with_iterations_points_and_weights() -> None:
    usual = TrainingConfig()
    assert work_of([usual] * 3) == pytest.approx(3 * work_of([usual]))
    for change in ({"iterations": 2 * usual.iterations}, {"points": 200}, {"hidden": (9, 9)}):
        assert work_of([usual.changed(**change)]) > work_of([usual])
    assert work_of([]) == 0


def test_the_usual_run_is_over_sooner_than_an_engine_is_prepared_and_ten_of_them_are_not() -> None:
    assert work_of([TrainingConfig()]) < LONG_WORK < work_of([TrainingConfig()] * 10)

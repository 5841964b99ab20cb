"""What a sweep is computed with, and what is said where that is not one thing alone."""

from collections import Counter
from dataclasses import replace

import pytest

from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.sweep.plan import SweepPlan
from curvegui.sweeps.engine_choice import chosen_for, computed, mixture_words
from tests.sweeps.plans import BASE, PLAN, kept

pytestmark = pytest.mark.costly

COMPILED, SINGLE = Arithmetic("compiled"), Arithmetic(precision="single")


LONG = SweepPlan(TrainingConfig(), seeds=30)


def test_a_long_sweep_is_worth_preparing_for_in_each_of_its_processes():
    assert chosen_for(kept(LONG), COMPILED, workers=2) == COMPILED
    assert chosen_for(kept(LONG), COMPILED, workers=64) == USUAL
    assert chosen_for(kept(PLAN), COMPILED, workers=1) == USUAL
    assert chosen_for(kept(PLAN), Arithmetic("compiled", "single"), workers=1) == SINGLE
    assert chosen_for(kept(LONG), USUAL, workers=1) == USUAL


def test_of_very_large_networks_numpy_is_faster():
    large = SweepPlan(replace(BASE, hidden=(300, 300), iterations=10**6), seeds=3)
    assert chosen_for(kept(large), COMPILED, workers=1) == USUAL


@pytest.mark.parametrize("latest", [USUAL, COMPILED, SINGLE, Arithmetic("quantum", "half")])
def test_a_sweep_goes_on_with_what_computed_its_latest_run(latest):
    assert chosen_for(kept(LONG, USUAL, latest), COMPILED, workers=1) == latest
    assert chosen_for(kept(PLAN, COMPILED, latest), USUAL, workers=1) == latest


def test_what_is_not_of_one_kind_is_told_how_many_of_each_there_are():
    results = kept(LONG, USUAL, SINGLE, SINGLE, SINGLE).results.values()
    assert computed(results) == Counter({SINGLE: 3, USUAL: 1})
    words = mixture_words(computed(results))
    assert "(NumPy engine, single precision 3, NumPy engine 1)" in words
    assert mixture_words(computed(kept(LONG, SINGLE, SINGLE).results.values())) == ""
    assert mixture_words(computed(())) == ""

"""What a sweep is computed with, and what is said where that is not one thing alone."""

from collections import Counter
from dataclasses import replace

import pytest

from curvegui.core.engine.backend import AUTO, NUMPY, Backend
from curvegui.core.sweep.plan import SweepPlan, parsed_axis
from curvegui.sweeps.results import chosen_for, computed, mixture_words
from tests.core.runs import SINGLE, C
from tests.sweeps.plans import BASE, PLAN, kept

pytestmark = pytest.mark.costly

AUTOMATIC = Backend(AUTO)
MIXED = SweepPlan(BASE, (parsed_axis("hidden=3,600-600"),), seeds=2)  # networks of both sizes


def test_a_new_sweep_is_computed_with_what_is_wanted():
    for wanted in (AUTOMATIC, C, NUMPY):
        assert chosen_for(kept(PLAN), wanted) == wanted


def test_numpy_computes_all_of_a_sweep_some_of_whose_networks_are_very_large():
    assert chosen_for(kept(MIXED), AUTOMATIC) == NUMPY
    assert chosen_for(kept(MIXED), C) == C


@pytest.mark.parametrize("latest", [NUMPY, C, SINGLE])
def test_a_sweep_goes_on_with_what_computed_its_latest_run(latest):
    assert chosen_for(kept(PLAN, NUMPY, latest), AUTOMATIC) == latest
    assert chosen_for(kept(PLAN, C, latest), NUMPY) == latest


def test_a_sweep_whose_engine_is_gone_goes_on_with_one_engine_as_a_new_one_would():
    gone = Backend("compiled", "single")
    assert chosen_for(kept(PLAN, gone), AUTOMATIC) == Backend(AUTO, "single")
    assert chosen_for(kept(MIXED, gone), AUTOMATIC) == SINGLE
    assert chosen_for(kept(MIXED, gone), C) == replace(C, precision="single")


def test_what_is_not_of_one_kind_is_told_how_many_of_each_there_are():
    results = kept(PLAN, NUMPY, SINGLE, SINGLE, SINGLE).results.values()
    assert computed(results) == Counter({SINGLE: 3, NUMPY: 1})
    words = mixture_words(computed(results))
    assert "(NumPy engine, single precision 3, NumPy engine 1)" in words
    assert mixture_words(computed(kept(PLAN, SINGLE, SINGLE).results.values())) == ""
    assert mixture_words(computed(())) == ""

"""What the status says: a sign, words in the right tense, and buttons that name what they do."""

import numpy as np
import pytest

from curvegui.core.diagnosis.diagnosis import progress
from curvegui.core.diagnosis.evidence import Evidence
from curvegui.core.diagnosis.finding import Diagnosis, Remedy, RunState
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.run.delivery import Phase
from curvegui.session.run.history import Change, UndoState
from curvegui.ui.status.status import cause_words, status_words

SLOW = Diagnosis(RunState.SLOW, "Learning slowly.", "The cost is 0.0005.", at_rest="Nearly there.")


def finding(condition, *remedies):
    return Diagnosis(condition, "Oh.", "It is so.", remedies)


def change(label, run=0, **settings):
    before = TrainingConfig()
    after = before.changed(**settings)
    return Change(label, UndoState(before, 0), UndoState(after, run))


@pytest.mark.parametrize(
    ("phase", "headline", "has_more"),
    [
        (Phase.LEARNING, "Learning slowly.", False),
        (Phase.PAUSED, "Nearly there.", False),
        (Phase.FINISHED, "Nearly there.", True),
    ],
)
def test_a_run_that_rests_is_not_said_to_be_learning(phase, headline, has_more):
    said = status_words(SLOW, phase, "")
    assert said.headline == headline
    assert said.detail.startswith("The cost is 0.0005.")
    assert ("Run" in said.detail) == has_more


@pytest.mark.parametrize("last", [0.001, 0.55, 0.75])  # of the cost at first, after a run that slows down
def test_a_run_that_has_finished_is_not_said_to_go_on(last):
    iterations = np.arange(0.0, 20_001.0, 10)
    costs = np.column_stack([iterations, 0.5 * last ** (iterations / 20_000)])
    diagnosis = progress(Evidence(TrainingConfig(), 20_000, costs, 0.2, 0.01, diverged=False))
    assert "so far" in status_words(diagnosis, Phase.PAUSED, "").headline
    assert "so far" not in status_words(diagnosis, Phase.FINISHED, "").headline


def test_undo_comes_first_and_only_where_there_is_something_to_undo():
    stuck = finding(RunState.SATURATED, Remedy.START_GENTLER, Remedy.UNDO)
    assert status_words(stuck, Phase.LEARNING, "").remedies == (Remedy.START_GENTLER,)
    assert status_words(stuck, Phase.LEARNING, "aggression 210").remedies == (Remedy.UNDO, Remedy.START_GENTLER)
    assert status_words(finding(RunState.PLATEAU, Remedy.NEW_SEED), Phase.LEARNING, "noise 3").remedies == (
        Remedy.NEW_SEED,
    )


@pytest.mark.parametrize("condition", RunState)
def test_the_sign_its_colour_and_the_guide_agree_on_what_is_trouble(condition):
    diagnosis = finding(condition)
    said = status_words(diagnosis, Phase.LEARNING, "")
    assert said.drawing != "warning" or diagnosis.is_trouble
    assert bool(said.section) == diagnosis.is_trouble
    assert (said.drawing == "check") == (condition is RunState.LEARNING)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (change("Aggression", aggression=210), "aggression 210"),
        (change("Noise", noise=0.25), "noise 0.25"),
        (change("Points", points=1_234), "points 1,234"),
        (change("Optimiser", optimizer="adam"), "optimiser"),
        (change("Layers", hidden=(6, 7, 8)), "layers"),
        (change("Reset", run=1), "reset"),
    ],
)
def test_a_change_is_named_with_the_number_that_it_set(made, words):
    assert cause_words(made) == words

"""The summary says in sentences what a glance at the window would."""

from dataclasses import replace

import numpy as np
import pytest

from curvegui.core.diagnosis.finding import Diagnosis, Remedy, RunState
from curvegui.core.learner.learner import Snapshot
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.run.delivery import Phase
from curvegui.ui.aloud.aloud import summary
from curvegui.ui.status.status import status_words
from curvegui.ui.widgets.numbers import fit_words, region_words


@pytest.fixture(scope="module")
def learned():
    trainer = Trainer(TrainingConfig())
    trainer.advance(500)
    return trainer.snapshot()


def off_by(snapshot, index, much) -> Snapshot:
    """The same, with a fit that meets the target but for one point."""
    fit = snapshot.target.points.copy()
    fit[1, index] += much
    return replace(snapshot, fit=fit)


def test_it_names_network_curve_cost_the_worst_place_and_what_would_help(learned):
    slow = Diagnosis(RunState.SLOW, "Learning has slowed down.", "It does.", (Remedy.RAISE_AGGRESSION,))
    tip = int(np.argmin(learned.target.points[1]))
    words = summary(TrainingConfig(), off_by(learned, tip, -0.0412), status_words(slow, Phase.LEARNING, ""), "")
    assert words.startswith(
        "A network with 6 and 7 neurons has learned the curve heart for 500 iterations; the cost is "
    )
    assert "Learning has slowed down." in words
    assert "farthest from the curve at the bottom, by 0.04" in words
    assert words.endswith("What helps: Raise aggression.")


@pytest.mark.parametrize(
    ("point", "place"), [((0.5, 0.1), "the bottom"), ((0.1, 0.8), "the upper left"), ((0.9, 0.45), "the right side")]
)
def test_places_are_named_within_the_outline_of_the_curve(learned, point, place):
    assert region_words(learned.target, np.array(point)) == place


def test_the_canvas_says_how_far_off_it_is_and_where(learned):
    assert fit_words(off_by(learned, 0, 0.2)).endswith("the fit is off by 0.2 at most, at the top, t 0.")

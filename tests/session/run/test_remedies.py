"""Each finding's first button mends it: a run that has it, the button, learning on, and no finding any more."""

import numpy as np
import pytest

from curvegui.core.curve.curve import Curve
from curvegui.core.diagnosis.finding import Remedy, RunState
from curvegui.core.learner.target import training_data
from curvegui.session.run.remedies import carry_out
from tests.core.runs import quickest

LOOKS_AHEAD = True  # for what is said of a run


def far_heart(shift: float) -> Curve:
    t, points = training_data(100)
    return Curve("far", points + np.array([[shift], [0.0]]), t[0], True, np.zeros(100, np.bool_))


RUNS = [
    (RunState.OSCILLATING, {"noise": 0, "aggression": 25, "seed": 1}, 4_000, 6_000),
    (RunState.OUT_OF_REACH, {"curve": far_heart(0.3)}, 2_000, 6_000),
    (RunState.OUT_OF_REACH, {"curve": far_heart(3.0)}, 4_000, 6_000),
    (RunState.TOO_SMALL, {"hidden": (1,), "seed": 3}, 6_000, 8_000),
    (RunState.TOO_SMALL, {"hidden": (2, 2), "seed": 2}, 6_000, 8_000),
    (RunState.VANISHING, {"hidden": (6,) * 6, "seed": 1}, 3_000, 6_000),
    (RunState.SATURATED, {"aggression": 70, "seed": 1}, 3_000, 4_000),
    (RunState.PLATEAU, {"aggression": 0.01, "seed": 1}, 4_000, 6_000),
    (RunState.DEAD, {"aggression": 0, "seed": 1}, 1_000, 6_000),
    (RunState.DEAD, {"activation": "relu", "seed": 2}, 2_000, 6_000),
    (RunState.NON_FINITE, {"activation": "relu", "output_activation": "linear", "seed": 2}, 500, 6_000),
]

WORSE = [(20, 2), (20, 3), (20, 4)]  # less aggression alone does not mend them all


def until_tried(session, qtbot):
    """Wait until what the finding offers has been tried, beside the run."""
    qtbot.waitUntil(lambda: session.diagnosis is not None and session.diagnosis.was_tried)


def found(session):
    return session.diagnosis.condition if session.diagnosis else None


@pytest.mark.slow
@pytest.mark.parametrize("run", RUNS, ids=lambda run: f"{run[0].value} {run[2]}")
def test_the_first_button_mends_it(open_session, settle, qtbot, run):
    condition, settings, before, after = run
    session = open_session(quickest(), iterations=1_000_000, **settings)
    session.step(before)
    settle(session)
    ill, config, label = session.snapshot.cost, session.config, session.history.undo_label
    until_tried(session, qtbot)
    assert found(session) is condition

    carry_out(session, session.diagnosis.remedies[0])
    session.step(after)
    settle(session)
    assert found(session) is not condition
    assert not session.diagnosis.is_dead_end
    assert session.snapshot.cost < min(ill / 2, 0.05)

    session.undo()
    assert (session.config, session.history.undo_label) == (config, label)


@pytest.mark.slow
@pytest.mark.parametrize(("aggression", "seed"), WORSE)
def test_a_run_that_got_worse_goes_back_to_its_best_and_on_with_less_aggression(open_session, settle, aggression, seed):
    session = open_session(quickest(), speed=100.0, seed=seed)  # what is not a step goes on slowly
    session.step(3_000)
    settle(session)
    session.edit(aggression=aggression)
    session.step(5_000)
    settle(session)
    ill, best, config = session.snapshot.cost, session.best, session.config
    assert session.diagnosis.remedies[0] is Remedy.BACK_TO_BEST
    carry_out(session, session.diagnosis.remedies[0])
    session.pause()
    settle(session)
    assert session.snapshot.iteration < 8_000
    assert session.config.aggression == aggression / 10
    session.step(6_000)
    settle(session)
    assert session.snapshot.iteration >= best + 6_000
    assert session.snapshot.cost < ill / 2
    assert not session.diagnosis.is_trouble

    session.undo()
    settle(session)
    assert session.config == config
    assert (session.snapshot.iteration, session.snapshot.cost) == (8_000, ill)


@pytest.mark.parametrize(
    ("remedy", "settings", "changed"),
    [
        (Remedy.LINEAR_OUTPUTS, {"curve": far_heart(1.0)}, {"output_activation": "linear", "aggression": 0.3}),
        (Remedy.TANH_NEURONS, {"hidden": (6,) * 6}, {"activation": "tanh", "aggression": 2}),
        (Remedy.FEWER_LAYERS, {"hidden": (9, 5, 6, 6)}, {"hidden": (9, 5)}),
        (Remedy.MORE_NEURONS, {"hidden": (2, 9)}, {"hidden": (8, 10)}),
    ],
)
def test_what_the_other_buttons_change(open_session, remedy, settings, changed):
    session = open_session(**settings)
    carry_out(session, remedy)
    assert {name: getattr(session.config, name) for name in changed} == changed

"""The phases: what a run is doing, in words, as it is announced."""

import pytest

from curvegui.core.run.trainer import Trainer
from curvegui.session.run.phase import Phase

BOTH_ENGINES = True


def test_every_phase_has_words_of_its_own():
    assert len({phase.value for phase in Phase}) == len(Phase)


def test_only_a_learning_run_is_learning():
    assert [phase for phase in Phase if phase.is_learning] == [Phase.LEARNING]


def test_a_session_begins_paused(session):
    assert session.phase is Phase.PAUSED
    assert session.phases == []
    assert session.iteration == 0


def test_running_and_pausing_are_announced_at_once_and_once(session, reach, settle):
    session.run()
    assert session.phases == [Phase.LEARNING]
    reach(session, 500)
    session.pause()
    assert session.phase is Phase.PAUSED
    settle(session)
    assert session.phases == [Phase.LEARNING, Phase.PAUSED]


def test_two_quick_toggles_end_paused(session, settle):
    session.toggle()
    session.toggle()
    settle(session)
    assert session.phase is Phase.PAUSED
    assert session.deliveries[-1].phase is Phase.PAUSED
    assert session.phases == [Phase.LEARNING, Phase.PAUSED]


@pytest.mark.slow
@pytest.mark.parametrize("pause_after", [0, 1, 2])
def test_no_older_delivery_brings_a_phase_back(session, qtbot, settle, pause_after):
    for _ in range(15):
        session.toggle()
        for _ in range(pause_after):
            with qtbot.waitSignal(session.snapshot_ready):
                session.edit(noise=1 - session.config.noise)
        session.toggle()
    settle(session)
    assert session.phases == [Phase.LEARNING, Phase.PAUSED] * 15


def test_at_its_goal_a_run_is_finished(open_session, settle):
    session = open_session(iterations=50)
    session.run()
    settle(session)
    assert session.phases == [Phase.LEARNING, Phase.FINISHED]
    assert session.deliveries[-1].phase is Phase.FINISHED


def test_a_finished_run_with_more_to_make_again_is_paused(open_session, settle):
    session = open_session(iterations=50)
    session.run()
    settle(session)
    session.edit(iterations=80)
    settle(session)
    assert (session.phase, session.iteration) == (Phase.PAUSED, 50)
    session.undo()
    settle(session)
    assert session.phase is Phase.PAUSED


@pytest.mark.slow
def test_a_finished_run_that_an_undo_takes_back_is_paused(open_session, settle):
    session = open_session(iterations=3_300)
    session.step(300)
    settle(session)
    session.edit(aggression=70)
    session.run()
    settle(session)
    assert session.phase is Phase.FINISHED and session.diagnosis.is_dead_end
    session.undo()
    settle(session)
    assert (session.phase, session.iteration) == (Phase.PAUSED, 300)


def test_a_reset_of_a_paused_run_stays_paused(session, settle):
    session.step(10)
    settle(session)
    session.reset()
    settle(session)
    assert (session.phase, session.iteration) == (Phase.PAUSED, 0)


def test_a_reset_in_the_midst_of_steps_leaves_the_new_run_paused(session, settle):
    session.step(10_000_000)
    session.reset()
    settle(session)
    assert (session.phase, session.iteration) == (Phase.PAUSED, 0)


@pytest.mark.parametrize("iterations", [50, 1_000_000])
def test_a_reset_of_a_run_that_learns_or_has_finished_learns(open_session, reach, settle, iterations):
    session = open_session(iterations=iterations)
    session.run()
    reach(session, 50)
    session.reset()
    reach(session, 50)
    session.pause()
    settle(session)
    assert {phase for phase in session.phases if phase is not Phase.FINISHED} == {Phase.LEARNING, Phase.PAUSED}
    assert {sent.run for sent in session.deliveries} == {0, 1}


def test_a_run_whose_numbers_run_away_stops_and_says_so(open_session, settle):
    session = open_session(activation="relu", output_activation="linear", aggression=7)
    session.run()
    settle(session)
    assert session.phases == [Phase.LEARNING, Phase.DIVERGED]


def test_a_gentler_setting_lets_a_run_that_ran_away_learn_on(open_session, settle, reach):
    session = open_session(activation="relu", output_activation="linear", aggression=7)
    session.run()
    settle(session)
    session.edit(aggression=0.01)
    reach(session, session.iteration + 500)
    assert session.phase is Phase.LEARNING


def test_a_setting_that_only_changes_the_picture_does_not_wake_a_run_that_ran_away(open_session, settle):
    session = open_session(activation="relu", output_activation="linear", aggression=7)
    session.run()
    settle(session)
    session.edit(speed=100)
    settle(session)
    session.undo()
    settle(session)
    assert session.phase is Phase.DIVERGED
    assert {sent.phase for sent in session.deliveries[-2:]} == {Phase.DIVERGED}


def test_an_error_is_a_phase_of_its_own_which_only_a_reset_ends(session, settle, qtbot, monkeypatch):
    with monkeypatch.context() as patch, qtbot.waitSignal(session.failed):
        patch.setattr(Trainer, "advance", lambda trainer, count: 1 / 0)
        session.run()
    for command in (session.run, session.pause, lambda: session.step(1)):
        command()
        qtbot.waitUntil(session.has_answer)
        assert session.phase is Phase.FAILED
    session.reset()
    qtbot.waitUntil(session.has_answer)
    assert session.phase is Phase.LEARNING

"""Commands and questions, carried out in this thread."""

import pytest

from curvegui.core.engine.backend import Backend
from curvegui.core.settings.config import FULL_SPEED, TrainingConfig
from curvegui.session.run import commands
from curvegui.session.run.commands import Capture, LookBack, played
from curvegui.session.run.delivery import Phase
from curvegui.session.run.driver import MOST_GOALS, PLAY_S, Driver
from curvegui.session.run.gate import Gate

BOTH_ENGINES = True

CONFIG = TrainingConfig(points=5)


@pytest.fixture
def driver():
    return Driver(Gate())


def test_a_run_that_was_set_aside_comes_back_unless_it_was_discarded(driver):
    commands.begin(driver, CONFIG, 0)
    commands.step(driver, 1)
    driver.advance()
    commands.begin(driver, CONFIG, 1)
    driver.discard(frozenset({0, 1}))
    commands.restore(driver, CONFIG, 0)
    assert driver.live.trainer.iteration == 1
    commands.begin(driver, CONFIG, 2)
    driver.discard(frozenset({2}))
    commands.restore(driver, CONFIG, 0)
    assert driver.live.trainer.iteration == 0


def test_what_needs_a_run_says_so_where_there_is_none(driver):
    with pytest.raises(RuntimeError, match="Reset"):
        commands.learn(driver)
    commands.pause(driver)


def test_without_a_run_the_answers_are_none_and_another_engine_is_taken_note_of(driver):
    single = Backend(precision="single")
    driver.calculate_with(single)
    assert Capture("label").answer(driver) is LookBack(0, 0).answer(driver) is None
    commands.begin(driver, CONFIG, 0)
    assert driver.live.trainer.backend == single
    assert LookBack(1, 0).answer(driver) is None
    assert LookBack(0, 5).answer(driver).iteration == 0
    assert Capture("label").answer(driver).iteration == 0


# At its goal, a run rests


class Played:
    """A run of 50 iterations at full speed, and a clock that passes only when told."""

    def __init__(self, **settings):
        self.now = 0.0
        self.config = CONFIG.changed(**{"iterations": 50, "speed": FULL_SPEED} | settings)
        self.driver = Driver(Gate(), clock=lambda: self.now)
        commands.begin(self.driver, self.config, 0)
        commands.learn(self.driver)

    def change(self, **settings):
        self.config = self.config.changed(**settings)
        played(commands.apply)(self.driver, config=self.config)

    def learn(self, until=1_000_000):
        """Learn until the run ends by itself, or has got so far; return the iteration."""
        while self.driver.phase is Phase.LEARNING and self.driver.live.trainer.iteration < until:
            self.driver.advance()
        return self.driver.live.trainer.iteration


@pytest.fixture
def run():
    return Played()


def test_a_run_that_nobody_plays_with_ends_exactly_at_its_goal(run):
    assert (run.learn(), run.driver.phase) == (50, Phase.FINISHED)


def test_within_a_minute_after_a_change_a_run_does_not_rest_and_then_it_does(run):
    run.learn(10)
    run.change(aggression=3.0)
    run.now += PLAY_S - 1
    assert 50 < run.learn(60) < MOST_GOALS * 50 and run.driver.phase is Phase.LEARNING
    run.now += 2
    run.learn()
    assert run.driver.phase is Phase.FINISHED
    assert run.driver.live.goal == 50  # which is what files say


def test_a_change_makes_a_resting_run_go_on_up_to_ten_times_its_goal(run):
    run.learn()
    run.change(aggression=3.0)
    assert (run.learn(), run.driver.phase) == (MOST_GOALS * 50, Phase.FINISHED)
    run.change(aggression=4.0)
    assert (run.learn(), run.driver.phase) == (MOST_GOALS * 50, Phase.FINISHED)


def test_a_weight_that_is_set_and_other_layers_are_changes_too_and_a_paused_run_stays_paused(run):
    run.learn()
    played(commands.set_parameters)(run.driver, values={0: 1.0}, run=1)
    assert run.driver.phase is Phase.LEARNING and run.learn(60) > 50
    commands.pause(run.driver)
    run.change(aggression=2.0)
    assert run.driver.phase is Phase.PAUSED


def test_what_a_stop_rule_has_ended_stays_so_and_a_run_that_must_be_exact_is(run):
    ruled = Played(stop_patience=200, aggression=0.0, iterations=5_000)
    iteration = ruled.learn()
    ruled.change(aggression=3.0)
    assert ruled.learn() == iteration and not ruled.driver.phase.is_learning
    run.change(aggression=3.0)
    commands.play_no_more(run.driver)
    assert run.learn() == 50


def test_another_run_is_not_played_with_yet(run):
    run.change(aggression=3.0)
    commands.begin(run.driver, run.config, 1)
    assert run.learn() == 50


def test_a_run_pauses_once_at_the_iteration_that_was_asked_for(run):
    commands.pause_at(run.driver, 37)
    assert (run.learn(), run.driver.phase) == (37, Phase.PAUSED)
    commands.learn(run.driver)
    assert (run.learn(), run.driver.phase) == (50, Phase.FINISHED)

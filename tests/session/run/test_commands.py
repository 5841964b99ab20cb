"""Commands and questions, carried out in this thread."""

import pytest

from curvegui.core.engine.backend import Backend
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.run import commands
from curvegui.session.run.commands import Capture, LookBack
from curvegui.session.run.driver import Driver
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

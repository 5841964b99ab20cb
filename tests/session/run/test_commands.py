"""Commands and questions, carried out in this thread: records that nobody changes on their way."""

import pytest

from curvegui.core.engine.backend import Backend
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.run.commands import (
    Begin,
    CalculateWith,
    Capture,
    Discard,
    LookBack,
    Pause,
    Restore,
    Run,
    Step,
)
from curvegui.session.run.driver import Driver
from curvegui.session.run.gate import Gate

BOTH_ENGINES = True

CONFIG = TrainingConfig(points=5)


@pytest.fixture
def driver():
    return Driver(Gate())


def test_a_run_that_was_set_aside_comes_back_unless_it_was_discarded(driver):
    for command in (Begin(CONFIG, 0), Step(1)):
        command.carry_out(driver)
    driver.advance()
    for command in (Begin(CONFIG, 1), Discard(frozenset({0, 1})), Restore(CONFIG, 0)):
        command.carry_out(driver)
    assert driver.live.trainer.iteration == 1
    for command in (Begin(CONFIG, 2), Discard(frozenset({2})), Restore(CONFIG, 0)):
        command.carry_out(driver)
    assert driver.live.trainer.iteration == 0


def test_what_needs_a_run_says_so_where_there_is_none(driver):
    with pytest.raises(RuntimeError, match="Reset"):
        Run().carry_out(driver)
    Pause().carry_out(driver)
    assert Pause.needs_run


def test_without_a_run_the_answers_are_none_and_another_engine_is_taken_note_of(driver):
    single = Backend(precision="single")
    CalculateWith(single).carry_out(driver)
    assert Capture("label").answer(driver) is LookBack(0, 0).answer(driver) is None
    Begin(CONFIG, 0).carry_out(driver)
    assert driver.live.trainer.backend == single
    assert LookBack(1, 0).answer(driver) is None
    assert LookBack(0, 5).answer(driver).iteration == 0
    assert Capture("label").answer(driver).iteration == 0

"""Commands and questions, carried out in this thread: records that nobody changes on their way."""

from dataclasses import FrozenInstanceError, fields

import pytest

from curvegui.core.engine.backend import Backend
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.run.commands import (
    Begin,
    CalculateWith,
    Capture,
    Command,
    Discard,
    LookBack,
    Pause,
    Question,
    Restore,
    Run,
    Step,
)
from curvegui.session.run.delivery import Phase
from curvegui.session.run.driver import Driver
from curvegui.session.run.gate import Gate

BOTH_ENGINES = True

CONFIG = TrainingConfig(points=5)
KINDS = [*Command.__subclasses__(), *Question.__subclasses__()]


@pytest.fixture
def driver():
    return Driver(Gate())


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_nobody_can_change_one_on_its_way(kind):
    made = object.__new__(kind)
    for name in [field.name for field in fields(kind)] or ["anything"]:
        with pytest.raises((FrozenInstanceError, TypeError)):
            setattr(made, name, 1)


def test_all_commands_but_one_are_numbered_and_no_question_is():
    assert [kind for kind in KINDS if not kind.is_numbered] == [Discard, *Question.__subclasses__()]


def test_steps_are_made_and_then_the_run_is_paused(driver):
    for command in (Begin(CONFIG, 0), Step(3)):
        command.carry_out(driver)
    while driver.phase is Phase.LEARNING:
        driver.advance()
    assert (driver.phase, driver.live.trainer.iteration) == (Phase.PAUSED, 3)


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

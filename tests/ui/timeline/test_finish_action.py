"""Run, Finish: from where the run is, Levenberg-Marquardt goes to the bottom; and where that is not possible."""

import pytest
from PySide6.QtCore import QCoreApplication

from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import FULL_SPEED
from curvegui.session.run.delivery import Phase
from tests.ui.person import Key, Modifier

LM = "levenberg-marquardt"


def has_finished(person):
    return person.session.phase is Phase.FINISHED


def cost(person):
    return person.session.snapshot.cost


@pytest.mark.slow
def test_its_key_goes_on_from_where_the_run_is_to_the_bottom_and_gives_the_optimiser_back(visit):
    person = visit(iterations=400, speed=FULL_SPEED)
    person.learn(100)
    before = cost(person)
    person.press(Key.Key_F, modifiers=Modifier.ControlModifier | Modifier.ShiftModifier)
    assert person.session.config.optimizer == LM
    assert person.session.phase.is_learning
    person.wait_until(lambda: has_finished(person))
    assert person.session.snapshot.iteration == 400
    assert cost(person) < before / 100
    person.wait_until(lambda: person.session.snapshot.config.optimizer == "descent")
    assert (person.session.config.optimizer, person.session.config.aggression) == ("descent", 7)
    assert "steepest descent" in person.window.toast.words
    assert person.session.snapshot.iteration == 400 and cost(person) < before / 100
    assert not person.action("edit.undo").isEnabled()


@pytest.mark.parametrize("left_by", ["undo", "another run"])
def test_an_optimiser_that_is_chosen_after_finish_was_left_stays_to_the_end(visit, left_by):
    person = visit(iterations=2_000, speed=20.0)
    session = person.session
    person.choose("run.finish")
    person.choose("run.toggle")
    if left_by == "undo":
        person.choose("edit.undo")
        assert session.config.optimizer == "descent"
        person.choose("run.reset")
        session.edit(optimizer="adam")
        session.edit(optimizer=LM)
    else:
        session.begin(session.config.changed(optimizer=LM))  # as a file that is opened
    session.edit(iterations=5, speed=FULL_SPEED)
    session.run()
    with person.qtbot.waitSignal(session.snapshot_ready, check_params_cb=lambda _: has_finished(person)):
        pass
    QCoreApplication.processEvents()  # it would be given back a moment later
    assert session.config.optimizer == LM


def test_from_the_goal_it_makes_as_many_iterations_again_with_whatever_optimiser(visit):
    person = visit(iterations=50, speed=FULL_SPEED)
    person.choose("run.toggle")
    for goal in (50, 100, 150):
        person.wait_until(lambda: has_finished(person))
        assert person.session.snapshot.iteration == goal
        person.choose("run.finish")


def test_where_points_and_weights_are_too_many_it_says_so_and_cannot_be_chosen(visit, monkeypatch):
    # a network too large for 2**27 takes long
    monkeypatch.setattr(
        "curvegui.core.settings.config.JACOBIAN_BYTES", 2**20
    )  # a network too large for 2**27 takes long
    person = visit(points=1000)
    person.wait_for_first_picture()
    action = person.action("run.finish")
    assert not action.isEnabled()
    assert "would need" in " ".join(action.toolTip().split())
    assert "Choose L-BFGS" in " ".join(action.toolTip().split())
    assert "Levenberg-Marquardt" in action.toolTip()
    person.session.edit(points=50)
    assert action.isEnabled()
    assert "would need" not in action.toolTip()


def test_after_an_error_there_is_nothing_to_finish_until_reset(person, monkeypatch):
    action = person.action("run.finish")
    with monkeypatch.context() as patch:
        patch.setattr(Trainer, "advance", lambda *_: 1 / 0)
        person.choose("run.step_1")
        person.wait_until(lambda: person.session.phase is Phase.FAILED)
    assert not action.isEnabled()
    assert "Reset" in action.toolTip()
    person.choose("run.reset")
    person.wait_until(action.isEnabled)

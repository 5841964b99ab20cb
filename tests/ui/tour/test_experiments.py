"""The experiments in the window: chosen in the menu Learn, shown as a lesson, and left with the run from before."""

from PySide6.QtWidgets import QDialog

from curvegui.session.run.delivery import Phase
from tests.ui.person import Key


def test_one_is_chosen_in_the_menu_answered_tried_and_left_with_the_run_from_before(person):
    person.enter_setting("aggression", "3")
    person.learn(10)
    before = person.session.config
    person.choose("experiment.saturated")
    person.wait_until(lambda: person.shows("tour") and person.window.features["tour"].run_before is not None)
    person.wait_until(lambda: person.session.snapshot and person.session.snapshot.iteration == 1_000)
    assert person.session.config.aggression == 7
    assert person.session.phase is Phase.PAUSED
    assert person.session.diagnosis is None  # the question is open
    assert person.read("tour.heading") == "Fourteen times as bold"
    tour = person.window.features["tour"].tour
    tour.answer(2)
    person.enter_setting("aggression", "100")
    person.press(Key.Key_Space)
    person.wait_until(lambda: tour.is_done)
    assert tour.is_right(0)
    person.click("tour.leave")
    person.find("restore", QDialog).findChild(object, "restore").click()
    assert person.session.config == before
    person.wait_until(lambda: person.session.snapshot is not None and person.session.snapshot.iteration == 10)

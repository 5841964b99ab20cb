"""The transport: run and pause, steps, reset, speed, and the way through the past."""

import pytest
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QAbstractButton

from curvegui.core.settings.config import FULL_SPEED, MAX_SEED
from curvegui.session.run.delivery import Phase
from tests.ui.person import Key, Modifier, picture


@pytest.mark.slow
def test_a_step_makes_as_many_iterations_as_were_chosen_and_pauses(person):
    button, goal, width = person.find("button.run.step"), 0, person.find("button.run.step").width()
    assert [action.shortcut().toString() for action in button.menu().actions()] == [f"Alt+{n}" for n in range(1, 5)]
    for action, count in zip(button.menu().actions(), (1, 10, 100, 1_000), strict=True):
        goal += count
        button.menu().triggered.emit(action)  # as when it is chosen there
        assert f"{count:,}" in button.text()
        assert button.text() == button.accessibleName()
        person.click("button.run.step", button.rect().topLeft() + QPoint(8, 8))  # beside the arrow
        person.wait_until(lambda goal=goal: person.session.snapshot.iteration == goal)
        person.wait_until(lambda: person.session.phase is Phase.PAUSED)
        assert button.width() == width


@pytest.mark.qt_log_ignore("^This plugin does not support ", extend=True)  # popups, on the offscreen one
def test_the_numbers_of_the_step_button_are_reached_with_keys(person):
    menu = person.tab_to("button.run.step").menu()
    menu.aboutToShow.connect(lambda: QTimer.singleShot(0, menu.close))
    with person.qtbot.waitSignal(menu.aboutToShow):
        person.press(Key.Key_Down)


def test_the_round_button_says_what_a_press_would_do(visit):
    person = visit(iterations=500, speed=FULL_SPEED)
    assert person.find("run").accessibleName() == "Run"
    assert person.action("run.toggle").text() == "&Run"
    person.click("run")
    assert person.find("run").accessibleName() == "Pause"
    assert person.action("run.toggle").text() == "&Pause"
    person.wait_until(lambda: person.session.phase is Phase.FINISHED)
    assert person.find("run").accessibleName() == "Continue"
    person.click("run")
    person.wait_until(lambda: person.session.snapshot.iteration == 1_000)


def test_while_a_person_looks_back_what_leads_there_stands_in_the_place_of_the_steps_and_nothing_moves(person):
    person.learn(20)
    steps = ["button.run.step", "button.run.reset"]
    past = [f"button.time.{name}" for name in ("play_back", "play", "best", "go_on", "now")]
    speed, run, height = person.find("speed.2000").geometry(), person.find("run").geometry(), transport_height(person)
    assert all(map(person.shows, steps)) and not any(map(person.shows, past))
    person.session.time.look_back(5)
    person.wait_until(lambda: all(map(person.shows, past)))
    assert not any(map(person.shows, steps))
    assert all(person.find(name).accessibleName() for name in past)
    assert (person.find("speed.2000").geometry(), person.find("run").geometry()) == (speed, run)
    assert transport_height(person) == height
    person.tab_to("button.time.now")
    person.press(Key.Key_Space)
    person.wait_until(lambda: all(map(person.shows, steps)))
    assert not any(map(person.shows, past))


def transport_height(person):
    return person.find("transport").height()


def test_in_a_narrow_window_its_rows_cover_nothing(open_window):
    person = open_window(size=(100, 100))
    transport, canvas, plot = (
        person.window.features["timeline"].transport,
        person.window.canvas,
        person.window.features["timeline"].timeline,
    )
    person.wait_until(lambda: transport.height() >= transport.heightForWidth(transport.width()))
    assert canvas.geometry().bottom() < transport.geometry().top()
    assert transport.geometry().bottom() < plot.geometry().top()
    for button in ("run", "button.run.reset", "editor.speed"):
        widget = person.find(button)
        place = widget.mapTo(transport, widget.rect().topLeft()), widget.mapTo(transport, widget.rect().bottomRight())
        assert all(transport.rect().contains(corner) for corner in place)


def test_steps_add_up_and_reset_begins_again_with_the_same_seed_and_each_button_says_what_it_does(newcomer):
    person = newcomer  # whose button makes the usual steps
    names = {"run": "Run", "button.run.step": "Step 1", "button.run.reset": "Reset"}
    assert {name: person.find(name).accessibleName() for name in names} == names

    drawings = [picture(person.find("run"))]
    person.click("run")
    drawings.append(picture(person.find("run")))
    person.click("run")
    assert drawings[0] != drawings[1]
    assert picture(person.find("run")) == drawings[0]

    person.choose("run.reset")
    person.wait_until(lambda: person.session.snapshot and person.session.snapshot.iteration == 0)
    seed, first = person.session.config.seed, person.session.snapshot.parameters.tobytes()
    person.learn(50)
    person.click("button.run.reset")
    person.wait_until(lambda: person.session.snapshot and person.session.snapshot.iteration == 0)
    assert person.session.config.seed == seed
    assert person.session.snapshot.parameters.tobytes() == first

    person.press(Key.Key_2, Key.Key_2, Key.Key_2, Key.Key_1, modifiers=Modifier.AltModifier)
    person.wait_until(lambda: person.session.snapshot.iteration == 31)
    assert person.session.phase is Phase.PAUSED
    assert "10" not in person.read("button.run.step")  # the keys leave the button as it is

    seeds = {person.session.config.seed}
    for _ in range(3):
        person.click("button.run.new_seed")
        seed = person.session.config.seed
        assert person.read("editor.seed").replace(",", "") == str(seed)
        seeds.add(seed)
    assert len(seeds) == 4
    assert all(0 <= seed <= MAX_SEED for seed in seeds)
    assert person.find("button.run.new_seed").accessibleName()
    assert not person.find("transport").isAncestorOf(person.find("button.run.new_seed"))


def chosen_speed(person):
    return [each.text() for each in person.find("speed.steps").findChildren(QAbstractButton) if each.isChecked()]


def test_the_speed_is_one_of_five_steps_which_arrow_keys_and_clicks_choose(person):
    names = {
        "speed.1": "1 iteration a second",
        "speed.2000": "2,000 iterations a second",
        "speed.0": "As fast as possible",
    }
    assert {name: person.find(name).accessibleName() for name in names} == names
    assert chosen_speed(person) == ["2k"] and not person.shows("editor.speed")
    person.click("speed.10")
    assert (person.session.config.speed, chosen_speed(person)) == (10, ["10"])
    person.tab_to("speed.10")
    person.press(Key.Key_Right, Key.Key_Right, Key.Key_Right)
    assert (person.session.config.speed, chosen_speed(person), person.focus) == (FULL_SPEED, ["max"], "speed.0")
    person.choose("edit.undo")
    assert person.session.config.speed == 2_000


def test_another_speed_is_typed_after_a_digit_enter_or_a_second_press_and_stands_before_the_steps(person):
    person.tab_to("speed.2000")
    person.press(Key.Key_5, Key.Key_0, Key.Key_0, Key.Key_Return)
    assert (person.session.config.speed, chosen_speed(person), person.read("editor.speed")) == (500, [], "500")
    person.click("speed.100")
    assert not person.shows("editor.speed")
    for begin in (lambda: person.click("speed.100"), lambda: person.press(Key.Key_Return)):
        begin()
        assert person.focus == "editor.speed" and person.find("editor.speed").selectedText() == "100"
        person.press(Key.Key_Escape)
        assert person.focus == "speed.100" and not person.shows("editor.speed")


def test_a_speed_from_elsewhere_that_is_no_step_is_shown_as_typed(person):
    person.session.edit(speed=321.0)
    assert (chosen_speed(person), person.read("editor.speed")) == ([], "321")

"""The status bar: the state in words, and the run's numbers."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QGraphicsSimpleTextItem, QWidget

from curvegui.core.diagnosis.finding import Diagnosis, RunState
from curvegui.core.engine.backend import NUMPY
from curvegui.core.settings.config import FULL_SPEED
from curvegui.session.run.delivery import Phase
from curvegui.ui.look.theme import DARK, LIGHT
from curvegui.ui.window.status import HINDERED, SIGNS, STUCK, StatusBar
from tests.core.runs import C
from tests.session.engines import NO_LIBRARY, with_c, without_c
from tests.ui.person import Key, put_on

LOOKS_AHEAD = True  # for what is said of a run

WORDS = {
    Phase.PAUSED: "Paused",
    Phase.LEARNING: "Learning",
    Phase.FINISHED: "Finished",
    Phase.DIVERGED: "Stopped: the numbers overflowed",
    Phase.FAILED: "Stopped by an error",
}


@pytest.mark.parametrize("phase", Phase)
def test_every_state_has_words_and_a_sign(qtbot, phase):
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show_phase(phase)
    label = bar.findChild(object, "status.state")
    assert label.accessibleName() == WORDS[phase]
    assert WORDS[phase] in label.text()
    assert SIGNS[phase] in label.text()


def test_the_signs_take_the_theme_s_colours(qtbot):
    bar = StatusBar()
    qtbot.addWidget(bar)
    for theme in (LIGHT, DARK):
        put_on(theme)
        for phase, colour in ((Phase.LEARNING, theme.good), (Phase.FAILED, theme.warning), (Phase.PAUSED, theme.muted)):
            bar.show_phase(phase)
            assert colour in bar.findChild(object, "status.state").text()


def test_a_run_that_makes_iterations_in_vain_is_not_said_to_learn(qtbot):
    bar = StatusBar()
    qtbot.addWidget(bar)
    state = bar.findChild(object, "status.state")
    bar.show_phase(Phase.LEARNING)
    bar.show_diagnosis(Diagnosis(RunState.SATURATED, "Oh.", "It is so."))
    assert state.accessibleName() == STUCK[1]
    assert LIGHT.warning in state.text()
    assert SIGNS[Phase.LEARNING] not in state.text()
    bar.show_phase(Phase.PAUSED)
    assert state.accessibleName() == "Paused"
    bar.show_phase(Phase.LEARNING)
    bar.show_diagnosis(None)
    assert state.accessibleName() == "Learning"
    assert LIGHT.good in state.text()


def test_there_is_no_praise_beside_a_complaint(qtbot):
    bar = StatusBar()
    qtbot.addWidget(bar)
    state = bar.findChild(object, "status.state")
    bar.show_phase(Phase.LEARNING)
    for condition in RunState:
        diagnosis = Diagnosis(condition, "Oh.", "It is so.")
        bar.show_diagnosis(diagnosis)
        assert (LIGHT.good in state.text()) == (not diagnosis.is_trouble)


@pytest.mark.slow
def test_what_is_in_the_way_of_learning_is_said_while_it_learns(visit):
    person = visit(noise=0, aggression=20, speed=FULL_SPEED, iterations=1_000_000)
    person.press(Key.Key_Space)
    state = person.find("status.state")
    person.wait_until(lambda: state.accessibleName() == HINDERED[1])
    assert "▲" in state.text()
    assert LIGHT.warning in state.text()
    person.press(Key.Key_Space)
    assert state.accessibleName() == "Paused"


def test_it_follows_the_run(visit):
    person = visit(iterations=2_000, speed=FULL_SPEED)
    person.wait_until(lambda: person.read("status.iteration") == "0 of 2,000 iterations")
    assert person.find("status.state").accessibleName() == "Paused"
    person.press(Key.Key_Space)
    assert person.find("status.state").accessibleName() == "Learning"
    person.wait_until(lambda: person.read("status.iteration") == "2,000 of 2,000 iterations")
    assert person.find("status.state").accessibleName() == "Finished"
    cost = float(person.read("status.cost").removeprefix("cost "))
    assert cost == pytest.approx(person.session.snapshot.cost, rel=0.006)
    assert not person.shows("status.rate") or person.read("status.rate") == ""


def test_the_test_cost_stands_beside_the_cost_where_there_is_one(visit):
    person = visit(train_one_in=4)
    person.wait_until(lambda: "test" in person.read("status.cost"))
    cost, test_cost = person.read("status.cost").removeprefix("cost ").split(", test ")
    assert float(cost) == pytest.approx(person.session.snapshot.cost, rel=0.006)
    assert float(test_cost) == pytest.approx(person.session.snapshot.test_cost, rel=0.006)


def words_on(canvas):
    texts = (item.text() for item in canvas.items() if isinstance(item, QGraphicsSimpleTextItem))
    return next(text for text in texts if text.startswith("iteration"))


def test_canvas_and_status_bar_say_the_same_at_every_moment(visit):
    person = visit(speed=FULL_SPEED)
    canvas, said = person.window.canvas, []
    canvas.numbered.connect(lambda _: said.append((words_on(canvas), person.read("status.cost"))))
    for reached in ("500", "1,000", "1,500"):
        person.learn(500)
        person.wait_until(lambda: said and f"iteration {reached}\n" in said[-1][0])  # noqa: B023 - it is called at once
    assert len({words for words, _ in said}) > 2
    assert all(cost in words for words, cost in said)


def test_it_says_which_engine_computes_and_why_the_fast_one_cannot_be_had(qtbot, visit, monkeypatch):
    person, deliveries = visit(), []
    person.session.snapshot_ready.connect(deliveries.append)
    person.learn(10)
    bar = StatusBar()
    qtbot.addWidget(bar)

    def show(backend):
        bar.show_delivery(replace(deliveries[-1], backend=backend))
        bar.show_numbers(deliveries[-1].snapshot)

    label = bar.findChild(object, "status.engine")
    single = replace(C, precision="single")
    for backend, words in ((NUMPY, "NumPy engine"), (C, "C engine"), (single, "C engine, single precision")):
        with_c(monkeypatch)
        show(backend)
        assert (label.text(), label.toolTip()) == (words, "The engine that computes the iterations")
    without_c(monkeypatch)
    show(NUMPY)
    assert label.toolTip().endswith(NO_LIBRARY)


def test_iterations_a_second_are_shown_while_it_learns(visit):
    person = visit(iterations=10_000_000, speed=FULL_SPEED)
    person.press(Key.Key_Space)
    person.wait_until(lambda: person.read("status.rate").endswith(" iterations/s"))
    person.wait_until(lambda: int(person.read("status.rate").removesuffix(" iterations/s").replace(",", "")) > 100)
    person.press(Key.Key_Space)
    person.wait_until(lambda: person.read("status.rate") == "")
    assert person.find("status.state").accessibleName() == "Paused"


def test_a_message_hides_nothing_and_goes_after_its_time(person):
    status = person.window.statusBar()
    status.showMessage("Saved <b>heart</b>.png", 10)
    assert status.currentMessage() == "Saved <b>heart</b>.png"
    assert person.read("status.state")
    assert person.find("status.iteration").isVisible()
    person.wait_until(lambda: not status.currentMessage())
    status.showMessage("Stays")
    person.wait_until(lambda: status.currentMessage() == "Stays")


def test_what_is_told_first_is_followed_by_later_words_while_its_time_lasts(person):
    status = StatusBar()
    person.qtbot.addWidget(status)
    status.notify_first("The C engine is missing.")
    assert status.currentMessage() == ""
    status.notify_held()
    status.notify("Opened circle.curvegui")
    assert status.currentMessage() == "The C engine is missing. Opened circle.curvegui"
    status.forget_message()  # as another run begins
    assert status.currentMessage() == "The C engine is missing."
    person.wait_until(lambda: not status._first)
    status.notify("Saved circle.png")
    assert status.currentMessage() == "Saved circle.png"


def test_a_message_goes_with_the_run_that_it_was_about(person):
    status = person.window.statusBar()
    person.window.status.notify("Loaded “heart”.")
    person.window.features["curves"].learn("circle")
    assert status.currentMessage() == ""
    person.window.status.notify("Saved circle.png")
    person.session.edit(noise=2)
    assert status.currentMessage() == "Saved circle.png"
    person.choose("run.reset")
    assert status.currentMessage() == ""


def test_a_long_message_does_not_make_the_window_wider(person):
    before = person.window.minimumSizeHint().width()
    person.window.statusBar().showMessage("Saved " + 50 * "/a/long/path")
    assert person.window.minimumSizeHint().width() == before


def test_in_a_narrow_window_what_does_not_fit_whole_is_left_out(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    bar = StatusBar(window)
    window.show()
    state, *numbers = [bar.findChild(object, f"status.{name}") for name in ("state", "iteration", "cost", "rate")]
    for label in numbers:
        label.parent().write("50,000 of 50,000 of something")
    seen = []
    for width in (1200, 500, bar.minimumSizeHint().width()):
        bar.resize(width, 30)
        shown = [label for label in (state, *numbers) if label.isVisible()]
        bar.layout().activate()
        assert all(label.width() >= label.sizeHint().width() for label in shown)
        seen.append(len(shown))
    assert seen[0] == 4
    assert 1 < seen[1] < 4
    assert seen[2] == 1

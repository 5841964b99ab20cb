"""The tour: steps are done when their condition holds, can be gone to at will, and change only what they say."""

from dataclasses import replace
from time import sleep
from types import MappingProxyType

import pytest

from curvegui.core.diagnosis.finding import RunState
from curvegui.core.network.parts import Neuron, Parameter
from curvegui.files.lesson.condition import parse_condition
from curvegui.files.lesson.lesson import Lesson, LessonStep
from curvegui.files.lesson.question import Question
from curvegui.files.lesson.words import CHOICES, COUNTS, EVENTS, FINDINGS, LAYERS, NUMBERS, STATES
from curvegui.session.run.delivery import Phase
from curvegui.session.study.inspection import Inspection, Pass, Stage
from curvegui.session.study.tour import Tour, TourPosition, TourWatch

BOTH_ENGINES = True

LOOKS_AHEAD = True  # for what is said of a run


def step(until="", **settings):
    return LessonStep("Heading", "Text", do="Do it", until=parse_condition(until) if until else None,
                settings=MappingProxyType(settings))  # fmt: skip


@pytest.fixture
def inspection(qapp):
    return Inspection()


@pytest.fixture
def tour(session, inspection):
    return Tour(session, inspection)


@pytest.fixture
def begin(tour):
    def with_steps(*steps):
        tour.begin(Lesson("Title", tuple(steps)))

    return with_steps


@pytest.fixture
def is_done_by(qtbot, tour, begin):
    """Whether what a person does makes a step with a condition done, which it is not before."""

    def check(until, act):
        begin(step(until))
        assert not tour.is_done
        with qtbot.waitSignal(tour.done_changed):
            act()
        return tour.is_done

    return check


def test_the_run_before_does_not_do_what_a_step_waits_for(session, tour, begin, qtbot):
    begin(step(), replace(step("iteration > 50"), begins_run=True))
    session.run()
    qtbot.waitUntil(lambda: session.iteration > 50)
    tour.go_to(1)
    assert tour.has_begun and not tour.is_done


def test_what_is_measured_after_some_iterations_is_measured_exactly_there_and_the_run_pauses(
    session, tour, begin, qtbot, settle
):
    settle(session)
    begin(replace(step("iterations made >= 333"), question=Question(measure="cost")))
    session.run()
    session.pause()
    settle(session)
    begun = session.snapshot.iteration
    tour.answer(0.1)
    session.run()
    qtbot.waitUntil(lambda: tour.is_done)
    assert tour.outcomes[0].iteration == begun + 333
    assert session.phase is Phase.PAUSED


def test_what_the_run_does_is_seen(session, is_done_by, settle):
    assert is_done_by("running", session.run)
    assert is_done_by("paused", session.pause)
    settle(session)
    assert is_done_by("steps >= 3 and iterations made >= 3", lambda: [session.step(1) for _ in range(3)])
    settle(session)
    assert is_done_by(f"iteration > {session.snapshot.iteration + 50}", lambda: session.step(100))
    settle(session)
    assert is_done_by("cost < 0.05", lambda: session.step(2_000))


def test_undo_and_redo_of_a_reset_are_no_reset(session, tour, begin, settle):
    session.reset()
    settle(session)
    begin(step("reset"))
    session.undo()
    settle(session)
    session.redo()
    settle(session)
    assert not tour.is_done


def test_what_is_looked_at_is_seen(inspection, is_done_by):
    assert is_done_by("selected neuron", lambda: inspection.select(Neuron(1, 2)))
    assert is_done_by("selected weight", lambda: inspection.select(Parameter(1, 2, 0)))
    assert is_done_by("selected bias", lambda: inspection.select(Parameter(1, 2)))
    assert is_done_by("muted", lambda: inspection.mute(Neuron(1, 2), True))
    assert is_done_by("soloed", lambda: inspection.solo(Neuron(1, 2)))
    assert is_done_by("brushed", lambda: inspection.brush((0.1, 0.2)))
    assert is_done_by("stepped forward", lambda: inspection.light(Stage(Pass.FORWARD, 1)))
    assert is_done_by("stepped backward", lambda: inspection.light(Stage(Pass.BACKWARD, 3)))
    assert is_done_by("stepped update", lambda: inspection.light(Stage(Pass.UPDATE, 1)))


def test_every_word_that_a_lesson_may_use_is_known(session, inspection):
    """None stands for what is not known: only of what has not happened is there nothing to say."""
    inspection.select(Parameter(1, 0, 0))
    watch = TourWatch(session, inspection)
    words = [*STATES, *FINDINGS, *COUNTS, *NUMBERS, *CHOICES, LAYERS, "curve changed"]
    assert [word for word in words if watch.fact(word) is None] == []
    for event in set(EVENTS) - {"curve changed"}:
        assert watch.fact(event) is None
        watch.note(event)
        assert watch.fact(event) is True


def test_steps_can_be_gone_to_at_will(tour, begin):
    begin(step("muted"), step(), step())
    assert (tour.number, tour.is_last) == (0, False)
    tour.go_to(2)
    assert (tour.number, tour.is_last, tour.done) == (2, True, frozenset())
    for nowhere in (-1, 3):
        tour.go_to(nowhere)
        assert tour.number == 2


def test_a_step_with_nothing_to_wait_for_is_done_when_it_was_read(tour, begin):
    begin(step(), step(), step())
    tour.go_to(1)
    tour.go_to(0)
    assert tour.done == {0}


def test_a_step_begins_with_its_settings_which_undo_takes_back(session, tour, begin):
    session.edit(aggression=3)
    begin(step(), step(aggression=3.0, noise=0.0, hidden=(2,)))
    tour.go_to(1)
    assert (session.config.aggression, session.config.noise, session.config.hidden) == (3, 0, (2,))
    assert tour.has_set == ("noise", "hidden")
    session.undo()
    assert (session.config.noise, session.config.hidden) == (1, (6, 7))
    assert session.config.aggression == 3


def test_a_step_whose_settings_do_not_go_with_those_of_the_run_has_the_usual_ones_beside_them(session, tour, begin):
    session.edit(points=100_000, hidden=(9, 11), seed=5)
    begin(step(), step(optimizer="levenberg-marquardt"))
    tour.go_to(1)
    config = session.config
    assert (config.optimizer, config.points, config.seed) == ("levenberg-marquardt", 100, 5)
    session.undo()
    assert session.config.points == 100_000


def test_a_step_with_other_layers_begins_a_run_of_its_own(session, tour, begin, settle):
    session.step(200)
    settle(session)
    begin(step(), step(hidden=(2,)))
    tour.go_to(1)
    settle(session)
    assert (session.snapshot.iteration, session.snapshot.config.hidden) == (0, (2,))
    session.undo()
    settle(session)
    assert (session.snapshot.iteration, session.snapshot.config.hidden) == (200, (6, 7))
    begin(step("paused", curve="star"))
    settle(session)
    assert tour.is_done  # the condition holds already
    assert (session.snapshot.iteration, session.config.curve) == (0, "star")


def test_a_step_that_begins_a_run_begins_it_paused_even_after_a_finished_one(session, tour, begin, settle):
    session.edit(iterations=20)
    session.run()
    settle(session)
    begin(step(), replace(step(aggression=0.0), begins_run=True))
    session.renewed.connect(lambda: sleep(0.05))  # the window is slow, and the trainer is not
    tour.go_to(1)
    settle(session)
    assert (session.phase, session.snapshot.config.aggression) == (Phase.PAUSED, 0)
    assert session.snapshot.iteration == 0
    assert session.diagnosis.condition is RunState.DEAD
    assert tour.has_begun
    session.undo()
    settle(session)
    assert (session.snapshot.iteration, session.config.aggression) == (20, 7)


def test_a_tour_is_resumed_with_what_the_steps_up_to_there_have_set(session, tour, settle):
    usual = replace(step(noise=0.0), begins_run=True, is_usual=True)
    lesson = Lesson("Title", (step(seed=3), usual, step("muted", hidden=(1,)), step()))
    session.edit(aggression=2, points=50)
    tour.begin(lesson, TourPosition(2, frozenset({0, 2, 7})))
    assert tour.position == TourPosition(2, frozenset({0}))  # it is done again: with another run
    config = session.config
    assert (config.hidden, config.noise, config.aggression, config.points, config.seed) == ((1,), 0, 7, 100, 5)
    assert tour.has_begun and set(tour.changed) >= {"aggression", "hidden", "noise", "points"}
    session.step(5)
    settle(session)
    tour.begin(lesson, TourPosition(3))  # the run has all that already
    settle(session)
    assert not tour.has_begun and session.snapshot.iteration == 5
    tour.begin(lesson, TourPosition(1))
    settle(session)
    assert tour.has_begun and session.snapshot.iteration == 0 and session.config.hidden == (6, 7)
    session.undo()
    settle(session)
    assert session.snapshot.iteration == 5


def test_a_question_is_done_when_it_is_answered_and_not_when_it_is_skipped(tour, begin):
    asked = LessonStep("Heading", "", do="Which?", question=Question(("a", "b"), frozenset({0})))
    begin(asked, asked)
    tour.go_to(1)
    assert tour.done == frozenset()
    tour.answer(1.0)
    assert (tour.is_done, tour.answers) == (True, {1: 1.0})
    tour.go_to(0)
    assert tour.answers == {1: 1.0}
    begin(asked)
    assert tour.answers == {}


def test_what_it_has_set_or_asked_for_is_known_with_how_it_was_before(session, tour, begin):
    session.edit(noise=0.5)
    begin(step("aggression > 30"), step("finished", noise=2), step())
    assert tour.changed == {}
    session.edit(aggression=31, points=50)
    tour.go_to(1)
    assert tour.changed == {"aggression": 7, "noise": 0.5}
    session.undo()
    assert tour.changed == {"aggression": 7}
    tour.leave()
    assert tour.changed == {"aggression": 7}
    begin(step("aggression > 30"))
    assert tour.changed == {}

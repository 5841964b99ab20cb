"""The lessons that come with the app are gone through as they say, and what they say comes true.

The tour is gone through in the window.
"""

from functools import partial

import pytest

from curvegui.core.curve.curve import Units, curve_through
from curvegui.core.curve.guesses import shapes_like
from curvegui.core.inspection.chain_rule import chain_rule
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.network.parts import Parameter
from curvegui.core.settings.config import FULL_SPEED
from curvegui.files.disk.resources import resource
from curvegui.session.run.diagnoser import Forecaster
from curvegui.session.study.inspection import Inspection, Pass, Stage
from curvegui.session.study.tour import Tour
from tests.core.runs import quickest
from tests.help.lessons import read_lesson

LOOKS_AHEAD = True  # for what is said of a run

W1 = Parameter(1, 0, 0)


class Learner:
    """Does what a lesson says, with a session and an inspection."""

    def __init__(self, session, settle):
        self.session, self._settle = session, partial(settle, session)
        self.inspection = Inspection()
        self.tour = Tour(session, self.inspection)
        self.select, self.look_at, self.light = (
            self.inspection.select, self.inspection.look_at_point, self.inspection.light,
        )  # fmt: skip
        self.set = session.edit

    def run(self, count):
        self.session.step(count)
        self._settle()

    def until(self, holds, count=200):
        """Run on until something holds, which is announced when the iterations have been made."""
        while not holds():
            self.run(count)
            assert self.session.iteration < 30_000, self.tour.step.heading

    def finish(self):
        self.until(lambda: self.tour.is_done, 250)

    def stop(self):
        """Run until learning has stopped."""
        self.until(lambda: self.tour._watch.fact("finding saturated"))

    def mend(self):
        self.session.reset(optimizer="levenberg-marquardt")
        self.until(lambda: self.tour.is_done, 10)

    def grow(self):
        for count in range(2, 6):
            self.session.edit(hidden=(count,))
        self.session.edit(optimizer="levenberg-marquardt")
        self.until(lambda: self.tour.is_done, 10)

    # Answers

    def shape(self, name):
        """A curve instead of a drawing."""
        points = shapes_like(self.session.snapshot.target.curve_points)[name]
        return curve_through(name, points, closed=False, units=Units())

    def by_hand(self):
        """The product of the factors as the panel shows them, with three digits."""
        factors = chain_rule(InspectedSnapshot(self.session.snapshot), W1, self.inspection.point).factors
        error, slope, weights, own, inputs = ([float(f"{each:.3g}") for each in f.entries.ravel()] for f in factors)
        return (error[0] * slope[0] * weights[0] + error[1] * slope[1] * weights[1]) * own[0] * inputs[0]

    def next_value(self):
        """W1 after one iteration with aggression 14."""
        update = chain_rule(InspectedSnapshot(self.session.snapshot), W1).update
        return update.old - 14 * float(f"{update.jacobian:.3g}")


LESSONS = {  # of each step: the answer that is right, or None where nothing is asked, and what is done
    "why-the-noise": [
        (16, None),
        (0.003, lambda person: person.run(3_000)),
        (1, lambda person: person.run(3_000)),
        (2, lambda person: person.run(1_000)),
        (1, lambda person: (person.stop(), person.set(aggression=7), person.run(1_001))),
        (2, lambda person: (person.run(2_001), person.set(noise=0.4), person.finish())),
        (None, lambda person: (person.set(noise=0.4), person.finish())),
    ],
    "why-did-it-stop": [
        (0.25, None),
        (0.2, lambda person: person.run(1_000)),
        (2, lambda person: (person.run(500), person.set(aggression=100), person.stop())),
        (1, lambda person: (person.stop(), person.set(aggression=7), person.run(1_001))),
        (1, lambda person: (person.stop(), person.select(Parameter(3, 0, 0)))),
        (1, lambda person: person.run(1_000)),
        (None, lambda person: (person.stop(), person.mend())),
    ],
    "one-weight-five-factors": [
        (5, None),
        (None, lambda person: (person.select(W1), person.look_at(50))),
        (1, None),
        (Learner.by_hand, None),
        (1, lambda person: person.look_at(None)),
        (Learner.next_value, lambda person: (person.set(aggression=14), person.run(1))),
        (7, lambda person: person.light(Stage(Pass.UPDATE, 1))),
    ],
    "how-many-neurons": [
        ("A straight line", lambda person: person.run(1_000)),
        ("A bowl", lambda person: person.run(2_000)),
        (0.004, lambda person: person.run(5_000)),
        (1, lambda person: person.run(5_000)),
        (77, None),
        (None, Learner.grow),
    ],
    "circles-or-neurons": [
        (9, None),
        (0.00018, lambda person: person.run(2_000)),
        (0, lambda person: person.run(2_000)),
        (1, lambda person: person.run(2_000)),
        (None, lambda person: (person.set(optimizer="adam", aggression=0.1, noise=0), person.finish())),
    ],
    "experiments/saturated": [(2, lambda person: (person.set(aggression=100), person.stop()))],
    "experiments/learnt-by-heart": [(2, lambda person: person.run(2_000))],
    "experiments/too-small": [(1, lambda person: (person.set(hidden=(8,)), person.finish()))],
    "experiments/noise-helps": [(2, lambda person: (person.set(noise=0.4), person.finish()))],
    "experiments/grow-without-forgetting": [(2, lambda person: (person.set(hidden=(7, 7)), person.finish()))],
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_can_be_gone_through_as_it_says_and_its_answers_are_right(
    open_session, settle, qtbot, name, monkeypatch
):
    monkeypatch.setattr(Forecaster, "forecast_of", lambda *_: None)  # no lesson waits for what it finds
    learner = Learner(open_session(quickest(), optimizer="lbfgs", speed=1.0, hidden=(3,), iterations=50), settle)
    tour = learner.tour
    tour.begin(read_lesson(resource("lessons", f"{name}.md")))
    for number, (given, act) in enumerate(LESSONS[name]):
        tour.go_to(number)
        learner.set(speed=FULL_SPEED)
        learner._settle()
        if given is not None:
            tour.answer(
                learner.shape(given) if isinstance(given, str) else given(learner) if callable(given) else given
            )
        if act is not None:
            act(learner)
        qtbot.waitUntil(lambda: tour.is_done)
        assert given is None or tour.is_right(number), (tour.step.heading, tour.outcomes[number])
    assert tour.is_last

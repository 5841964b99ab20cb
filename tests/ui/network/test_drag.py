import pytest
from PySide6.QtCore import QObject

from curvegui.core.network.parts import Parameter
from curvegui.core.settings.config import TrainingConfig
from curvegui.ui.network.controls import SCALE_PX, WeightDrag
from tests.ui.network_study import NotedSession

PART = Parameter(1, 0, 0)


@pytest.fixture
def owner(qapp):
    return QObject()


@pytest.fixture
def session():
    return NotedSession(TrainingConfig())


def test_up_is_more_by_the_scale_and_shift_makes_it_fine(session, owner):
    drag, values = WeightDrag(session, owner), []
    drag.moved.connect(values.append)
    drag.begin(PART, 1.0)
    drag.move(SCALE_PX, 5.0, False)
    drag.move(-SCALE_PX, 5.0, False)
    drag.move(SCALE_PX, 5.0, True)
    assert values == [6.0, -4.0, 1.5]


def test_the_run_gets_the_newest_value_at_the_pace_of_the_clock(session, owner, qtbot):
    drag = WeightDrag(session, owner)
    drag.begin(PART, 1.0)
    for up in range(1, 50):
        drag.move(up, 1.2, False)
    assert session.asked == [("hold",)]
    qtbot.waitUntil(lambda: len(session.asked) == 2)
    assert session.asked[1] == ("set", {PART: pytest.approx(1.49)})
    drag.finish()
    assert session.asked[2:] == [("release",)]


def test_nothing_is_sent_of_a_hand_that_has_let_go_or_never_held(session, owner):
    drag = WeightDrag(session, owner)
    drag.move(10, 1.0, False)
    drag.finish()
    assert not drag.cancel()
    assert session.asked == []
    drag.begin(PART, 1.0)
    drag.let_go()
    drag.move(10, 1.0, False)
    drag.finish()
    assert session.asked == [("hold",), ("release",)]


def test_what_the_run_does_not_take_is_said_once_and_the_hand_lets_go(session, owner):
    drag, words = WeightDrag(session, owner), []
    drag.refused.connect(words.append)
    session.refusal = "There is no run."
    drag.begin(PART, 1.0)
    drag.move(50, 1.0, False)
    drag.finish()
    assert words == ["There is no run."]
    assert session.asked == [("hold",), ("release",)]
    assert drag.parameter is None

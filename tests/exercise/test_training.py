from time import monotonic

import numpy as np
import pytest

from curvegui.exercise.file.learner_file import LearnerFile
from curvegui.exercise.problem import PARAMETERS, ExerciseError
from curvegui.exercise.runner.process import Limits
from curvegui.exercise.training import CorrectRun, LearnerTraining
from tests.exercise.learner import BODIES, file, problem

pytestmark = [pytest.mark.costly, pytest.mark.usefixtures("nothing_is_left")]

START = problem(6, 7, 30, seed=4)
SETTINGS = {"aggression": 3.0, "noise": 1.0, "seed": 5}


def training(iterations=1_000_000, limits=None, first=0, **parts):
    more = {"limits": limits} if limits else {}
    return LearnerTraining(file(**parts), START, iterations=iterations, first=first, **SETTINGS, **more)


def test_right_functions_train_as_the_correct_run_from_the_same_start():
    course = training(iterations=120)
    frames = list(course.frames())

    correct = CorrectRun(START, **SETTINGS)
    assert frames[-1].iteration == 120
    assert course.reason == ""
    for frame in frames:
        expected = correct.frame(frame.iteration)
        assert np.allclose(frame.curve, expected.curve, atol=1e-9)
        assert frame.cost == pytest.approx(expected.cost)
        for name in PARAMETERS:
            assert np.allclose(frame.parameters[name], expected.parameters[name], atol=1e-9)


def test_the_first_iteration_decides_about_the_noise():
    (*_, last) = training(iterations=70, first=250).frames()

    assert last.iteration == 320
    assert np.allclose(last.curve, CorrectRun(START, first=250, **SETTINGS).frame(320).curve, atol=1e-9)


def test_wrong_functions_train_too():
    (*_, last) = training(iterations=50, J_b3="return np.ones((2, 1))").frames()

    expected = START.parameters["b3"] - 50 * SETTINGS["aggression"]
    assert np.all(last.parameters["b3"] < START.parameters["b3"])
    assert last.parameters["b3"].shape == expected.shape


def test_a_parameter_without_a_function_stays_as_it_is():
    course = training(iterations=20, J_b1=None)
    (*_, last) = course.frames()

    assert course.resting == ("J_b1",)
    assert np.array_equal(last.parameters["b1"], START.parameters["b1"])
    assert not np.allclose(last.parameters["W1"], START.parameters["W1"])


def test_frames_come_one_after_the_other_until_it_is_stopped():
    course, seen = training(), [-1]
    while len(seen) < 6:
        frame = course.next_frame(1)
        if frame:
            assert frame.iteration > seen[-1]
            seen.append(frame.iteration)
    course.stop()

    assert course.is_over
    assert course.reason == ""
    assert course.next_frame(0) is None


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("return np.ones((3, 3))", "J_b3 returns an array of shape (3, 3); its parameter has the shape (2, 1)."),
        ("return np.ones(2)", "J_b3 returns an array of shape (2,); its parameter has the shape (2, 1)."),
        ("return np.full((2, 1), np.nan)", "With J_b3, the numbers overflow."),
        ("print(x.size)", "J_b3 returns a value of type NoneType"),
        ("return undefined", "J_b3 stops with NameError in line 7: undefined is not defined."),
        ("import sys\nsys.exit()", "J_b3: It ended the program (sys.exit)."),
        ("import os\nos._exit(0)", "Your code stopped the training. It ended the program at once (os._exit)."),
    ],
)
def test_what_cannot_be_trained_with_is_said(body, said):
    course = training(J_b3=body)
    list(course.frames())

    assert course.reason.startswith(said)


def test_an_endless_iteration_is_ended_and_named():
    body = "global calls\ncalls += 1\nif calls > 100: Event().wait()\n" + "\n".join(BODIES["J_b3"])
    course = training(
        before="from threading import Event\ncalls = 0", J_b3=body, limits=Limits(seconds=10, patience=1.0)
    )

    frames = list(course.frames())

    assert frames
    assert "in time" in course.reason


def test_an_iteration_that_gets_no_processor_is_waited_for(monkeypatch):
    monkeypatch.setattr("curvegui.exercise.runner.process.waited_for_processor", lambda pid: monotonic())
    body = "sleep(0.5)\n" + "\n".join(BODIES["J_b3"])
    course = training(iterations=2, before="from time import sleep", J_b3=body, limits=Limits(seconds=60, patience=0.1))

    (*_, last) = course.frames()

    assert (last.iteration, course.reason) == (2, "")


def test_printing_in_each_iteration_does_not_end_it():
    course = training(iterations=300, J_b3="print('x' * 5000)\n" + "\n".join(BODIES["J_b3"]))
    (*_, last) = course.frames()

    assert last.iteration == 300
    assert course.reason == ""


def test_without_any_function_there_is_nothing_to_train(tmp_path):
    with pytest.raises(ExerciseError, match="None of the six"):
        LearnerTraining(LearnerFile(tmp_path, "", (), ()), START, iterations=1, **SETTINGS)


FORGED = """import os
from curvegui.exercise.child.wire import pack
shapes = (), (2, 30), (6, 1), (7, 6), (2, 7), (6, 1), (7, 1), (2, 1)
arrays = [np.zeros(each) for each in shapes]
for number in range(3, 30):
    try:
        for iteration in {iterations}:
            os.write(number, pack({{"news": "frame", "iteration": iteration}}, arrays))
    except OSError:
        pass
return np.zeros((2, 1))"""


def test_a_frame_of_an_iteration_that_cannot_be_is_passed_over():
    """The right run beside it would have to catch up with it."""
    forging = training(iterations=30, first=30, J_b3=FORGED.format(iterations=[10**15, 61, -1, "5", True]))
    made = [frame.iteration for frame in forging.frames()]
    assert made[-1] == 60 and set(made) <= set(range(30, 61))
    assert all(type(each) is int for each in made)


@pytest.mark.parametrize("after", ["J_b3 = np.zeros((2, 1))", "@undefined\ndef J_b3(x, y):\n    return 1"])
def test_what_is_no_function_any_more_is_named(after):
    course = training(after=after, J_b3=None)
    list(course.frames())
    assert "J_b3 is not a function" in course.reason

"""Training with a learner's functions beside the right ones."""

import numpy as np
import pytest

from curvegui.core.settings.config import TrainingConfig
from curvegui.exercise.file.learner_file import read_learner_file
from curvegui.session.study.exercise import ExerciseTraining, exercise_config, start_of, write_exercise
from tests.help.narrow_pool import room_for_one, wait_for_another

pytestmark = pytest.mark.costly

CONFIG = TrainingConfig(iterations=300, points=20)
RIGHT_ANSWERS = """
def J_b3(x, y):
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    return np.sum(2 * (a3 - y) * d_sigma(z3), axis=1, keepdims=True) / x.size

def J_b2(x, y):
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    J = W3.T @ (2 * (a3 - y) * d_sigma(z3)) * d_sigma(z2)
    return np.sum(J, axis=1, keepdims=True) / x.size

def J_W1(x, y):
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    J = W2.T @ (W3.T @ (2 * (a3 - y) * d_sigma(z3)) * d_sigma(z2)) * d_sigma(z1)
    return J @ a0.T / x.size

def J_b1(x, y):
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    J = W2.T @ (W3.T @ (2 * (a3 - y) * d_sigma(z3)) * d_sigma(z2)) * d_sigma(z1)
    return np.sum(J, axis=1, keepdims=True) / x.size
"""


@pytest.fixture
def training(qapp):
    training = ExerciseTraining()
    yield training
    training.stop()


def learner(tmp_path, more):
    path = tmp_path / "mine.py"
    write_exercise(path)
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    return read_learner_file(path)


def last_pair(qtbot, training, file, config=CONFIG):
    pairs = []
    training.pair_ready.connect(pairs.append)
    with qtbot.waitSignal(training.ended) as ended:
        training.start(file, config)
        assert training.is_running
    assert not training.is_running
    return pairs[-1], ended.args[0]


def test_right_functions_draw_what_the_app_draws(qtbot, training, tmp_path):
    pair, reason = last_pair(qtbot, training, learner(tmp_path, RIGHT_ANSWERS))
    assert pair.mine.iteration == pair.right.iteration == 300 and reason == ""
    np.testing.assert_allclose(pair.mine.curve, pair.right.curve, rtol=1e-6)


def test_wrong_functions_draw_something_else(qtbot, training, tmp_path):
    wrong = RIGHT_ANSWERS.replace("d_sigma(z1)", "sigma(z1)").replace("2 * (a3 - y)", "2 * (y - a3)")
    pair, reason = last_pair(qtbot, training, learner(tmp_path, wrong))
    assert reason == "" and pair.mine.cost > 1.5 * pair.right.cost


def test_functions_that_fail_end_it_with_a_sentence(qtbot, training, tmp_path):
    pairs = []
    training.pair_ready.connect(pairs.append)
    with qtbot.waitSignal(training.ended) as ended:
        training.start(learner(tmp_path, "\ndef J_b1(x, y):\n    return nonsense\n"), CONFIG)
    assert "J_b1" in ended.args[0] and "nonsense" in ended.args[0]


def test_what_is_not_yet_written_leaves_its_parameters_as_they_are(qtbot, training, tmp_path):
    pair, reason = last_pair(qtbot, training, learner(tmp_path, ""))
    assert reason == "" and set(pair.resting) == {"J_b3", "J_b2", "J_W1", "J_b1"}
    start = start_of(exercise_config(CONFIG)).parameters
    np.testing.assert_array_equal(pair.mine.parameters["b3"], start["b3"])
    assert not np.array_equal(pair.mine.parameters["W3"], start["W3"])


def test_it_can_be_stopped_at_any_time_and_says_nothing_more(qtbot, training, tmp_path):
    file = learner(tmp_path, RIGHT_ANSWERS)
    with qtbot.waitSignal(training.pair_ready):
        training.start(file, TrainingConfig(iterations=1_000_000))
    training.stop()
    assert not training.is_running
    with qtbot.assertNotEmitted(training.ended):
        pair, _ = None, training.stop()
    pair, _ = last_pair(qtbot, training, file)
    assert pair.mine.iteration == 300


def test_the_settings_are_the_window_s_as_far_as_the_exercise_has_them():
    config = exercise_config(TrainingConfig(hidden=(3, 4, 5), activation="tanh", aggression=3, train_one_in=2))
    assert (config.hidden, config.activation, config.aggression, config.train_one_in) == ((6, 7), "logistic", 3, 1)
    assert exercise_config(TrainingConfig(hidden=(4, 5))).hidden == (4, 5)


def test_it_descends_plainly_and_as_boldly_whatever_the_window_s_optimiser_is():
    adam = TrainingConfig(optimizer="adam", aggression=0.02, schedule="cosine", batch=10)
    assert (exercise_config(adam).is_plain, exercise_config(adam).aggression) == (True, 14)
    assert exercise_config(TrainingConfig(optimizer="lbfgs", aggression=3)).aggression == 3


def test_while_it_trains_nothing_else_waits_for_it(qtbot, training, tmp_path):
    with room_for_one():
        with qtbot.waitSignal(training.pair_ready):
            training.start(learner(tmp_path, RIGHT_ANSWERS), CONFIG.changed(iterations=1_000_000_000))
        wait_for_another(qtbot)
        assert training.is_running

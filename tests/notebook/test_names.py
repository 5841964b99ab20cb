"""The exercise's own names: they give the exercise's own numbers, and survive what people do to them."""

import inspect
import itertools
import os
import re
import subprocess
import sys
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy._core._multiarray_umath import __cpu_dispatch__  # the extensions that NumPy looks for

import curvegui
from curvegui import notebook
from curvegui.core.native.library import copy_for_this_processor
from curvegui.figure.picture.training_picture import TrainingPicture
from curvegui.files.disk.progress_line import ProgressLine
from curvegui.notebook import training
from tests.help import exercise_reference as reference

pytestmark = pytest.mark.costly

ROOT = Path(curvegui.__file__).parents[1]
SHARED = np.random  # NumPy's shared generator: the one that the exercise draws from
NAMES = ("W1", "W2", "W3", "b1", "b2", "b3")
EXTREMES = np.array([0, 36, 40, 88, 355, 709, 709.79, 710, 745, 746, 1419, 1421, 1e4, 1e100, 1.7e308])


def start(seed=1, n1=6, n2=7):
    """Seed NumPy, draw a network, and give the same one to the reference."""
    SHARED.seed(seed)
    notebook.reset_network(n1, n2)
    return reference.reset(n1, n2, np.random.RandomState(seed))


def present():
    return np.concatenate([np.ravel(getattr(notebook, name)) for name in NAMES])


def assert_same_network(parameters):
    for name in NAMES:
        np.testing.assert_allclose(getattr(notebook, name), getattr(parameters, name), rtol=1e-12, atol=1e-14)


def continue_reference(parameters, iterations, aggression=3.5, noise=1.0, seed=1):
    """Train the reference with the numbers that come after those of its reset."""
    random = np.random.RandomState(seed)
    random.randn(sum(getattr(parameters, name).size for name in NAMES))
    x, y = notebook.training_data()
    return reference.train(parameters, x, y, iterations, aggression=aggression, noise=noise, random=random)


SIGNATURES = {
    "sigma": "(z)", "d_sigma": "(z)", "network_function": "(a0)", "cost": "(x, y)", "training_data": "(N=100)",
    "plot_training": "(x, y, iterations=10000, aggression=3.5, noise=1, *, every=100, live=True)",
    **{f"J_{name}": "(x, y)" for name in NAMES},
}  # fmt: skip


@pytest.mark.parametrize("name", SIGNATURES)
def test_each_function_has_the_exercises_name_and_arguments(name):
    signature = inspect.signature(getattr(notebook, name))
    plain = [each.replace(annotation=inspect.Parameter.empty) for each in signature.parameters.values()]
    assert str(inspect.Signature(plain)) == SIGNATURES[name]
    assert name in notebook.__all__ and not set(NAMES) & set(notebook.__all__)


def test_importing_draws_no_random_numbers_and_makes_a_network():
    code = (
        "import numpy as np; np.random.seed(5); from curvegui import notebook;"
        "assert np.random.randn() == np.random.RandomState(5).randn();"
        "assert notebook.W2.shape == (7, 6)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_training_without_looking_at_the_picture_loads_no_qt():
    code = (
        "import sys; from curvegui.notebook import *; reset_network();"
        "plot_training(*training_data(), iterations=3);"
        "print([name for name in sys.modules if name.startswith(('PySide6', 'shiboken6', 'IPython'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("function", [notebook.sigma, notebook.d_sigma])
def test_the_logistic_function_and_its_slope_never_warn_or_overflow(function):
    with np.errstate(all="raise"):
        values = function(np.concatenate([-EXTREMES, EXTREMES]))
    assert np.all((values >= 0) & (values <= 1))


@given(st.floats(-700, 700))
def test_the_logistic_function_and_its_slope_are_the_exercises_formulas(z):
    np.testing.assert_allclose(notebook.sigma(z), reference.sigma(z), rtol=1e-14)
    np.testing.assert_allclose(notebook.d_sigma(z), reference.d_sigma(z), rtol=1e-13)


def test_a_seeded_reset_gives_the_exercises_own_weights():
    parameters = start(seed=3, n1=4, n2=5)
    for name in NAMES:
        np.testing.assert_array_equal(getattr(notebook, name), getattr(parameters, name))


@given(st.integers(0, 10_000), st.integers(1, 12), st.integers(1, 12), st.integers(1, 150))
def test_each_function_agrees_with_the_exercise_written_out(seed, n1, n2, points):
    notebook.reset_network(n1, n2, np.random.RandomState(seed))
    parameters = reference.reset(n1, n2, np.random.RandomState(seed))
    x, y = notebook.training_data(points)
    assert notebook.cost(x, y) == pytest.approx(reference.cost(parameters, x, y), rel=1e-12)
    for ours, theirs in zip(notebook.network_function(x), reference.forward(parameters, x), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-15)
    for name, jacobian in reference.JACOBIANS.items():
        expected = jacobian(parameters, x, y)
        found = getattr(notebook, f"J_{name}")(x, y)
        np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12 * np.abs(expected).max())


def test_what_is_set_from_outside_is_what_the_functions_use():
    start()
    x, y = notebook.training_data()
    notebook.W3 = np.zeros((2, 7))
    notebook.b3 = np.array([[0.0], [2.0]])
    drawn = notebook.network_function(x)[-1]
    np.testing.assert_array_equal(drawn, np.repeat(notebook.sigma(notebook.b3), x.size, axis=1))
    notebook.plot_training(x, y, iterations=0, noise=0, aggression=1)
    step = np.mean(2 * (drawn - y) * drawn * (1 - drawn), axis=1, keepdims=True)
    np.testing.assert_allclose(notebook.b3, [[0.0], [2.0]] - step, rtol=1e-12, atol=1e-15)


@given(st.integers(1, 3000))
def test_the_training_data_are_n_points_of_the_heart(points):
    x, y = notebook.training_data(points)
    np.testing.assert_array_equal(x, np.arange(0, 1, 1 / points)[np.newaxis, :points])
    heart_x = 16 * np.sin(2 * np.pi * x) ** 3
    heart_y = 13 * np.cos(2 * np.pi * x) - 5 * np.cos(4 * np.pi * x)
    heart_y -= 2 * np.cos(6 * np.pi * x) + np.cos(8 * np.pi * x)
    assert x.shape == (1, points)
    np.testing.assert_allclose(y, (np.concatenate([heart_x, heart_y]) / 20 + 1) / 2, rtol=1e-12, atol=1e-14)


def test_a_seeded_training_gives_the_exercises_own_numbers():
    parameters = start()
    notebook.plot_training(*notebook.training_data(), iterations=2, aggression=7, noise=1)
    assert continue_reference(parameters, 2, aggression=7) == 3
    assert_same_network(parameters)


ANYWHERE = """
import sys
import numpy as np
from curvegui import notebook
from curvegui.core.native import library

if copy := "".join(sys.argv[1:]):
    library.copy_for_this_processor = lambda: copy
np.random.seed(1)
notebook.reset_network(6, 7)
notebook.plot_training(*notebook.training_data(), iterations=500)
print([weight.tobytes().hex() for weight in (notebook.W1, notebook.W2, notebook.W3)])
"""


@pytest.mark.slow
@pytest.mark.skipif(copy_for_this_processor() != "avx512", reason="needs the engine in C, and AVX-512 to do without")
def test_a_seeded_training_has_the_same_bits_without_the_larger_simd_extensions():
    left_out = " ".join(each for each in __cpu_dispatch__ if each.startswith(("AVX512", "X86_V4")))
    limits = {"NPY_DISABLE_CPU_FEATURES": left_out, "OPENBLAS_CORETYPE": "Haswell"}
    command = [sys.executable, "-W", "ignore", "-c", ANYWHERE]
    calls = (command, os.environ), ([*command, "avx2"], os.environ | limits)
    found = {subprocess.run(call, env=env, cwd=ROOT, check=True, capture_output=True).stdout for call, env in calls}
    assert len(found) == 1


def test_training_makes_one_update_more_than_iterations_and_draws_six_numbers_for_each():
    start()
    notebook.plot_training(*notebook.training_data(), iterations=10)
    following = SHARED.randn()
    random = np.random.RandomState(1)
    random.randn(77)  # the parameters of 1-6-7-2, which start() drew
    for _ in range(11 * 6):
        random.randn()
    assert following == random.randn()


def test_training_goes_on_from_the_present_weights():
    parameters = start()
    notebook.plot_training(*notebook.training_data(), iterations=1)
    notebook.plot_training(*notebook.training_data(), iterations=3)
    continue_reference(parameters, 5)
    assert_same_network(parameters)


def test_the_picture_holds_a_curve_of_every_hundredth_iteration_and_the_last():
    start()
    x, y = notebook.training_data()
    picture = notebook.plot_training(x, y, iterations=250)
    np.testing.assert_array_equal(picture.target, y)
    assert picture.trail.shape == (3, 2, 100)
    np.testing.assert_array_equal(picture.fit, notebook.network_function(x)[-1])
    np.testing.assert_allclose(picture.trail[-1], picture.fit, rtol=1e-6)


def test_the_caption_says_what_was_trained_how_long_and_how_well():
    start(n1=3, n2=4)
    x, y = notebook.training_data()
    caption = notebook.plot_training(x, y, iterations=10, aggression=2).caption
    expected = f"1–3–4–2 · aggression 2 · noise 1 · 11 iterations · cost {notebook.cost(x, y):.3g}"
    assert caption == expected


def test_progress_on_the_way_says_what_is_left(capsys, monkeypatch):
    start()
    hours = itertools.count(0, 3600)
    monkeypatch.setattr(training, "ProgressLine", lambda title: ProgressLine(clock=lambda: next(hours), title=title))
    notebook.plot_training(*notebook.training_data(), iterations=2, every=1)
    title, *lines, last = capsys.readouterr().err.splitlines()
    assert title.startswith("Training with CurveGUI's functions")
    assert [line[:22] for line in lines] == [
        "[######..............]",
        "[#############.......]",
        "[####################]",
    ]
    assert [re.search(r"(\d+) iterations?, cost [\d.]+, (\d) to go, .+ s left$", line).groups() for line in lines] == [
        ("1", "2"),
        ("2", "1"),
        ("3", "0"),
    ]
    assert re.fullmatch(r"3 iterations, cost [\d.]+", last)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"x": np.zeros(100)}, r"^x must have the shape \(1, N\); its shape is \(100,\)\.$"),
        ({"x": np.zeros((1, 0))}, r"^x must have the shape \(1, N\)"),
        ({"x": np.full((1, 100), np.nan)}, "^x must hold finite numbers only"),
        ({"x": [[1, 2], [3]]}, "^x must be an array of numbers"),
        ({"y": np.zeros((1, 100))}, r"^y must have the shape \(2, 100\); its shape is \(1, 100\)\.$"),
        ({"y": np.full((2, 100), np.inf)}, "^y must hold finite numbers only"),
        ({"iterations": -1}, "^iterations: a whole number, 0 or more"),
        ({"iterations": 1.5}, "^iterations: a whole number"),
        ({"iterations": "ten"}, "^iterations: a whole number"),
        ({"aggression": np.nan}, "^aggression: a finite number"),
        ({"aggression": "7"}, "^aggression: a finite number"),
        ({"noise": np.inf}, "^noise: a finite number"),
        ({"noise": 10**400}, "^noise: a finite number"),
    ],
)
def test_what_cannot_be_trained_is_refused_before_anything_changes(arguments, message):
    start()
    before = present()
    x, y = notebook.training_data()
    with pytest.raises(ValueError, match=message):
        notebook.plot_training(**({"x": x, "y": y} | arguments))
    np.testing.assert_array_equal(present(), before)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("W2", np.zeros((7, 5)), r"^W2 must have the shape \(7, 6\); its shape is \(7, 5\)\.$"),
        ("b3", np.zeros(2), r"^b3 must have the shape \(2, 1\)"),
        ("W1", np.full((6, 1), np.nan), "^W1 must hold finite numbers only"),
    ],
)
def test_weights_from_outside_that_do_not_fit_are_refused_by_name(name, value, message):
    start()
    setattr(notebook, name, value)
    with pytest.raises(ValueError, match=message):
        notebook.plot_training(*notebook.training_data(), iterations=1)


@pytest.mark.parametrize("arguments", [{"n1": 0}, {"n2": -3}, {"n1": 2.5}, {"n2": "7"}])
def test_a_layer_needs_a_whole_number_of_neurons(arguments):
    before = present()
    with pytest.raises(ValueError, match="a whole number, 1 or more"):
        notebook.reset_network(**arguments)
    np.testing.assert_array_equal(present(), before)


@pytest.mark.parametrize("points", [0, -1, 0.5, None])
def test_training_data_need_a_whole_number_of_points(points):
    with pytest.raises(ValueError, match="N: a whole number, 1 or more"):
        notebook.training_data(points)


def test_an_aggression_beyond_all_bounds_keeps_the_last_good_weights_and_says_so():
    start()
    before = present()
    with pytest.warns(RuntimeWarning, match="lower the aggression"):
        picture = notebook.plot_training(*notebook.training_data(), iterations=50, aggression=1e300)
    np.testing.assert_array_equal(present(), before)
    assert " 0 iterations" in picture.caption


def test_interrupted_it_returns_the_picture_so_far(monkeypatch):
    parameters = start()
    randn, calls = np.random.randn, []

    def randn_until_interrupted(*shape):
        calls.append(shape)
        if len(calls) > 2:
            raise KeyboardInterrupt
        return randn(*shape)

    monkeypatch.setattr(np.random, "randn", randn_until_interrupted)
    picture = notebook.plot_training(*notebook.training_data(), iterations=200)
    continue_reference(parameters, 100)
    assert_same_network(parameters)
    assert isinstance(picture, TrainingPicture)
    assert " 101 iterations" in picture.caption


MOVING = {"Functions", "Task", "OwnSteps", "LearnersSteps", "share", "views_of", "_is_bounded"}  # move the weights


def interrupt_at(position, struck):
    """Raise KeyboardInterrupt at so many bytecodes of what moves the weights, and set ``struck``."""
    left, begun = position, False

    def trace(frame, event, arg):
        nonlocal left, begun
        if "notebook" not in frame.f_code.co_filename or frame.f_code.co_qualname.partition(".")[0] not in MOVING:
            return None
        begun = begun or frame.f_code.co_name == "make"
        frame.f_trace_opcodes = begun
        if begun and event == "opcode":
            left -= 1
            if left == 0:
                struck.set()
                raise KeyboardInterrupt
        return trace

    return trace


def test_wherever_the_interrupt_strikes_an_iteration_is_applied_whole_or_not_at_all():
    start()
    x, y = notebook.training_data(5)
    states = [present()]
    notebook.plot_training(x, y, iterations=0)
    states.append(present())
    seen, position, struck = set(), 0, Event()
    while struck.is_set() or position == 0:
        position += 1
        struck.clear()
        start()
        before = sys.gettrace()
        sys.settrace(interrupt_at(position, struck))
        try:
            notebook.plot_training(x, y, iterations=0)
        except KeyboardInterrupt:
            pass  # some bytecodes lie between two tries; the weights must be whole there too
        finally:
            sys.settrace(before)
        matching = [k for k, state in enumerate(states) if np.allclose(present(), state, rtol=1e-12, atol=0)]
        assert len(matching) == 1
        seen.update(matching)
    assert seen == {0, 1}

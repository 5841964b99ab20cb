import os
import sys
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from curvegui.core.network.network import Network, named_parameters, parameter_count
from curvegui.exercise.child.given_functions import given_answer
from curvegui.exercise.problem import GIVEN, JACOBIANS
from curvegui.exercise.runner.outcome import Ending, NoNumbers, Raised, Unfinished, Value
from curvegui.exercise.runner.process import Limits
from curvegui.exercise.runner.runner import run_learner
from tests.exercise.learner import BODIES, file, problem
from tests.exercise.processes import left_behind, unhurried

pytestmark = [pytest.mark.costly, pytest.mark.usefixtures("nothing_is_left")]

PROBLEMS = [problem(), problem(6, 7, 11, seed=1), problem(2, 5, 3, seed=2)]
QUICK = Limits(seconds=1.4, patience=0.3, output=300_000)
SMALL = Limits(seconds=2.6, patience=1.2, memory=350_000_000)  # is full sooner
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="asks the system what it can be asked on Linux")

GIVEN_TEXT = """
def sigma(z): return 1 / (1 + np.exp(-z))
def d_sigma(z): return np.cosh(z / 2) ** (-2) / 4
def reset_network(n1=6, n2=7, random=np.random):
    global W1, W2, W3, b1, b2, b3
    W1 = random.randn(n1, 1) / 2
    W2 = random.randn(n2, n1) / 2
    W3 = random.randn(2, n2) / 2
    b1 = random.randn(n1, 1) / 2
    b2 = random.randn(n2, 1) / 2
    b3 = random.randn(2, 1) / 2
def network_function(a0):
    z1 = W1 @ a0 + b1
    a1 = sigma(z1)
    z2 = W2 @ a1 + b2
    a2 = sigma(z2)
    z3 = W3 @ a2 + b3
    return a0, z1, a1, z2, a2, z3, sigma(z3)
def cost(x, y): return np.linalg.norm(network_function(x)[-1] - y) ** 2 / x.size
"""


def right(each):
    """The six answers to a problem, by ``core``."""
    sizes = (1, each.parameters["b1"].size, each.parameters["b2"].size, 2)
    network = Network(sizes, np.empty(parameter_count(sizes)))
    for name, view in named_parameters(sizes, network.parameters).items():
        view[...] = each.parameters[name]
    weights, biases = zip(*network.jacobians(each.x, each.y), strict=True)
    return dict(zip(JACOBIANS, [*weights, *biases], strict=True))


def is_right(name, answers):
    assert len(answers) == len(PROBLEMS)
    return all(
        isinstance(answer, Value) and np.allclose(answer.array, right(each)[name], rtol=1e-9, atol=1e-12)
        for each, answer in zip(PROBLEMS, answers, strict=True)
    )


def all_right_but(outcome, *names):
    return all(is_right(name, outcome.answers[name]) for name in JACOBIANS if name not in names)


def run(limits=QUICK, endless=(), **parts):
    return unhurried(file(**parts), PROBLEMS, limits, endless)


def test_right_functions_answer_with_the_right_numbers():
    outcome = run()

    assert all_right_but(outcome)
    assert outcome.ending is Ending.FINISHED
    assert outcome.given_answers == {}
    assert outcome.top_level == ()


def test_the_functions_that_the_exercise_gives_are_asked_too():
    outcome = run(before=GIVEN_TEXT)

    for name in GIVEN:
        for each, answer in zip(PROBLEMS, outcome.given_answers[name], strict=True):
            found, expected = answer.array, given_answer(name, each)
            if name == "reset_network":
                found, expected = found[:, :3], expected[:, :3]
            assert np.allclose(found, expected)
    spread = np.array([answer.array[:, 3] for answer in outcome.given_answers["reset_network"]])
    assert np.all((spread > 0.3) & (spread < 0.7))


def test_jacobians_are_judged_with_the_exercises_own_functions():
    altered = GIVEN_TEXT.replace("/ 4", "/ 5").replace("1 + np.exp", "2 + np.exp")

    outcome = run(before=altered)

    assert all_right_but(outcome)
    answer = outcome.given_answers["d_sigma"][0].array
    assert np.allclose(answer, given_answer("d_sigma", PROBLEMS[0]) * 4 / 5)
    assert np.allclose(
        outcome.given_answers["network_function"][0].array, given_answer("network_function", PROBLEMS[0])
    )


def test_helpers_and_names_that_are_read_are_made_and_what_only_prints_draws_and_trains_is_not_run():
    before = "import matplotlib.pyplot as plt\nplt.figure()\nprint('a' * 100)\n"
    before += "SCALE = 2\ndef error(a, y):\n    return SCALE * (a - y)\n"
    before += "for factor in (1, 2):\n    pass\nif factor:\n    table = {}\ntable['f'] = factor"
    after = (
        "x, y = training_data()\nwhile True:\n    plot_training(x, y)\nfor i in range(10**9):\n    W1 = W1 - J_W1(x, y)"
    )
    helped = "\n".join(BODIES["J_b3"]).replace("2 * (a3 - y)", "error(a3, y)")
    looks_up = "\n".join(BODIES["J_W3"]).replace("2 * (a3 - y)", "table['f'] * (a3 - y)")

    outcome = run(before=before, after=after, J_b3=helped, J_W3=looks_up)

    assert all_right_but(outcome)
    assert outcome.output == ""


NO_NUMBERS = {
    "J_W1": ("print(x)", NoNumbers("NoneType", printed=True)),
    "J_W2": ("return sigma", NoNumbers("function")),
    "J_b2": ("return [1, 2]", NoNumbers("list")),
    "J_W3": ("return np.ones(3) * 1j", NoNumbers("ndarray of complex128")),
    "J_b3": ("return np.zeros(10**7)", NoNumbers("ndarray of 10,000,000 numbers")),
}


def test_what_is_no_numbers_is_named():
    outcome = run(**{name: body for name, (body, _) in NO_NUMBERS.items()})

    for name, (_, expected) in NO_NUMBERS.items():
        assert outcome.answers[name] == [expected] * len(PROBLEMS)
    assert all_right_but(outcome, *NO_NUMBERS)
    assert outcome.ending is Ending.FINISHED


RAISED = {
    "J_W3": (
        "class Own(BaseException): pass\nraise Own('mine')",
        Raised("Own", "mine", 4, None, "raise Own('mine')", "", "J_W3"),
    ),
    "J_b3": (
        "import os\nos.chdir('/')\nreturn input()",
        Raised("EOFError", "EOF when reading a line", 8, None, "return input()", "", "J_b3"),
    ),
    "J_W2": (
        "return undefined",
        Raised("NameError", "name 'undefined' is not defined", 10, None, "return undefined", "undefined", "J_W2"),
    ),
    "J_b2": (
        "raise KeyboardInterrupt",
        Raised("KeyboardInterrupt", "", 12, None, "raise KeyboardInterrupt", "", "J_b2"),
    ),
}


def test_what_is_raised_is_named():
    outcome = run(**{name: body for name, (body, _) in RAISED.items()})

    for name, (_, expected) in RAISED.items():
        assert outcome.answers[name] == [expected] * len(PROBLEMS)
    assert all_right_but(outcome, *RAISED)
    assert outcome.ending is Ending.FINISHED


ENDS = {
    "import time\nwhile True:\n    try: time.sleep(9)\n    except BaseException: pass": Ending.TIMED_OUT,
    "import sys\nsys.exit(3)": Ending.EXITED,
    "import os\nos._exit(0)": Ending.VANISHED,
    "return J_b3(x, y)": Ending.TOO_DEEP,
    "return np.ones(10 * 2**30 // 8)": Ending.OUT_OF_MEMORY,
    "a = []\nwhile True: a.append('x' * 10**6 + str(len(a)))": Ending.OUT_OF_MEMORY,
    "while True: print('again and again')": Ending.TOO_MUCH_OUTPUT,
    "import os\nwhile True: os.write(2, b'x' * 10**6)": Ending.TOO_MUCH_OUTPUT,
    "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)": Ending.KILLED,
    "import ctypes\nctypes.string_at(0)": Ending.KILLED,
    "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    "signal.sigwait([signal.SIGUSR1])": Ending.TIMED_OUT,
    "import os\nos.closerange(0, 256)": Ending.CUT_OFF,
    "import os\nfor n in range(3, 64):\n    try: os.write(n, b'x' * 100)\n    except OSError: pass": Ending.CUT_OFF,
    "import os, struct\nfor n in range(3, 64):\n    try: os.write(n, struct.pack('<4sII', b'CgX1', 10**6, 2**32 - 1))\n"
    "    except OSError: pass": Ending.CUT_OFF,
    "import os, struct\nfor n in range(3, 64):\n    try: os.write(n, struct.pack('<4sII', b'CgX1', 40000, 0))\n"
    "    except OSError: pass\nimport time\ntime.sleep(100)": Ending.TIMED_OUT,
}


@needs_linux
@pytest.mark.parametrize("body", ENDS)
def test_a_function_that_ends_its_process_takes_nothing_from_its_neighbours(body):
    endless = ["J_b3"] if ENDS[body] is Ending.TIMED_OUT else []
    outcome = run(J_b3=body, limits=SMALL if ENDS[body] is Ending.OUT_OF_MEMORY else QUICK, endless=endless)

    assert outcome.answers["J_b3"][-1] == Unfinished(ENDS[body])
    assert all_right_but(outcome, "J_b3")
    assert outcome.ending is ENDS[body]


@needs_linux
def test_a_bomb_of_processes_ends():
    outcome = run_learner(file(J_b3="import os\nwhile True:\n    os.fork()"), PROBLEMS, QUICK)

    assert isinstance(outcome.answers["J_b3"][-1], Unfinished | Raised)  # who may start none raises


ESCAPE = """import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(1000)
    os._exit(0)
return 1"""


@needs_linux
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may start others")
def test_what_it_has_started_ends_with_it_even_in_a_session_of_its_own():
    outcome = run(J_b3=ESCAPE)

    assert outcome.answers["J_b3"][0].array == 1
    assert left_behind() == []


def test_threads_that_never_end_are_not_waited_for():
    forever = "import threading\nthreading.Thread(target=threading.Event().wait).start()\n"

    outcome = run(J_b3=forever + "\n".join(BODIES["J_b3"]))

    assert all_right_but(outcome, "J_b3")


def test_a_slow_function_leaves_time_for_its_neighbours_and_has_the_rest_of_it():
    slow = "import time\ntime.sleep(0.3)\n" + "\n".join(BODIES["J_b1"])
    outcome = run(replace(QUICK, seconds=60.0), endless=["J_b1"], J_b1=slow)

    assert all_right_but(outcome)
    assert outcome.ending is Ending.FINISHED


def test_several_endless_functions_are_all_named():
    waiting = "import threading\nthreading.Event().wait()"  # without computing, so that there can be time enough
    endless = ("J_b1", "J_b2", "J_b3")
    outcome = run(replace(QUICK, seconds=3.0), endless=endless, **dict.fromkeys(endless, waiting))

    assert {outcome.answers[name][-1] for name in endless} == {Unfinished(Ending.TIMED_OUT)}
    assert all_right_but(outcome, *endless)


def test_arrays_that_a_function_changes_are_new_for_the_next():
    spoil = "global W1, b3\nx[:] = 0\ny[:] = 0\nW1[:] = 0\nb3 = None\nreturn 1"
    restore = "global W3\nx += 0.1\nx -= 0.1\nW3 = W3.T\nW3 = W3.T\n" + "\n".join(BODIES["J_b2"])

    outcome = run(J_b3=spoil, J_b2=restore)

    assert all_right_but(outcome, "J_b3")
    assert [outcome.answers[name][0].changed for name in ("J_b3", "J_b2")] == [("x", "y", "W1", "b3"), ()]


def test_a_statement_that_ends_the_process_is_left_out():
    outcome = run(before="import os\nFACTOR = os._exit(3)", J_b3="return FACTOR")

    assert all_right_but(outcome, "J_b3")
    assert outcome.answers["J_b3"][0].missing_name == "FACTOR"
    assert outcome.ending is Ending.VANISHED
    assert [(raised.line, raised.message) for raised in outcome.top_level] == [(2, Ending.VANISHED.value)]


def test_a_module_that_is_missing_is_told_where_it_is_needed():
    outcome = run(before="import no_such_module as m\nimport another_one", J_b3="return m.dot(x, y)")

    assert [(raised.kind, raised.line) for raised in outcome.top_level] == [("ModuleNotFoundError", 1)]
    assert outcome.answers["J_b3"][0].missing_name == "m"
    assert all_right_but(outcome, "J_b3")


def test_a_definition_that_goes_wrong_has_no_answers():
    learner = file(after="def J_b3(x, y=undefined): return 1", J_b3=None)
    outcome = run_learner(learner, PROBLEMS, Limits(seconds=60.0, patience=30.0))

    assert outcome.answers["J_b3"] == []
    assert outcome.top_level[0].missing_name == "undefined"
    assert all_right_but(outcome, "J_b3")


def test_a_child_that_cannot_be_started_is_named(monkeypatch):
    monkeypatch.setattr(sys, "executable", "")

    outcome = run()

    assert outcome.ending is Ending.BROKEN
    assert all(answers == [] for answers in outcome.answers.values())


@pytest.mark.parametrize("body", [None, "while True: pass"])
def test_of_functions_that_did_not_get_their_time_nothing_is_said(body):
    outcome = run_learner(file(**({"J_b3": body} if body else {})), PROBLEMS, Limits(wait=0.01))

    assert outcome.ending is Ending.BUSY
    assert outcome.answers == {name: [Unfinished(Ending.BUSY)] for name in JACOBIANS}


def test_no_folder_is_left(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    run(J_b3="open('mine.txt', 'w').write('x')\nimport os\nos.makedirs('a/b')\nos._exit(1)")

    assert list(tmp_path.iterdir()) == []


def test_the_surroundings_are_not_told(monkeypatch):
    monkeypatch.setenv("SECRET_TOKEN", "abc")
    monkeypatch.setenv("PYTHONSTARTUP", "/nowhere")

    outcome = run(J_b3="import os\nreturn float('SECRET_TOKEN' in os.environ or 'PYTHONSTARTUP' in os.environ)")

    assert outcome.answers["J_b3"][0].array == 0


@needs_linux
def test_many_runs_leave_no_open_file_and_no_thread():
    run()
    before = len(list(Path("/proc/self/fd").iterdir())), threading.active_count()

    for _ in range(2):
        run(J_b3="import os\nos._exit(1)")

    after = len(list(Path("/proc/self/fd").iterdir())), threading.active_count()
    assert all(now <= then for now, then in zip(after, before, strict=True))  # others may have closed some of theirs


def test_a_run_that_nobody_waits_for_is_ended_and_not_left_to_its_time():
    before = threading.active_count()  # other tests may have left those that compute on all cores
    stopping = threading.Event()
    timer = threading.Timer(0.3, stopping.set)
    timer.start()
    outcome = run_learner(file(J_b3="while True: pass"), PROBLEMS, Limits(seconds=60, patience=60), stopping)
    timer.join()
    unfinished = [each for answers in outcome.answers.values() for each in answers if isinstance(each, Unfinished)]
    assert Ending.TIMED_OUT not in {outcome.ending, *(each.ending for each in unfinished)}
    assert threading.active_count() <= before  # others may have ended

"""``plot_training`` trains with what the script that calls it defines, and says where a function of it fails."""

import re
import sys
from types import ModuleType

import numpy as np
import pytest

from curvegui import notebook
from curvegui.exercise.file.template import PASSAGES
from curvegui.notebook.functions import FunctionError
from tests.exercise.file.test_template import completed
from tests.help import exercise_reference as reference

pytestmark = pytest.mark.costly

SHARED = np.random  # NumPy's shared generator: the one that the exercise draws from
NAMES = ("W1", "W2", "W3", "b1", "b2", "b3")
PROVIDED = PASSAGES[2][: PASSAGES[2].index("def training_data")]
WRITTEN = completed("\n\n\n".join(each for each in PASSAGES[3:] if each.startswith("def J_")))
PASS = "    a0, z1, a1, z2, a2, z3, a3 = network_function(x)\n"
BEGIN = """\
from curvegui.notebook import *
import numpy as np
np.random.seed(1)
reset_network()
x, y = training_data()
"""


class Script:
    """A script or notebook: its names, and its code in a file, so that lines of it can be shown."""

    def __init__(self, folder, code=BEGIN):
        self.names, self._folder, self._count = {"__name__": "__main__"}, folder, 0
        self.run(code)

    def run(self, code):
        self._count += 1
        path = self._folder / f"cell{self._count}.py"
        path.write_text(code, encoding="utf-8")
        exec(compile(code, path, "exec"), self.names)

    def train(self, **options):
        words = ", ".join(f"{name}={value}" for name, value in options.items())
        self.run(f"picture = plot_training(x, y, {words})")

    def assert_network(self, parameters, rtol=1e-12):
        for name in NAMES:
            np.testing.assert_allclose(self.names[name], getattr(parameters, name), rtol=rtol, atol=1e-14)
            np.testing.assert_array_equal(getattr(notebook, name), self.names[name])


@pytest.fixture
def script(tmp_path):
    return Script(tmp_path)


def as_the_exercise(iterations, change=lambda parameters: None):
    """The network that the exercise has after so many updates, from seed 1."""
    random = np.random.RandomState(1)
    parameters = reference.reset(6, 7, random)
    change(parameters)
    if iterations:
        x, y = notebook.training_data()
        reference.train(parameters, x, y, iterations - 1, aggression=3.5, noise=1, random=random)
    return parameters


def first_line(capsys):
    return capsys.readouterr().err.splitlines()[0]


def test_after_importing_everything_and_a_reset_the_weights_can_be_used_and_set(script, capsys):
    script.assert_network(as_the_exercise(0))
    script.train(iterations=4)
    script.assert_network(as_the_exercise(5))
    assert re.search("CurveGUI's functions.*none", first_line(capsys))
    script.run("np.random.seed(1); reset_network(); b3 = 0 * b3")
    script.train(iterations=2)
    script.assert_network(as_the_exercise(3, lambda parameters: setattr(parameters, "b3", 0 * parameters.b3)))
    notebook.b3 = np.ones((2, 1))
    script.train(iterations=0, aggression=0)
    assert (script.names["b3"] == 1).all()


def test_the_scripts_own_functions_train_with_its_own_weights(script, capsys):
    script.run(PROVIDED + WRITTEN + "\nnp.random.seed(1)\nreset_network()")
    script.train(iterations=4)
    script.assert_network(as_the_exercise(5))
    assert re.search("your six Jacobians, network_function, sigma, d_sigma, cost, reset_network", first_line(capsys))


def test_what_is_not_defined_comes_from_here_and_calls_what_is(script, capsys):
    script.run("calls = []\ndef J_b3(x, y):\n    calls.append(1)\n    return np.zeros((2, 1))")
    script.run("def sigma(z):\n    calls.append('sigma')\n    return 1 / (1 + np.exp(-z))")
    before = script.names["b3"].copy()
    script.train(iterations=4)
    np.testing.assert_array_equal(script.names["b3"], before)
    assert not np.array_equal(script.names["b2"], as_the_exercise(0).b2)
    assert script.names["calls"].count(1) == 5
    assert script.names["calls"].count("sigma") >= 15  # the other Jacobians are CurveGUI's, with this sigma
    assert re.search("your J_b3, sigma; the other functions are CurveGUI", first_line(capsys))


def test_functions_of_a_module_of_ones_own_read_the_weights_there(script, monkeypatch):
    solution = ModuleType("solution")
    exec(PROVIDED + WRITTEN, vars(solution))
    monkeypatch.setitem(sys.modules, "solution", solution)
    script.run("from solution import *\nfrom solution import reset_network\nnp.random.seed(1)\nreset_network()")
    script.train(iterations=4)
    script.assert_network(as_the_exercise(5))
    np.testing.assert_array_equal(solution.W2, notebook.W2)


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("J_b2", f"{PASS}    return (a3 - y) * d_sigma(z2)", r"J_b2 stopped with ValueError.*line 3\n +return \(a3"),
        ("J_b2", f"{PASS}    np.sum(z2)", r"J_b2 returned nothing.*line 1\n +def J_b2.*shape of b2, \(7, 1\)"),
        ("J_b2", "    return np.zeros(7)", r"an array with the shape \(7,\).*shape of b2, \(7, 1\)"),
        ("J_b2", "    return 0.5", "returned a single number"),
        ("J_b2", "    return 'b2'", "returned no numbers"),
        ("J_b2", "    return b2 * 1j", "returned no numbers"),
        ("J_b2", "    return [[1], [2, 3]]", "returned 2 values"),
        ("J_b2", "    return ...", "J_b2 is not written yet"),
        ("J_b2", "    return b2 / 0", "J_b2 returned inf or nan.*finite"),
        ("J_b2", "    y -= 1\n    return b2", "J_b2 stopped.*read-only.*line 2\n +y -= 1"),
        ("sigma", "    return x.no", "sigma stopped with AttributeError.*line 2\n +return x.no.*shape of z"),
        ("network_function", "    return x, x", "network_function returned 2 values.*a0, z1, a1"),
        ("cost", "    return x", "cost returned.*one number"),
        ("sigma", "    return None", "CurveGUI's own function stopped.*Look at.*sigma"),
    ],
)
def test_a_function_that_fails_is_named_with_its_line_and_changes_nothing(script, capsys, name, body, said):
    script.run(f"def {name}(x{'' if name in ('sigma', 'network_function') else ', y'}):\n{body}")
    with pytest.raises(FunctionError) as raised, np.errstate(all="ignore"):
        script.train(iterations=4)
    assert re.search(said, str(raised.value), re.DOTALL), str(raised.value)
    assert raised.value._render_traceback_() == str(raised.value).splitlines()
    script.assert_network(as_the_exercise(0))
    assert re.search("^0 iterations", capsys.readouterr().err.splitlines()[1])


def test_a_function_that_fails_on_the_way_leaves_the_network_of_the_last_whole_iteration(script):
    script.run("calls = []")
    script.run(WRITTEN.replace("def J_b1(x, y):", "def J_b1(x, y):\n    calls.append(1)\n    assert len(calls) < 4"))
    with pytest.raises(FunctionError, match="J_b1 stopped with AssertionError"):
        script.train(iterations=50)
    script.assert_network(as_the_exercise(3))

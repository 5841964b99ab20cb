"""All contenders of the speed table make the same iterations; nothing is timed here."""

import warnings
from functools import cache
from importlib.util import find_spec

import numpy as np
import pytest

from curvegui.core.arrays import FloatArray
from curvegui.core.engine.numpy_engine import Engine
from curvegui.core.native.library import copy_for_this_processor
from curvegui.core.network.network import Network
from tests.benchmark import speed
from tests.benchmark.rivals.contenders import PACKAGES, Entry, Problem, compiler, entries, missing

SMALL, DEEP = Problem(), Problem((5, 9, 4), 1_030, together=10)
ARGUMENTS = ["speed", "--rounds", "1", "--hidden", "3", "4", "--points", "20"]
with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what a framework's import warns of is its own affair
    BOTH = [(problem, entry) for problem in (SMALL, DEEP) for entry in entries(problem)]
EXACT = [pytest.param(*each, id=f"{each[1].name}, {each[0].hidden}") for each in BOTH if each[1].is_exact]


@cache
def _expected(problem: Problem) -> tuple[FloatArray, FloatArray]:
    """The gradient at the beginning, and the parameters 100 iterations later."""
    engine = Engine(problem.sizes, "logistic", "logistic", *problem.data)
    engine.parameters = problem.parameters
    engine.run(0, 100, problem.aggression, problem.noise, problem.seed)
    return Network(problem.sizes, problem.parameters).gradient(*problem.data), engine.parameters


@pytest.mark.parametrize(("problem", "entry"), EXACT)
def test_gradients_and_a_hundred_noisy_iterations_agree(problem: Problem, entry: Entry) -> None:
    is_double, (gradient, later) = entry.precision == "double", _expected(problem)
    contender = entry.build(problem)

    assert np.allclose(contender.parameters, problem.parameters, rtol=0 if is_double else 1e-6)
    tolerance = (1e-12 if is_double else 3e-6) * np.abs(gradient).max()
    np.testing.assert_allclose(contender.gradient(), gradient, rtol=0, atol=tolerance)
    for count in (10, 20, 70) if problem.together == 10 else (100,):
        contender.run(count)
    assert np.abs(later - problem.parameters).max() > 0.01
    np.testing.assert_allclose(contender.parameters, later, rtol=0, atol=1e-10 if is_double else 1e-4)


def test_scikit_learn_descends_without_noise_from_a_linear_output() -> None:
    pytest.importorskip("sklearn")
    from tests.benchmark.rivals.with_sklearn import Sklearn

    expected = Engine(SMALL.sizes, "logistic", "linear", *SMALL.data)
    expected.parameters = SMALL.parameters
    contender = Sklearn(SMALL)
    np.testing.assert_allclose(contender.gradient(), expected.gradient(), rtol=1e-9, atol=1e-12)
    expected.run(0, 50, SMALL.aggression, 0.0, SMALL.seed)
    contender.run(49)
    np.testing.assert_allclose(contender.parameters, expected.parameters, rtol=1e-9, atol=1e-12)


def test_who_is_not_here_is_named_and_has_no_row() -> None:
    names = " ".join(entry.name for entry in entries(SMALL))
    for name, package in PACKAGES.items():
        assert (name in names) == (find_spec(package) is not None) == (name not in missing())


@pytest.mark.skipif(copy_for_this_processor() not in {"avx2", "avx512"}, reason="needs the engine in C for x86-64")
def test_the_table_has_a_line_for_each_contender_also_held_to_avx2(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", [*ARGUMENTS, "--avx2"])
    assert speed.main() == 0
    out = capfd.readouterr().out
    assert len([line for line in out.splitlines() if line.startswith("| ")]) == 1 + len(entries(SMALL))
    assert "1-3-4-2, 20 points" in out
    assert "Everything is held to AVX2" in out
    assert "-march=x86-64-v3" in out or not compiler()
    assert "kernels: Haswell" in out

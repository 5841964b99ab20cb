"""What a sweep is computed with, as it is asked for on the command line."""

import pytest

from curvegui.cli.options import without_numba
from curvegui.cli.sweep import options as sweep_options
from curvegui.cli.sweep.command import main as sweep
from curvegui.cli.sweep.options import arithmetic_from, build_parser, executor_from
from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.core.learner.engines import is_ready
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.sweep.plan import SweepPlan
from tests.session.engines import COMPILED, SlowEngine, without
from tests.sweeps.plans import PLAN, kept

LONG = SweepPlan(TrainingConfig(), seeds=400)
SINGLE, COMPILED_SINGLE = Arithmetic(precision="single"), Arithmetic("compiled", "single")
ELSEWHERE = ("--scheduler", "there:8786", "--trust-scheduler")


@pytest.fixture
def engine(monkeypatch):
    """A compiled engine that is prepared at once."""
    made = SlowEngine(monkeypatch)
    made.release()
    return made


def chosen(sweep_, *words):
    parser = build_parser()
    options = parser.parse_args(["--quiet", *words])
    return arithmetic_from(parser, options, sweep_, executor_from(parser, options))


@pytest.mark.parametrize("place", [("--workers", "2"), ELSEWHERE])
@pytest.mark.parametrize(
    ("sweep_", "words", "expected"),
    [
        (kept(PLAN), (), USUAL),
        (kept(LONG), (), COMPILED),
        (kept(LONG), ("--precision", "single"), COMPILED_SINGLE),
        (kept(LONG), ("--engine", "numpy"), USUAL),
        (kept(PLAN), ("--engine", "compiled"), COMPILED),
        (kept(LONG, SINGLE), (), SINGLE),
        (kept(PLAN, COMPILED_SINGLE), (), COMPILED_SINGLE),
        (kept(PLAN, COMPILED_SINGLE), ("--precision", "double"), COMPILED),
        (kept(PLAN, COMPILED_SINGLE), ("--engine", "numpy"), SINGLE),
    ],
)
def test_it_is_what_is_asked_for_or_what_has_computed_it_or_what_is_worth_it(engine, sweep_, words, expected, place):
    assert chosen(sweep_, *words, *place) == expected
    assert is_ready(expected) == (place != ELSEWHERE or expected.engine == "numpy")


def test_where_numba_is_not_installed_numpy_computes(monkeypatch):
    without(monkeypatch)
    assert chosen(kept(LONG)) == USUAL
    assert chosen(kept(PLAN, COMPILED_SINGLE)) == SINGLE
    assert chosen(kept(PLAN, Arithmetic("quantum"))) == USUAL
    assert chosen(kept(LONG), *ELSEWHERE) == COMPILED  # it may be installed there


def test_what_is_asked_for_and_not_installed_ends_with_status_2_and_leaves_no_file(monkeypatch, capsys, tmp_path):
    without(monkeypatch)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        sweep(["--seeds", "2", "--engine", "compiled"])
    assert ended.value.code == 2
    assert without_numba() in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_where_it_cannot_be_prepared_numpy_computes_and_that_is_told(engine, capsys):
    engine.error = ImportError("no LLVM")
    assert chosen(kept(LONG)) == USUAL
    assert "NumPy computes instead" in capsys.readouterr().err


def test_nothing_is_prepared_where_nothing_is_missing(engine):
    complete = kept(PLAN, *[COMPILED] * PLAN.count)
    assert chosen(complete) == COMPILED
    assert not is_ready(COMPILED)


def test_the_options_are_those_of_a_training():
    told = " ".join(build_parser().format_help().split())
    assert "--engine {numpy,compiled,auto}" in told
    assert sweep_options.AUTO_ENGINE in told

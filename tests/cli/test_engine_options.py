"""What computes, as it is asked for on the command line."""

import argparse
import json

import pytest

from curvegui.cli.engine_options import (
    MISSING,
    add_engine_options,
    prepare_for,
    prepared_arithmetic,
    wanted_arithmetic,
)
from curvegui.cli.train import main as train
from curvegui.cli.window import open_start, window_start
from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.core.learner.engines import is_ready
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.project.open_any import open_any
from curvegui.files.project.project import Project
from curvegui.files.project.text_line import line_of
from tests.session.engines import COMPILED, SlowEngine, without

pytestmark = pytest.mark.costly

LONG, SHORT = TrainingConfig(iterations=1_000_000), TrainingConfig(iterations=1_000)
LARGE = TrainingConfig(hidden=(500, 500), iterations=1_000_000)
SINGLE = Arithmetic(precision="single")


@pytest.fixture
def engine(monkeypatch):
    """A compiled engine that is prepared at once."""
    made = SlowEngine(monkeypatch)
    made.release()
    return made


def parsed(*words):
    parser = argparse.ArgumentParser(prog="curvegui")
    parser.add_argument("--quiet", action="store_true")
    add_engine_options(parser, "auto.")
    return parser, parser.parse_args(words)


@pytest.mark.parametrize(
    ("words", "config", "wanted"),
    [
        ((), SHORT, COMPILED),
        ((), LARGE, USUAL),
        (("--engine", "compiled"), LARGE, COMPILED),
        (("--engine", "numpy"), SHORT, USUAL),
        (("--precision", "single"), SHORT, Arithmetic("compiled", "single")),
        (("--engine", "numpy", "--precision", "single"), SHORT, SINGLE),
    ],
)
def test_the_window_wants_what_was_asked_for_or_is_fastest(engine, words, config, wanted):
    assert wanted_arithmetic(*parsed(*words), config) == wanted


def test_without_numba_numpy_is_wanted(monkeypatch):
    without(monkeypatch)
    assert wanted_arithmetic(*parsed(), SHORT) == USUAL
    assert wanted_arithmetic(*parsed("--precision", "single"), SHORT) == SINGLE


def test_what_is_asked_for_and_not_installed_ends_with_status_2_and_how_to_install_it(monkeypatch, capsys):
    without(monkeypatch)
    for start in (window_start, train, lambda words: open_start([*words, "a line"])):
        with pytest.raises(SystemExit) as ended:
            start(["--engine", "compiled"])
        assert ended.value.code == 2
    assert capsys.readouterr().err.count(MISSING) >= 2
    assert 'pip install "curvegui[fast]"' in MISSING


@pytest.mark.parametrize("words", [["--engine", "warp"], ["--precision", "half"]])
def test_what_there_is_not_ends_with_status_2(words, capsys):
    for start in (window_start, train):
        with pytest.raises(SystemExit) as ended:
            start(words)
        assert ended.value.code == 2
    assert "invalid choice" in capsys.readouterr().err


def test_the_window_is_started_with_it(engine):
    assert window_start(["--precision", "single"]) == (TrainingConfig(), None, Arithmetic("compiled", "single"))
    line = line_of(Project(Trainer(SHORT).record()))
    for start in (window_start, open_start):
        assert start([line, "--engine", "numpy"])[2] == USUAL


def test_a_long_training_is_worth_preparing_for(engine, capsys):
    assert prepared_arithmetic(*parsed(), SHORT) == USUAL
    assert not is_ready(COMPILED)
    assert prepared_arithmetic(*parsed(), LONG) == COMPILED
    assert is_ready(COMPILED)
    assert capsys.readouterr().err.startswith("Preparing the compiled engine")
    assert prepared_arithmetic(*parsed("--precision", "single", "--quiet"), LONG) == Arithmetic("compiled", "single")
    assert capsys.readouterr().err == ""


def test_what_was_asked_for_is_prepared_for_a_short_one_too(engine):
    assert prepared_arithmetic(*parsed("--engine", "compiled"), SHORT) == COMPILED
    assert is_ready(COMPILED)


def test_where_it_cannot_be_prepared_numpy_computes_unless_it_was_asked_for(engine, capsys):
    engine.error = ImportError("no LLVM")
    assert prepared_arithmetic(*parsed("--quiet"), LONG) == USUAL
    told = "The compiled engine cannot be used here (ImportError: no LLVM)."
    assert capsys.readouterr().err == f"{told} NumPy computes instead.\n"
    with pytest.raises(SystemExit) as ended:
        prepared_arithmetic(*parsed("--engine", "compiled", "--quiet"), LONG)
    assert ended.value.code == 2
    assert capsys.readouterr().err.endswith(f"error: {told}\n")


def test_a_training_tells_what_computed_it_and_its_file_knows(engine, tmp_path, capsys):
    path = tmp_path / "run.curvegui"
    words = ["--iterations", "200", "--quiet", "--save", str(path)]
    assert train([*words, "--json", "--engine", "compiled"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["engine"], told["precision"]) == ("compiled", "double")
    assert open_any(path).record.arithmetics == ((0, COMPILED),)

    assert train([*words, "--precision", "single", "--engine", "numpy"]) == 0
    assert "engine      NumPy engine, single precision\n" in capsys.readouterr().out


def test_what_computed_a_run_is_prepared_before_it_is_computed_anew(engine, capsys):
    prepare_for(((0, COMPILED), (5, Arithmetic("quantum")), (7, USUAL), (9, Arithmetic("compiled", "half"))))
    assert is_ready(COMPILED)
    engine.error = ImportError("no LLVM")
    prepare_for(((0, Arithmetic("compiled", "single")),))
    assert "NumPy computes instead" in capsys.readouterr().err

"""What a sweep is computed with, as it is asked for on the command line."""

from dataclasses import replace

import pytest

from curvegui.cli import sweep as sweep_options
from curvegui.cli.sweep import arithmetic_from, build_parser
from curvegui.cli.sweep import main as sweep
from curvegui.core.engine.arithmetic import AUTO, USUAL, Arithmetic
from tests.core.runs import SINGLE, C
from tests.session.engines import NO_LIBRARY, without_c
from tests.sweeps.plans import PLAN, kept

C_SINGLE = replace(C, precision="single")


@pytest.mark.parametrize(
    ("sweep_", "words", "expected"),
    [
        (kept(PLAN), (), Arithmetic(AUTO)),
        (kept(PLAN), ("--precision", "single"), Arithmetic(AUTO, "single")),
        (kept(PLAN), ("--engine", "numpy"), USUAL),
        (kept(PLAN), ("--engine", "c"), Arithmetic("c")),
        (kept(PLAN, SINGLE), (), SINGLE),
        (kept(PLAN, C_SINGLE), ("--precision", "double"), Arithmetic("c")),
        (kept(PLAN, C_SINGLE), ("--engine", "numpy"), SINGLE),
    ],
)
def test_it_is_what_is_asked_for_or_what_has_computed_it(sweep_, words, expected):
    assert arithmetic_from(build_parser().parse_args(["--quiet", *words]), sweep_) == expected


def test_an_engine_that_is_asked_for_and_not_here_ends_with_status_2_and_leaves_no_file(monkeypatch, capsys, tmp_path):
    without_c(monkeypatch)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        sweep(["--seeds", "2", "--engine", "c"])
    assert ended.value.code == 2
    assert NO_LIBRARY in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_the_options_are_those_of_a_training():
    told = " ".join(build_parser().format_help().split())
    assert "--engine {c,numpy,auto}" in told
    assert sweep_options.AUTO_ENGINE in told

"""The options that say what computes the iterations, and what is done where that is not possible."""

import argparse

from curvegui.cli.streams import complain
from curvegui.core.engine.arithmetic import PRECISIONS, Arithmetic
from curvegui.core.learner.engines import (
    ENGINES,
    LONG_WORK,
    is_possible,
    is_ready,
    is_small,
    trouble_preparing,
    work_of,
)
from curvegui.core.settings.config import TrainingConfig

AUTO = "auto"
MISSING = 'The compiled engine needs Numba. This line installs it:  pip install "curvegui[fast]"'


def add_engine_options(parser: argparse.ArgumentParser, auto: str) -> None:
    """Add ``--engine`` and ``--precision``; ``auto`` says what is chosen where nothing is asked for."""
    group = parser.add_argument_group("engine", "What computes the iterations; the results agree but for rounding.")
    group.add_argument(
        "--engine",
        choices=(*ENGINES, AUTO),
        default=AUTO,
        help=f'compiled is several times as fast and needs Numba: pip install "curvegui[fast]". {auto}',
    )
    precision_help = "single is faster, and exact to 7 digits; default double."
    group.add_argument("--precision", choices=tuple(PRECISIONS), default="double", help=precision_help)


def wanted_arithmetic(
    parser: argparse.ArgumentParser, options: argparse.Namespace, config: TrainingConfig
) -> Arithmetic:
    """What the options ask for; an engine that is not installed ends the program with status 2."""
    name = options.engine
    is_installed = ENGINES["compiled"].is_installed()
    if name == AUTO:
        name = "compiled" if is_installed and is_small(config) else "numpy"
    elif name == "compiled" and not is_installed:
        parser.error(MISSING)
    return Arithmetic(name, options.precision)


def prepared_arithmetic(
    parser: argparse.ArgumentParser, options: argparse.Namespace, config: TrainingConfig
) -> Arithmetic:
    """What to train with, prepared.

    Where an engine was asked for and cannot be prepared, that ends the program with status 2. Where the choice was left
    to the program, NumPy takes its place; it also does so for trainings that end sooner than another engine is
    prepared.
    """
    wanted = wanted_arithmetic(parser, options, config)
    if options.engine == AUTO and work_of([config]) < LONG_WORK:
        return Arithmetic(precision=wanted.precision)
    return prepared(parser, options, wanted)


def prepared(parser: argparse.ArgumentParser, options: argparse.Namespace, wanted: Arithmetic) -> Arithmetic:
    """The wanted arithmetic, prepared; see `prepared_arithmetic` for what is done where that fails."""
    if not options.quiet and not is_ready(wanted):
        complain("Preparing the compiled engine, which takes some seconds the first time …")
    trouble = trouble_preparing(wanted)
    if not trouble:
        return wanted
    if options.engine != AUTO:
        parser.error(f"The compiled engine cannot be used here ({trouble}).")
    complain(f"The compiled engine cannot be used here ({trouble}). NumPy computes instead.")
    return Arithmetic(precision=wanted.precision)


def prepare_for(entries: tuple[tuple[int, Arithmetic], ...]) -> None:
    """Prepare what has computed a run, as far as it is installed, so that a replay is the same to the last bit."""
    for arithmetic in dict.fromkeys(arithmetic for _, arithmetic in entries):
        trouble = trouble_preparing(arithmetic) if is_possible(arithmetic) else ""
        if trouble:
            complain(f"The compiled engine cannot be used here ({trouble}). NumPy computes instead, but for rounding.")

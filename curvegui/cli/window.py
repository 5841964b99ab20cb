"""The options that the window is opened with."""

import argparse
from collections.abc import Sequence

from curvegui import __version__
from curvegui.cli.options import add_knobs, config_from
from curvegui.core.config import KNOBS, TrainingConfig


def window_config(arguments: Sequence[str]) -> TrainingConfig:
    """Read the settings that the window starts with.

    Parameters
    ----------
    arguments : sequence of str
        What was typed after the program's name.

    Raises
    ------
    SystemExit
        With status 2 for what is not allowed, and 0 after ``--help`` and ``--version``.
    """
    parser = argparse.ArgumentParser(
        prog="curvegui",
        usage="curvegui [settings]\n       curvegui train [settings] [--save heart.png]",
        description="Watch a small neural network learn, before your eyes, to draw a curve.",
        epilog="To train without a window, see: curvegui train --help",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    add_knobs(parser, KNOBS)
    return config_from(parser, parser.parse_args(arguments))

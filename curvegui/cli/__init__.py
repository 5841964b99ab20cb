"""The command line: what works without a window, and the options that the window is opened with. Read `train.py` first.

No Qt is loaded before a picture is asked for.
"""

from collections.abc import Sequence
from importlib import import_module

EXIT_OK, EXIT_FAILED, EXIT_USAGE, EXIT_NOT_ALLOWED = 0, 1, 2, 3
EXIT_INTERRUPTED = 130  # what a shell reports for a program that Ctrl-C ended

COMMANDS = {
    "train": "curvegui.cli.train",
    "export": "curvegui.cli.export",
    "info": "curvegui.cli.info",
    "check": "curvegui.cli.check",
    "worksheet": "curvegui.cli.worksheet",
    "sweep": "curvegui.cli.sweep",
    "desktop": "curvegui.cli.desktop",
}
"""The module whose ``main`` carries out a command."""


def main(command: str, arguments: Sequence[str]) -> int:
    """Carry out one of the ``COMMANDS`` with what was typed after it; returns the exit status.

    Raises ``SystemExit`` with status 2 where what was typed is not possible, and 0 after ``--help`` and ``--version``.
    """
    return int(import_module(COMMANDS[command]).main(arguments))

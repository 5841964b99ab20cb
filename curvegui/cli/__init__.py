"""The command line: what works without a window, and the options that the window is opened with."""

from collections.abc import Sequence
from importlib import import_module

EXIT_OK, EXIT_FAILED, EXIT_USAGE, EXIT_NOT_ALLOWED = 0, 1, 2, 3
EXIT_INTERRUPTED = 130  # what a shell reports for a program that Ctrl-C ended

COMMANDS = "train", "export", "info", "check", "worksheet", "sweep", "desktop"  # each a module here, with a ``main``


def main(command: str, arguments: Sequence[str]) -> int:
    """Carry out one of the ``COMMANDS`` and return the exit status; a wrong option raises ``SystemExit``."""
    return int(import_module(f"curvegui.cli.{command}").main(arguments))

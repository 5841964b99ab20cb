"""The command line: what works without a window, and the options that the window is opened with. Read `train.py` first.

No Qt is loaded before a picture is asked for.
"""

from collections.abc import Sequence

COMMANDS = ("train", "export", "info", "check", "sweep")


def main(command: str, arguments: Sequence[str]) -> int:
    """Carry out one of the ``COMMANDS`` with what was typed after it; returns the exit status."""
    match command:
        case "train":
            from curvegui.cli.train import main as carry_out
        case "export":
            from curvegui.cli.export import main as carry_out
        case "check":
            from curvegui.cli.check import main as carry_out
        case "sweep":
            from curvegui.cli.sweep.command import main as carry_out
        case _:
            from curvegui.cli.info import main as carry_out
    return carry_out(arguments)

"""The command line: trains without a window, and reads the options that the window is opened with.

No Qt is loaded before a picture is asked for.
"""

from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Carry out ``curvegui train``: see ``train.main``."""
    from curvegui.cli.train import main as train

    return train(arguments)

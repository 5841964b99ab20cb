"""The home folder of a person, also where the computer knows of none."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def home() -> Path:
    """The person's home folder: as the environment has it, or else the system; where neither does, its topmost folder.
    So it is for Qt, too. A container may run as a user whom the system does not know, and who may write little
    there."""
    ways: tuple[Callable[[], Path], ...] = (Path.home, _registered)
    for find in ways:
        with suppress(RuntimeError, KeyError, ImportError):
            if (found := find()).is_absolute():
                return found
    return Path(os.sep).resolve()


def _registered() -> Path:
    import pwd  # which Windows has not

    return Path(pwd.getpwuid(os.getuid()).pw_dir)

"""The home folder of a person, also where the computer knows of none."""

import os
from contextlib import suppress
from pathlib import Path


def home() -> Path:
    """The person's home folder by the environment, or else by the system; where neither knows one, the topmost folder.
    Qt does the same. A container may run as a user whom the system does not know."""
    with suppress(RuntimeError):
        if (found := Path.home()).is_absolute():
            return found
    with suppress(KeyError, ImportError):
        import pwd  # which Windows has not

        if (found := Path(pwd.getpwuid(os.getuid()).pw_dir)).is_absolute():
            return found
    return Path(os.sep).resolve()

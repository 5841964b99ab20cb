"""What the programs among the tests share: options by their defaults, and a home of their own for an app."""

import argparse
from collections.abc import Sequence
from typing import Any


def asked(text: str, *, choices: Sequence[str] = (), **wanted: Any) -> argparse.Namespace:
    """The options of a program, by their defaults; a list takes several values.

    ``choices``: the program's parts. What has a type instead of a default must be given, without a name; a list of a
    type: at least one.
    """
    parser = argparse.ArgumentParser(description=text, formatter_class=argparse.RawDescriptionHelpFormatter)
    if choices:
        parser.add_argument("part", nargs="?", choices=choices, default=choices[0])
    for name, default in wanted.items():
        first = default[0] if isinstance(default, list) else default
        if isinstance(first, type):
            parser.add_argument(name, type=first, nargs="+" if isinstance(default, list) else None)
        elif isinstance(default, bool):
            parser.add_argument(f"--{name}", action="store_true")
        elif isinstance(default, list):
            parser.add_argument(f"--{name}", nargs="*", type=type(first), default=default)
        else:
            parser.add_argument(f"--{name}", type=type(default), default=default)
    return parser.parse_args()


def own_environment(folder: str) -> dict[str, str]:
    """Environment variables of an app without a screen, for which all that it keeps is kept in a folder of its own."""
    names = "HOME", "USERPROFILE", "TMPDIR", *(f"XDG_{name}_HOME" for name in ("DATA", "CONFIG", "CACHE", "STATE"))
    return {"QT_QPA_PLATFORM": "offscreen", **dict.fromkeys(names, folder)}

"""Another Python that runs some of our code: which one, and how it finds what it needs."""

import sys
from collections.abc import Iterable
from pathlib import Path

import numpy

import curvegui


def child_command(thing: str, code: str, arguments: Iterable[str] = (), packages: Iterable[str] = ()) -> list[str]:
    """The command that runs code in a Python cut off from what a person has set.

    Its ``sys.argv[1:]`` are the arguments, and then the folders to import from: ours, NumPy's, and those of more
    packages, given by their files. Raises ``RuntimeError``, a sentence about the ``thing`` to run, where there is no
    Python.
    """
    if getattr(sys, "frozen", False):
        raise RuntimeError(f"This build of CurveGUI has no Python to run a {thing} with. Install it with pip for that.")
    python = sys.executable
    if sys.platform == "win32":  # that of a virtual environment only starts the true one, and is not it
        python = getattr(sys, "_base_executable", python)
    if not python:
        raise RuntimeError(f"No Python was found to run the {thing} with.")
    files = (curvegui.__file__, numpy.__file__, *packages)
    folders = dict.fromkeys(str(Path(file).parents[1]) for file in files)
    return [python, "-I", "-S", "-B", "-X", "utf8", "-c", code, *arguments, *folders]

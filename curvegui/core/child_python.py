"""Another Python process that runs some of our code; in a bundle, the bundle's own program runs it."""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy

import curvegui
from curvegui.environment import RUN_CHILD, is_bundle


def child_command(thing: str, code: str, arguments: Iterable[str] = ()) -> list[str]:
    """The command that runs code in a Python cut off from a person's settings.

    In the child, ``sys.argv[1:]`` has the arguments, then the folders to import from: ours and NumPy's. Raises
    ``RuntimeError``, a sentence about the ``thing`` to run, where there is no Python.
    """
    if is_bundle():  # where all that is imported is found without folders
        return [sys.executable, RUN_CHILD, code, *arguments]
    # on Windows, the Python of a virtual environment only starts the true one, and is not it
    python = getattr(sys, "_base_executable", "") if sys.platform == "win32" else sys.executable
    if not python:
        raise RuntimeError(f"No Python was found to run the {thing} with.")
    folders = dict.fromkeys(str(Path(file).parents[1]) for file in (curvegui.__file__, numpy.__file__))
    return [python, "-I", "-S", "-B", "-X", "utf8", "-c", code, *arguments, *folders]


def run_child(words: list[str]) -> None:
    """Run the code that `child_command` has put among the words after ``RUN_CHILD``, in a bundle's program."""
    code, *arguments = words
    sys.argv[:] = ["-c", *arguments]
    exec(compile(code, "<string>", "exec"), {"__name__": "__main__"})


def own_command() -> list[str]:
    """The command that starts the app again, however the app was installed."""
    if is_bundle():
        return [os.environ.get("APPIMAGE") or sys.executable]
    name = "curvegui.exe" if sys.platform == "win32" else "curvegui"
    script, checkout = Path(sys.executable).with_name(name), Path(curvegui.__file__).parents[1] / "main.py"
    if script.is_file():
        return [str(script)]
    return [sys.executable, str(checkout)] if checkout.is_file() else [sys.executable, "-m", "curvegui"]


def open_apart(file: str) -> None:
    """Start the app again, with a file in a window of its own."""
    subprocess.Popen([*own_command(), "--new-window", file], stdin=subprocess.DEVNULL, start_new_session=True)

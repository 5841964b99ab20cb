"""Opening a learner's file in an editor, at a line where the editor is known to take one."""

import os
import shlex
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices

AT_LINE: Mapping[str, tuple[str, ...]] = {
    "code": ("--goto", "{file}:{line}"),
    "codium": ("--goto", "{file}:{line}"),
    "pycharm": ("--line", "{line}", "{file}"),
    "charm": ("--line", "{line}", "{file}"),
    "subl": ("{file}:{line}",),
    "kate": ("--line", "{line}", "{file}"),
    "gedit": ("+{line}", "{file}"),
    "gnome-text-editor": ("+{line}", "{file}"),
    "notepad++": ("-n{line}", "{file}"),
    "gvim": ("+{line}", "{file}"),
    "mvim": ("+{line}", "{file}"),
}
"""The editors that are known, the best to learn with first, and how each takes a line."""
IN_TERMINAL = ("vi", "vim", "nvim", "nano", "emacs", "micro", "hx")  # they need one, which a window does not have


def editor_command(
    path: Path, line: int, visual: str | None = None, which: Callable[[str], str | None] = shutil.which
) -> list[str]:
    """The program and its arguments that open a file at a line; empty where no editor is known.

    ``visual`` is the person's own choice, from the variable ``VISUAL``; ``which`` finds a program.
    """
    wanted = shlex.split(visual, posix=sys.platform != "win32") if visual else []
    name = Path(wanted[0]).stem.lower() if wanted else ""
    if name and name not in IN_TERMINAL and which(wanted[0]):
        return [*wanted, *_filled(AT_LINE.get(name, ("{file}",)), path, line)]
    for known, arguments in AT_LINE.items():
        program = which(known)
        if program:
            return [program, *_filled(arguments, path, line)]
    return []


def _filled(arguments: Sequence[str], path: Path, line: int) -> list[str]:
    return [each.format(file=path, line=line) for each in arguments]


def open_in_editor(path: Path, line: int = 1) -> bool:
    """Open a file in the person's editor, else a known one, else what the system has for it; whether one was found."""
    is_code = path.suffix.lower() == ".py"
    command = editor_command(path, line, os.environ.get("VISUAL")) if is_code else []
    if not command and is_code and sys.platform == "win32":
        command = ["notepad", str(path)]  # the system's own way would run it
    if command:
        return QProcess.startDetached(command[0], command[1:])[0]
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

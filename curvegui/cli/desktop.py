"""``curvegui desktop install``: CurveGUI in the menu of a Linux desktop, with its files, for one person."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from curvegui import APP_ID
from curvegui.cli import EXIT_FAILED, EXIT_OK
from curvegui.cli.options import command_parser
from curvegui.cli.terminal import complain, deliver
from curvegui.core.child_python import own_command
from curvegui.core.home import home
from curvegui.core.language.text import mark, tr
from curvegui.files.disk.atomic import HINTS, WriteError, write_bytes
from curvegui.files.disk.resources import resource

DESCRIPTION = mark("""Put CurveGUI into the menu of your Linux desktop, and let it open .curvegui files; or undo that.

It is done for you alone, without the rights of an administrator. Repeat it after moving CurveGUI.""")
EXITS = mark("""exit status:
  0    done
  1    it could not be done
  2    a wrong option""")
ENTRY = f"applications/{APP_ID}.desktop"
DATABASES = (
    ("update-mime-database", "mime", "shared-mime-info"),
    ("update-desktop-database", "applications", "desktop-file-utils"),
)
"""Programs that tell the desktop about a folder, that folder, and the package that brings the program."""
PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+,:@=")
PATIENCE_S = 60


def main(arguments: Sequence[str]) -> int:
    """Install or remove the files of the desktop; returns the exit status."""
    parser = command_parser("curvegui desktop", tr(DESCRIPTION), tr(EXITS))
    parser.add_argument("what", choices=("install", "remove"), help=tr("What to do."))
    installs = parser.parse_args(arguments).what == "install"
    if sys.platform in ("win32", "darwin"):
        complain(tr("This is for Linux. On Windows and macOS, the installer and the system do it."))
        return EXIT_FAILED
    try:
        (_install if installs else _remove)(data_home())
    except OSError as error:
        hint = tr(HINTS.get(error.errno or 0, f"{error.strerror}."))
        words = tr("{filename} could not be changed. {hint}", filename=error.filename, hint=hint)
        complain(str(error) if isinstance(error, WriteError) else words)
        return EXIT_FAILED
    for trouble in filter(None, (_update(*each) for each in DATABASES)):
        complain(trouble)
    done = tr("CurveGUI is in the menu of your desktop, and opens .curvegui files. To undo it: curvegui desktop remove")
    return EXIT_OK if deliver(done if installs else tr("CurveGUI is no longer in the menu.")) else EXIT_FAILED


def data_home() -> Path:
    """The folder of a person's data, where the desktop looks for menu entries, icons and types of files."""
    named = Path(os.environ.get("XDG_DATA_HOME", ""))
    return named if named.is_absolute() else home() / ".local" / "share"


def _files() -> tuple[Path, list[str]]:
    """The folder with the files for the desktop that come with the app, and the paths of these files in it."""
    folder = resource("desktop")
    return folder, sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _install(home: Path) -> None:
    folder, names = _files()
    for name in names:
        data = (folder / name).read_bytes()
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        write_bytes(home / name, entry(data.decode(), own_command()).encode() if name == ENTRY else data)


def _remove(home: Path) -> None:
    for name in _files()[1]:
        (home / name).unlink(missing_ok=True)


def entry(text: str, command: Sequence[str]) -> str:
    """The entry of the menu, with the command that starts this very installation."""
    lines = (line for line in text.splitlines() if not line.startswith(("Exec=", "TryExec=")))
    start = f"TryExec={_value(command[0])}\nExec={' '.join(map(_word, command))} %F"
    return "".join(f"{line}\n" for line in (*lines, start))


def _word(word: str) -> str:
    """A word of the entry's command, in quotes where the specification of desktops asks for them."""
    word = word.replace("%", "%%")
    if PLAIN.issuperset(word):
        return word
    return _value('"' + "".join(f"\\{each}" if each in '"`$\\' else each for each in word) + '"')


def _value(text: str) -> str:
    return text.replace("\\", "\\\\")


def _update(program: str, kind: str, package: str) -> str:
    """Have a program tell the desktop what has changed; returns a sentence if that fails, else an empty text."""
    found, folder = shutil.which(program), data_home() / kind
    if found is None:
        words = mark(
            "Your desktop may not notice it: {program} is missing. Install the package {package} and repeat this."
        )
        return tr(words, program=program, package=package)
    if not folder.is_dir():
        return ""
    try:
        ended = subprocess.run([found, folder], capture_output=True, timeout=PATIENCE_S, check=False)
    except subprocess.TimeoutExpired:
        return tr("{program} did not end within {seconds} seconds.", program=program, seconds=PATIENCE_S)
    except OSError as error:
        return tr("{program} could not be started: {reason}.", program=program, reason=error.strerror)
    words = tr("{program} ended with status {returncode}.", program=program, returncode=ended.returncode)
    return words if ended.returncode else ""

"""Opens a run as a person does in a file manager, in a home where nothing has ever been.

    python -m tests.smoke.desktop PATH_OF_CURVEGUI

Needs Xvfb, xdotool, openbox, xdg-utils, shared-mime-info, desktop-file-utils and gio. Takes about 15 s. Ends with
status 0 if the desktop knows the type by name and by content, ``xdg-open`` opens the run in the app, a second start
opens another window or the one that is there, as the preferences say, and nothing is left when it is removed.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from curvegui import APP_ID
from tests.smoke.smoke import WAIT_S, Screen, wait_for

TYPE = "application/x-curvegui"


class Person:
    """Someone with a desktop and an empty home."""

    def __init__(self, screen: Screen, home: Path, command: Path) -> None:
        self.home, self.command, self._screen = home, command, screen
        for name in ("tmp", "run"):
            (home / name).mkdir(mode=0o700)
        own = {"XDG_RUNTIME_DIR": str(home / "run"), "TMPDIR": str(home / "tmp"), "XDG_CURRENT_DESKTOP": "GNOME"}
        self._environment = {**screen.environment, **own, "CURVEGUI_COMPLETE_FILE": str(home / "complete")}

    def does(self, *words: str | Path) -> str:
        """Type a command; what it prints."""
        ended = subprocess.run(
            [*map(str, words)], env=self._environment, capture_output=True, text=True, timeout=WAIT_S, check=False
        )
        if ended.returncode:
            sys.exit(f"desktop: FAILED: {' '.join(map(str, words))}: {ended.stderr}")
        return ended.stdout

    def opens(self, path: Path) -> None:
        """Double-click a file."""
        subprocess.Popen(["xdg-open", str(path)], env=self._environment, stderr=subprocess.DEVNULL)

    def titles(self) -> list[str]:
        """What is written over the windows that are there."""
        found = self._screen.do("search", "--onlyvisible", "--name", " – CurveGUI").split()
        return sorted(self._screen.do("getwindowname", each) for each in found)

    def sees(self, *names: str) -> bool:
        """Whether the windows are those with these runs, each up to its end."""
        titles = self.titles()
        return len(titles) == len(names) and all(map(str.startswith, titles, sorted(names)))

    def prefers(self, choice: str) -> None:
        """Choose where files open, as the dialog would write it before the app is started."""
        place = self.home / ".config/curvegui/preferences.json"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f'{{"files_open": "{choice}", "tour": "{{}}"}}', encoding="utf-8")

    def closes_all(self) -> None:
        """End the app in all its windows."""
        for number in own_processes(self.home):
            os.kill(number, signal.SIGTERM)
        wait_for("all windows are closed", lambda: not own_processes(self.home))
        (self.home / "complete").unlink(missing_ok=True)


def own_processes(home: Path) -> Sequence[int]:
    """The numbers of the processes that have this home, but for those of the screen."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/environ"):
        try:
            words = entry.read_bytes().split(b"\0")
        except OSError:
            continue
        if f"CURVEGUI_COMPLETE_FILE={home / 'complete'}".encode() in words:
            found.append(int(entry.parent.name))
    return found


def use(person: Person) -> None:
    """Install, open runs, and remove."""
    one, two = person.home / "run one.curvegui", person.home / "run two.curvegui"
    for path, curve in ((one, "heart"), (two, "star")):
        person.does(person.command, "train", "--curve", curve, "--iterations", "200", "--quiet", "--save", path)
    person.does(person.command, "desktop", "install")
    nameless = person.home / "nameless"
    shutil.copyfile(one, nameless)
    for path in (one, nameless):
        wait_for(f"the type of “{path.name}” is known", lambda: TYPE in person.does("gio", "info", path))  # noqa: B023
    default = person.does("xdg-mime", "query", "default", TYPE).strip()
    wait_for("the app opens that type", lambda: default == f"{APP_ID}.desktop")
    person.opens(one)
    wait_for("xdg-open opens the app with the run", lambda: person.sees(one.name))
    wait_for("it is complete", (person.home / "complete").exists)
    person.opens(two)
    wait_for("a second file opens in a window of its own", lambda: person.sees(one.name, two.name))
    person.closes_all()
    person.prefers("here")
    person.opens(one)
    wait_for("the app is open again", lambda: person.sees(one.name))
    wait_for("it listens", lambda: any(each.is_dir() for each in (person.home / "run").iterdir()))
    person.opens(two)
    wait_for("a second file opens in the window that is there", lambda: person.sees(two.name))
    person.closes_all()
    person.does(person.command, "desktop", "remove")
    left = list((person.home / ".local/share").rglob(f"{APP_ID}*"))
    wait_for("nothing is left of it", lambda: not left)


def main() -> int:
    """Run it all; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", type=Path, help="the installed curvegui")
    command = parser.parse_args().command.absolute()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        screen = Screen(folder, folder)
        person = Person(screen, folder, command)
        try:
            use(person)
        finally:
            for number in own_processes(folder):
                os.kill(number, signal.SIGKILL)
            screen.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())

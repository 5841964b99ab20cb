"""Opens a run as a person does in a file manager, in a home where nothing has ever been.

    python -m tests.smoke.desktop PATH_OF_CURVEGUI

Needs Xvfb, xdotool, openbox, xdg-utils, shared-mime-info, desktop-file-utils and gio. Takes about 15 s. Ends with
status 0 if the desktop knows the type by name and by content, ``xdg-open`` opens the run in the app, a second start
opens another window or the one that is there, as the preferences say, and nothing is left when it is removed.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from curvegui import APP_ID
from tests.help.program import asked
from tests.smoke.smoke import WAIT_S, Screen, wait_for

TYPE = "application/x-curvegui"


class Person:
    """Someone with a desktop and an empty home."""

    def __init__(self, screen: Screen, home: Path) -> None:
        self._home, self._screen, self.complete = home, screen, home / "complete"
        for name in ("tmp", "run"):
            (home / name).mkdir(mode=0o700)
        own = {"XDG_RUNTIME_DIR": str(home / "run"), "TMPDIR": str(home / "tmp"), "XDG_CURRENT_DESKTOP": "GNOME"}
        self._environment = {**screen.environment, **own, "CURVEGUI_COMPLETE_FILE": str(self.complete)}

    def does(self, *words: str | Path) -> str:
        """Type a command; what it prints."""
        return subprocess.run(
            words, env=self._environment, stdout=subprocess.PIPE, text=True, timeout=WAIT_S, check=True
        ).stdout

    def opens(self, path: Path) -> None:
        """Double-click a file."""
        subprocess.Popen(["xdg-open", str(path)], env=self._environment, stderr=subprocess.DEVNULL)

    def sees(self, *names: str) -> bool:
        """Whether the windows are those with these runs: their titles begin so."""
        found = self._screen.do("search", "--onlyvisible", "--name", " – CurveGUI").split()
        titles = sorted(self._screen.do("getwindowname", each) for each in found)
        return len(titles) == len(names) and all(map(str.startswith, titles, sorted(names)))

    def processes(self) -> list[int]:
        """The numbers of the processes that have this home, but for those of the screen."""
        found = []
        for entry in Path("/proc").glob("[0-9]*/environ"):
            with suppress(OSError):
                if f"CURVEGUI_COMPLETE_FILE={self.complete}".encode() in entry.read_bytes().split(b"\0"):
                    found.append(int(entry.parent.name))
        return found

    def closes_all(self) -> None:
        """End the app in all its windows."""
        for number in self.processes():
            os.kill(number, signal.SIGTERM)
        wait_for("all windows are closed", lambda: not self.processes())
        self.complete.unlink(missing_ok=True)


def use(person: Person, home: Path, command: Path) -> None:
    """Install, open runs, and remove."""
    one, two, nameless = home / "run one.curvegui", home / "run two.curvegui", home / "nameless"
    for path, curve in ((one, "heart"), (two, "star")):
        person.does(command, "train", "--curve", curve, "--iterations", "200", "--quiet", "--save", path)
    person.does(command, "desktop", "install")
    shutil.copyfile(one, nameless)
    for path in (one, nameless):
        wait_for(f"the type of “{path.name}” is known", lambda: TYPE in person.does("gio", "info", path))  # noqa: B023
    default = person.does("xdg-mime", "query", "default", TYPE).strip()
    wait_for("the app opens that type", lambda: default == f"{APP_ID}.desktop")
    person.opens(one)
    wait_for("xdg-open opens the app with the run", lambda: person.sees(one.name))
    wait_for("it is complete", person.complete.exists)
    person.opens(two)
    wait_for("a second file opens in a window of its own", lambda: person.sees(one.name, two.name))
    person.closes_all()
    preferences = home / ".config/curvegui/preferences.json"  # as the dialog would write them
    preferences.parent.mkdir(parents=True, exist_ok=True)
    preferences.write_text('{"files_open": "here", "tour": "{}"}', encoding="utf-8")
    person.opens(one)
    wait_for("the app is open again", lambda: person.sees(one.name))
    wait_for("it listens", lambda: any(each.is_dir() for each in (home / "run").iterdir()))
    person.opens(two)
    wait_for("a second file opens in the window that is there", lambda: person.sees(two.name))
    person.closes_all()
    person.does(command, "desktop", "remove")
    left = list((home / ".local/share").rglob(f"{APP_ID}*"))
    wait_for("nothing is left of it", lambda: not left)


def main() -> int:
    """Run it all; the exit status."""
    command = asked(__doc__, command=Path).command.absolute()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        screen = Screen(folder, folder)
        person = Person(screen, folder)
        try:
            use(person, folder, command)
        finally:
            for number in person.processes():
                os.kill(number, signal.SIGKILL)
            screen.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())

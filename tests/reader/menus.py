"""Chooses every entry of every menu once, and closes what opens: nothing may go wrong.

    python3 tests/reader/menus.py APP LOG

``LOG`` is the app's log, in which nothing may be said. What can be chosen only after something else is chosen later;
Quit never. Ends with status 1 where something has gone wrong.
"""

import subprocess
import sys
from pathlib import Path

from hands import TO, GLib, Reader, State, Thing, serve

QUIT = "Quit"
MOST_KEYS = 12  # until nothing is open any more
MOMENTS = 8  # that an entry has for what it opens; more where the machine is busy, as the app has to answer


class Menus:
    """The menus of a window, and what has been chosen in them."""

    def __init__(self, app: str, log: Path) -> None:
        self.reader, self.log = Reader(app), log
        self.chosen: dict[str, str] = {}  # what each entry has opened
        self.reader.find("Pause", "button")
        self.reader.settle()

    def choose(self, way: str, entry: Thing) -> None:
        """Choose an entry, look at what it opens, and close that."""
        entry.press()
        for _ in range(MOMENTS):
            serve()
        self.chosen[way] = ", ".join(each.name for each in self.opened())
        self.close()
        print(f"  {way}{': ' if self.chosen[way] else ''}{self.chosen[way]}", flush=True)
        said = self.log.read_text(encoding="utf-8").strip()
        if said:
            raise AssertionError(f"{way}: {said}")

    def opened(self) -> list[Thing]:
        """Dialogs and windows beside the main one."""
        return [each for each in self.reader.app.children if each.has(State.SHOWING) and not _has_menus(each)]

    def close(self) -> None:
        """Press Escape until only the window with its menus is there, as it was."""
        for _ in range(MOST_KEYS):
            subprocess.run(["xdotool", "key", "Escape"], check=True)
            for _ in range(MOMENTS):
                serve()
            if not self.opened() and any(map(_has_menus, self.reader.app.children)):
                return
        raise AssertionError(f"Escape does not close {', '.join(map(str, self.opened())) or 'a view without menus'}")

    def choose_all(self) -> None:
        """Choose all that can be chosen, until nothing new has turned up; looking through the menus takes long."""
        chosen = -1
        while chosen < len(self.chosen):
            chosen = len(self.chosen)
            left = {way: entry for way, entry in self.reader.entries() if way not in self.chosen}
            for way, entry in left.items():
                try:
                    is_possible = entry.name == way.rpartition(TO)[2] and entry.has(State.ENABLED)
                except GLib.Error:  # its menu has been made anew
                    continue
                if is_possible and entry.name != QUIT:
                    self.choose(way, entry)
        print("never possible:", ", ".join(dict(self.reader.entries()).keys() - self.chosen.keys()))


def _has_menus(window: Thing) -> bool:
    return any(each.role == "menu bar" and each.has(State.SHOWING) for each in window.children)


def main(app: str, log: str) -> int:
    """Choose everything; return the exit status."""
    menus = Menus(app, Path(log))
    try:
        menus.choose_all()
    except AssertionError as error:
        print(f"FAILED: {error}")
        return 1
    print(f"{len(menus.chosen)} entries")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

"""Plays a whole session by names alone, as somebody does who sees nothing, and writes down what is said and heard.

    python3 tests/reader/session.py APP FOLDER

It starts and pauses a run, changes a setting, asks how things stand, saves the run and judges an exercise, whose file
is ``FOLDER/exercise.py``. Then it reads all that there is in each view and in the dialogs, and says what is wrong with
its names. Ends with status 1 if anything is, cannot be found by its name, or does not do what it says.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from hands import Reader, State, Thing

PLACES = "Watch", "Understand", "Exercise", "Play", "Fourier", "Morph into another curve", "Favourites", "Valley"
DIALOGS = {  # what opens them, by the name of its entry, and what closes them
    **dict.fromkeys(("Preferences…", "Share…", "Compare…", "Challenges…"), "Close"),
    **dict.fromkeys(("Text…", "Formula…"), "Cancel"),
}
ITEMS = "list item", "table cell", "tree item", "page tab", "column header", "row header"  # data may be the same twice


class Session:
    """The steps of a session, told in the order in which they are done."""

    def __init__(self, app: str, folder: Path) -> None:
        self.reader, self.folder = Reader(app), folder
        self._heard = 0

    def say(self, words: str) -> None:
        """Write down what is done, after what was heard meanwhile."""
        for heard in self.reader.heard[self._heard :]:
            print(f"    hears: {heard}")
        self._heard = len(self.reader.heard)
        print(words, flush=True)

    def press(self, name: str) -> None:
        self.say(f"presses button “{name}”")
        self.reader.find(name, "button").press()

    def choose(self, entry: str) -> None:
        self.say(f"chooses “{entry}” in the menu")
        self.reader.choose(entry)

    def read(self, name: str) -> str:
        """What an image says."""
        words = self.reader.find(name, "image").description
        self.say(f"reads image “{name}”: {words}")
        return words

    def hear(self, beginning: str) -> str:
        """Wait for an announcement."""
        return self.reader.wait_for(
            f"the announcement “{beginning}…”",
            lambda: next((words for words in reversed(self.reader.heard) if beginning in words), None),
        )

    def run_and_pause(self) -> None:
        self.press("Pause")
        self.hear("Paused at iteration")
        first = self.read("Canvas")
        self.press("Run")
        self.reader.wait_for("other words of the canvas", lambda: self.reader.find("Canvas").description != first)
        self.press("Pause")
        self.read("Canvas")
        self.read("Timeline")

    def change_a_setting(self) -> None:
        slider = self.reader.find("Aggression", "slider")
        before = slider.description
        self.say(f"reads slider “Aggression”: {before}")
        slider.value = slider.value + 100
        self.reader.wait_for("another aggression", lambda: slider.description != before)
        self.say(f"moves it up; it says {slider.description}")

    def ask(self) -> None:
        self.choose("Say how it stands")
        words = self.hear("A network with 6 and 7 neurons")
        assert "the cost is" in words, words

    def save(self) -> None:
        path = self.folder / "heard.curvegui"
        self.choose("Save as…")
        self.write_path(path, "Save")
        self.reader.wait_for("the file", path.is_file)
        self.say(f"the file is there: {path.name}")

    def write_path(self, path: Path, button: str) -> None:
        """Type a path in the dialog for files, and press its button."""
        dialog = self.reader.wait_for_dialog()
        name = dialog.name
        self.say(f"hears the dialog “{name}”, types the path, presses “{button}”")
        self.reader.find("File name:", "text", dialog).write(str(path))
        self.reader.find(button, "button", dialog).press()
        self.reader.wait_for_end_of(name)

    def judge(self) -> None:
        self.choose("Exercise")
        self.choose("Open an exercise…")
        self.write_path(self.folder / "exercise.py", "Open")
        dialog = self.reader.wait_for_dialog()
        asked = next(each.name for each in dialog.walk() if each.role == "label")
        self.say(f"is asked: {asked}")
        self.press("Run now and after every save")
        self.hear("All six Jacobians are right.")

    def look_around(self) -> None:
        for place in PLACES:
            self.choose(place)
            self.reader.settle()
            self.look_at(place, self.reader.app)
        for entry, closer in DIALOGS.items():
            self.choose(entry)
            dialog = self.reader.wait_for_dialog()
            name = dialog.name
            self.reader.settle()
            self.look_at(entry, dialog)
            self.reader.find(closer, "button", dialog).press()
            self.reader.wait_for_end_of(name)

    def look_at(self, where: str, root: Thing) -> None:
        wrong = list(faults(root))
        assert not wrong, "\n  ".join((f"{where}:", *wrong))
        self.say(f"{where}: nothing wrong")


def faults(root: Thing) -> Iterator[str]:
    """What is wrong with the names below a thing, in sentences."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for each in root.walk():
        role, takes_focus = each.role, each.has(State.FOCUSABLE)
        if role == "page tab list" and all(child.role != role[:-5] for child in each.children):
            continue  # Qt keeps one outside of the window, for panels that will share a place
        name = each.label if role == "combo box" else each.name
        if takes_focus and not name.strip():
            yield f"a focusable {role} without a name, in {each.place}, which says “{each.name}”, {each.description}"
        if re.search(rf"\b{re.escape(role)}\b", name, re.IGNORECASE):
            yield f"{role} “{name}” has its role in its name, in {each.place}"
        if takes_focus and name and role not in ITEMS:
            seen[each.place, role, name] += 1
    yield from (f"{count} times {role} “{name}” in {where}" for (where, role, name), count in seen.items() if count > 1)


def main(app: str, folder: str) -> int:
    """Play the session; return the exit status."""
    session = Session(app, Path(folder))
    steps = session.run_and_pause, session.change_a_setting, session.ask, session.save, session.judge
    try:
        for step in (*steps, session.look_around):
            step()
    except AssertionError as error:
        session.say(f"FAILED: {error}")
        print(*session.reader.app.walk(), sep="\n")
        return 1
    session.say("all of it by names alone")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

"""Plays a whole session by names alone, as somebody does who sees nothing, and writes down what is said and heard.

    python3 tests/reader/session.py APP FOLDER

It starts and pauses a run, changes a setting, asks how things stand, saves the run and judges an exercise, whose file
is ``FOLDER/exercise.py``. Ends with status 1 if anything cannot be found by its name, or does not do what it says.
"""

import sys
from pathlib import Path

from hands import Reader, Thing


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

    def press(self, name: str, role: str = "button") -> None:
        self.say(f"presses {role} “{name}”")
        self.reader.find(name, role).press()

    def choose(self, entry: str) -> None:
        self.say(f"chooses “{entry}” in the menu")
        self.reader.choose(entry)

    def read(self, name: str, role: str) -> str:
        """What a thing says."""
        words = self.reader.find(name, role).description
        self.say(f"reads {role} “{name}”: {words}")
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
        first = self.read("Canvas", "image")
        self.press("Run")
        self.reader.wait_for("other words of the canvas", lambda: self.reader.find("Canvas").description != first)
        self.press("Pause")
        self.read("Canvas", "image")
        self.read("Timeline", "image")

    def change_a_setting(self) -> None:
        slider = self.reader.find("Aggression", "slider")
        before = slider.description
        self.say(f"reads slider “Aggression”: {before}")
        slider.value = slider.value + 100
        after = self.reader.wait_for("another aggression", lambda: _other(slider, before))
        self.say(f"moves it up; it says {after}")

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
        self.say(f"hears the dialog “{dialog.name}”, types the path, presses “{button}”")
        self.reader.find_in(dialog, "File name:", "text").write(str(path))
        self.reader.find_in(dialog, button, "button").press()
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


def _other(slider: Thing, before: str) -> str:
    return slider.description if slider.description != before else ""


def main(app: str, folder: str) -> int:
    """Play the session; return the exit status."""
    session = Session(app, Path(folder))
    try:
        for step in (session.run_and_pause, session.change_a_setting, session.ask, session.save, session.judge):
            step()
    except AssertionError as error:
        session.say(f"FAILED: {error}")
        print(*session.reader.app.walk(), sep="\n")
        return 1
    session.say("all of it by names alone")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

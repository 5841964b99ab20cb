"""Uses the installed app in a real window, with a real mouse and keyboard, as a person would.

    python tests/smoke/smoke.py PATH_OF_CURVEGUI [--pictures FOLDER]

Needs Xvfb, xdotool and a window manager (openbox). Takes about 20 s. Ends with status 0 if the app did all of it:
it painted its window, paused and ran on, took a typed aggression, followed a new size, saved a picture by keyboard
alone, and closed with status 0. Pictures of each step go to FOLDER.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops

from tests.help.program import asked

WAIT_S = 60  # for anything; a slow machine is not a failure
SETTLED_S = 0.7  # between two looks at a picture that should stand still


class Screen:
    """A virtual screen with a window manager, and the hands of a person.

    ``home``: where programs find their settings. ``pictures``: where screenshots go.
    """

    def __init__(self, home: Path, pictures: Path) -> None:
        self.pictures = pictures
        read, write = os.pipe()
        words = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]
        self._server = subprocess.Popen(words, pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as number:
            display = number.readline().strip()
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("QT_", "XDG_", "WAYLAND"))}
        self.environment = {**kept, "DISPLAY": f":{display}", "HOME": str(home), "LC_ALL": "C.UTF-8"}
        self._manager = subprocess.Popen(["openbox"], env=self.environment, stderr=subprocess.DEVNULL)

    def close(self) -> None:
        """Take the screen down."""
        for process in (self._manager, self._server):
            process.terminate()
            process.wait(WAIT_S)

    def do(self, *words: str) -> str:
        """Let xdotool do something; return what it prints."""
        words = "xdotool", *words
        done = subprocess.run(
            words, env=self.environment, stdout=subprocess.PIPE, text=True, timeout=WAIT_S, check=False
        )
        return done.stdout.strip()

    def look(self, name: str) -> Image.Image:
        """A picture of the whole screen, kept as ``name``.png."""
        path = self.pictures / f"{name}.png"
        subprocess.run(["import", "-window", "root", str(path)], env=self.environment, timeout=WAIT_S, check=True)
        with Image.open(path) as picture:
            return picture.convert("RGB")


def wait_for(what: str, holds: Callable[[], bool]) -> None:
    """Wait until something holds, or end with status 1."""
    until = time.monotonic() + WAIT_S
    while not holds():
        if time.monotonic() > until:
            sys.exit(f"smoke: FAILED: {what}")
        time.sleep(0.1)
    print(f"smoke: {what}", flush=True)


class Window:
    """The app's window on the screen."""

    def __init__(self, screen: Screen) -> None:
        words = "search", "--onlyvisible", "--name", "CurveGUI"
        wait_for("the window is on the screen", lambda: screen.do(*words) != "")
        self._screen, self.id = screen, screen.do(*words).splitlines()[0]

    def box(self) -> tuple[int, int, int, int]:
        """Left, top, width and height on the screen."""
        lines = self._screen.do("getwindowgeometry", "--shell", self.id).splitlines()
        at = dict(line.split("=") for line in lines)
        return int(at["X"]), int(at["Y"]), int(at["WIDTH"]), int(at["HEIGHT"])

    def moves(self, name: str) -> bool:
        """Whether the canvas changes between two looks: whether the network is learning."""
        left, top, width, height = self.box()
        canvas = (left + 20, top + 60, left + width // 2, top + height // 2)
        first = self._screen.look(name).crop(canvas)
        time.sleep(SETTLED_S)
        return ImageChops.difference(first, self._screen.look(name).crop(canvas)).getbbox() is not None

    def click(self, x: int, y: int) -> None:
        """Click at a point of the window."""
        self._screen.do("mousemove", "--window", self.id, str(x), str(y), "click", "1")

    def drag(self, *corners: tuple[int, int]) -> None:
        """Press at the first corner, move over the others and let go, as a hand does: by and by."""
        self._screen.do("mousemove", "--window", self.id, *map(str, corners[0]))
        self._screen.do("mousedown", "1")
        for start, end in pairwise(corners):
            for step in range(1, 11):
                at = [round(a + (b - a) * step / 10) for a, b in zip(start, end, strict=True)]
                self._screen.do("mousemove", "--window", self.id, *map(str, at))
        self._screen.do("mouseup", "1")

    def key(self, *keys: str) -> None:
        """Press keys, one after the other."""
        self._screen.do("key", "--delay", "60", *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self._screen.do("type", "--delay", "25", text)


def use(screen: Screen, window: Window, folder: Path) -> None:
    """Do what a person does in the first minutes."""
    wait_for("a curve is being learned", lambda: window.moves("1-learning"))
    window.click(*run_button(screen, window))
    wait_for("a click on the round button pauses", lambda: not window.moves("2-paused"))
    window.key("space")
    wait_for("the space bar runs on", lambda: window.moves("3-running"))
    save(window, folder / "fit one.png", "a picture is saved by keyboard alone")

    _, _, width, height = window.box()
    screen.do("windowsize", "--sync", window.id, "900", "700")
    wait_for("the window takes another size", lambda: window.box()[2] == 900)
    time.sleep(SETTLED_S)
    screen.look("4-small")
    screen.do("windowsize", "--sync", window.id, str(width), str(height))
    window.key("ctrl+r", "alt+g", "ctrl+a")  # G is underlined in the label of aggression
    window.type("9,5")
    window.key("Return")
    screen.look("5-typed")
    said = save(window, folder / "fit two.png", "another picture is saved")
    wait_for("the typed aggression was taken", lambda: "aggression 9.5" in said)
    wait_for("it still learns", lambda: window.moves("6-learning"))
    x, y, side = width // 3, height // 3, height // 6
    window.key("d")  # the pencil
    window.drag((x - side, y + side), (x, y - side), (x + side, y + side), (x - side, y + side))
    time.sleep(SETTLED_S)
    screen.look("8-drawn")
    said = save(window, folder / "fit three.png", "a picture of what was drawn is saved")
    wait_for("what was drawn is learned", lambda: "drawing" in said.lower())


def run_button(screen: Screen, window: Window) -> tuple[int, int]:
    """Where the run button is: the middle of the accent-coloured disc at the lower left."""
    left, top, _, height = window.box()
    pixels = np.asarray(screen.look("button"), int)[top : top + height, left : left + 180]
    red, blue, middle = pixels[..., 0], pixels[..., 2], height // 2
    y, x = np.nonzero(((blue > 150) & (blue - red > 100))[middle:])
    if len(x) < 300:
        sys.exit("smoke: FAILED: the run button is not to be seen")
    return round(x.mean()), middle + round(y.mean())


def save(window: Window, path: Path, what: str) -> str:
    """Save a picture by keyboard alone, and wait until it is there, whole; what it says of its run."""
    window.key("ctrl+e")
    time.sleep(SETTLED_S)
    window.key("Return")
    time.sleep(SETTLED_S)
    window.key("ctrl+a")
    window.type(str(path))
    window.key("Return")
    wait_for(what, path.is_file)
    with Image.open(path) as picture:
        picture.load()
        if picture.size != (1800, 1800):
            sys.exit(f"smoke: FAILED: the picture has {picture.size} pixels")
        return str(picture.info.get("Description", ""))


def main() -> int:
    """Run it all; the exit status."""
    options = asked(__doc__, command=Path, pictures="")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        pictures = Path(options.pictures or folder)
        pictures.mkdir(parents=True, exist_ok=True)
        screen = Screen(folder, pictures)
        ready = folder / "ready"
        app = subprocess.Popen([options.command], env={**screen.environment, "CURVEGUI_COMPLETE_FILE": str(ready)})
        try:
            wait_for("the window is there", ready.exists)
            window = Window(screen)
            use(screen, window, folder)
            window.key("ctrl+q")
            time.sleep(SETTLED_S)
            screen.look("7-unsaved")
            window.key("Tab", "Return")  # from Save to Discard
            wait_for("it asks about what is not saved, and closes", lambda: app.poll() is not None)
        finally:
            app.kill()
            screen.close()
    print(f"smoke: the app ended with status {app.returncode}")
    return app.returncode


if __name__ == "__main__":
    sys.exit(main())

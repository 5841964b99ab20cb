"""Uses a bundle for Linux as somebody does who has no Python.

    python packaging/check_bundle.py FOLDER_WITH_WHAT_BUILD_PY_MADE

Needs what ``tests/smoke/smoke.py`` needs. The bundle runs without any variable of this Python, and with a path on which
there is no program at all. It trains, saves and opens a run, speaks another language, judges exercises in child
processes, carries out a sweep, and its window learns, sounds, saves and closes. Every entry of its menus is chosen
once, over AT-SPI. Then come the licences of all that is in it, and the package for Debian.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import licences  # which is beside this file

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.smoke.smoke import SETTLED_S, WAIT_S, Screen, Window, wait_for  # noqa: E402

MENUS_S = 600  # at most; usually one or two minutes
APP_ID = "io.github.curvegui.CurveGUI"
LEARNERS = ROOT / "tests" / "exercise" / "learners"
IN_DEB = (
    "usr/bin/curvegui",
    "usr/bin/curvegui-gui",
    f"usr/share/applications/{APP_ID}.desktop",
    f"usr/share/mime/packages/{APP_ID}.xml",
    f"usr/share/metainfo/{APP_ID}.metainfo.xml",
    f"usr/share/icons/hicolor/scalable/apps/{APP_ID}.svg",
    f"usr/share/icons/hicolor/256x256/mimetypes/{APP_ID}.run.png",
    f"usr/lib/curvegui/_internal/{licences.IN_BUNDLE}/CurveGUI.txt",
)
LOG = ".local/share/curvegui/curvegui.log"
SYSTEM_PYTHON = "/usr/bin/python3"  # which has the bindings of AT-SPI
MODULES = (
    "import sys; from pyimod02_importers import get_pyz_toc_tree as modules; "
    "print(*(f'{name}/' for name in modules() if name not in sys.stdlib_module_names))"
)
PLAYER = """#!/bin/sh
/bin/cp "$1" "$HOME/playing" && /bin/mv "$HOME/playing" "$HOME/heard.wav"
"""


class Bundle:
    """The program, and somebody's home."""

    def __init__(self, program: Path, home: Path) -> None:
        self.program, self.home = program, home
        self.environment = {"HOME": str(home), "PATH": "/nonexistent", "LC_ALL": "C.UTF-8"}

    def does(self, *words: str | Path, status: int = 0) -> str:
        """Run a command; what it prints."""
        ended = subprocess.run(
            [self.program, *words], env=self.environment, cwd=self.home, capture_output=True, text=True,
            timeout=WAIT_S, check=False,
        )  # fmt: skip
        if ended.returncode != status:
            sys.exit(f"bundle: FAILED: {words}: status {ended.returncode}\n{ended.stdout}{ended.stderr}")
        print(f"bundle: {' '.join(map(str, words[:2]))}", flush=True)
        return ended.stdout

    def iterations(self, path: Path) -> int:
        """How far the run in a file is."""
        return int(json.loads(self.does("info", path, "--json"))["iteration"])


def use_commands(bundle: Bundle) -> Path:
    """Train, save, judge and sweep; the saved run."""
    if "(bundle)" not in bundle.does("--version"):
        sys.exit("bundle: FAILED: it does not know that it is one")
    run = bundle.home / "run.curvegui"
    saved = [
        run,
        *(bundle.home / f"heart.{ending}" for ending in ("png", "svg", "pdf", "gif", "webp", "wav", "train.py")),
    ]
    words = [word for path in saved for word in ("--save", path)]
    bundle.does("train", "--engine", "c", "--iterations", "2000", "--quiet", *words)
    if not all(path.stat().st_size for path in saved):
        sys.exit("bundle: FAILED: something that was saved is empty")
    (first,) = json.loads(bundle.does("info", run, "--json"))["engines"]
    if first["engine"] != "c":
        sys.exit("bundle: FAILED: it has no engine in C")
    bundle.does("export", run, "--wav", bundle.home / "fit.wav")
    if not is_heard(bundle.home / "fit.wav"):
        sys.exit("bundle: FAILED: a sound is silent")
    bundle.does("check", LEARNERS / "course_style.py", "--allow-code")
    wrong = bundle.home / "wrong.py"
    wrong.write_text((LEARNERS / "course_style.py").read_text(encoding="utf-8").replace("2 * (a3 - y)", "a3 - y"))
    bundle.does("check", wrong, "--allow-code", status=1)
    bundle.does("train", "--iterations", "30", "--quiet", "--optimizer", "levenberg-marquardt")  # by LAPACK
    bundle.environment["CURVEGUI_LANGUAGE"] = "de"
    if "100 Punkte" not in bundle.does("info", run):
        sys.exit("bundle: FAILED: it does not speak German")
    del bundle.environment["CURVEGUI_LANGUAGE"]
    bundle.does("sweep", "--vary", "aggression=3,7", "--iterations", "500", "--quiet")
    return run


def is_heard(path: Path) -> bool:
    """Whether this is a sound, and not silence."""
    with wave.open(str(path)) as file:
        return file.getnchannels() == 2 and any(file.readframes(file.getnframes()))


def player_in(folder: Path) -> Path:
    """A folder with the one program that plays sounds; it keeps the last one, for there is no sound device."""
    folder.mkdir()
    program = folder / "aplay"
    program.write_text(PLAYER, encoding="utf-8")
    program.chmod(0o755)
    return folder


def use_window(bundle: Bundle, run: Path) -> None:
    """Open the run, let it learn on, hear it, save it, and close the window."""
    before, ready, heard = bundle.iterations(run), bundle.home / "complete", bundle.home / "heard.wav"
    screen = Screen(bundle.home, bundle.home)
    facts = {**bundle.environment, "DISPLAY": screen.environment["DISPLAY"], "CURVEGUI_COMPLETE_FILE": str(ready)}
    facts["PATH"] = str(player_in(bundle.home / "player"))
    app = subprocess.Popen([bundle.program, run], env=facts)
    try:
        wait_for("the window is there", ready.exists)
        window = Window(screen)
        wait_for("it has the run", lambda: run.name in screen.do("getwindowname", window.id))
        window.key("space")
        wait_for("it learns on", lambda: window.moves("learning"))
        window.key("a")
        wait_for("the fit is heard", lambda: heard.exists() and is_heard(heard))
        window.key("a", "space", "ctrl+s")
        wait_for("the run is saved", lambda: bundle.iterations(run) > before)
        window.key("ctrl+q")
        time.sleep(SETTLED_S)
        screen.look("closing")
        window.key("Tab", "Return")  # from Save to Discard, if it has learned on while it was saved
        wait_for("it closes", lambda: app.poll() is not None)
    finally:
        app.kill()
        screen.close()
    if app.returncode:
        sys.exit(f"bundle: FAILED: it ended with status {app.returncode}")


@contextmanager
def message_bus(environment: Mapping[str, str]) -> Iterator[str]:
    """A bus for messages between programs, as every desktop has one; its address."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    bus = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert bus.stdout is not None
        yield bus.stdout.readline().strip()
    finally:
        bus.terminate()
        bus.wait(WAIT_S)


def use_menus(bundle: Bundle) -> None:
    """Choose every entry of the menus once, by its name."""
    screen = Screen(bundle.home, bundle.home)
    with message_bus(screen.environment) as address:
        of_bus = {"DBUS_SESSION_BUS_ADDRESS": address, "NO_AT_BRIDGE": "1"}
        facts = {"DISPLAY": screen.environment["DISPLAY"], "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", **of_bus}
        app = subprocess.Popen([bundle.program], env={**bundle.environment, **facts})
        try:
            words = [SYSTEM_PYTHON, ROOT / "tests/reader/menus.py", "curvegui", bundle.home / LOG]
            subprocess.run(words, env={**screen.environment, **of_bus}, timeout=MENUS_S, check=True)
            if app.poll() is not None:
                sys.exit(f"bundle: FAILED: it ended with status {app.returncode}")
        finally:
            app.kill()
            app.wait()
            screen.close()


def look_at_licences(bundle: Bundle) -> None:
    """See that every file and every module is under a licence whose text is there."""
    inside = bundle.program.resolve().parent / "_internal"
    files = {path.resolve().relative_to(inside).as_posix() for path in inside.rglob("*") if path.is_file()}
    modules = bundle.does("-c", MODULES).split()
    missing = licences.without_licence([*files, *modules], licences.read(inside / licences.IN_BUNDLE))
    if missing or "numpy/" not in modules:
        sys.exit(f"bundle: FAILED: under no licence: {', '.join(missing)}")


def look_into_deb(deb: Path, work: Path) -> None:
    """See that the package has all that a desktop needs, and that its program starts where it lies."""
    subprocess.run(["dpkg-deb", "--extract", deb, work], check=True)
    missing = [name for name in IN_DEB if not (work / name).exists()]
    if missing:
        sys.exit(f"bundle: FAILED: the package lacks {', '.join(missing)}")
    (said,) = (work / "usr/share/doc").glob("*/copyright")
    parts = licences.read(work / "usr/lib/curvegui/_internal" / licences.IN_BUNDLE)
    if any(f"\nComment: {part.name}, " not in said.read_text(encoding="utf-8") for part in parts):
        sys.exit("bundle: FAILED: a licence is not in the package's copyright")
    (work / "home").mkdir()
    Bundle(work / "usr/bin/curvegui", work / "home").does("--version")


def main() -> None:
    """Check it all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder.absolute()
    with tempfile.TemporaryDirectory() as made:
        home = Path(made) / "home"
        home.mkdir()
        bundle = Bundle(folder / "curvegui" / "curvegui", home)
        use_window(bundle, use_commands(bundle))
        other = Bundle(bundle.program, Path(made) / "other")
        other.home.mkdir()
        use_menus(other)
        look_at_licences(bundle)
        for deb in folder.glob("*.deb"):
            look_into_deb(deb, Path(made) / "deb")


if __name__ == "__main__":
    main()

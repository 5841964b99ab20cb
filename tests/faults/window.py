"""The app itself, killed while it learns and saves; and started again, when it must offer what was there.

Everything happens in forked processes: this one must have no application of Qt's.
"""

import os
import random
import re
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from curvegui import app
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.favourites.folder import FavouritesFolder
from curvegui.files.project.project import load
from curvegui.session.run.session import Session
from curvegui.ui.documents.recovery import Recovery
from curvegui.ui.documents.recovery_dialog import RecoveryDialog
from curvegui.ui.window import start_up
from curvegui.ui.window.main_window import MainWindow
from tests.faults.disk import FAULTS, Disk, Fault
from tests.faults.forked import ForkResult, become_nobody, forked, in_home

PATIENCE_S = 100  # of a start and an end, on a busy machine
EVERY_MS = 30  # something is done in the window
LONGEST_S = 3.0  # from when everything is there to the kill
TRACE = re.compile(r"Traceback .*\n(?:\s.*\n)*.*")  # its last line is what was raised
CONFIG = TrainingConfig(speed=20_000, iterations=1_000_000_000)


def started(home: Path, act: Callable[[MainWindow], object]) -> int:
    """Start the app in this process with another home; ``act`` is called once everything is there. Its exit status."""
    in_home(home)

    def told(variable: str) -> None:
        if variable == start_up.COMPLETE_FILE:
            act(next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)))

    start_up.notify_script = told
    return app.run(CONFIG)


def left(window: MainWindow) -> None:
    """Close the window as the end of a session does."""
    window.features["documents"].closing.leave_unasked()
    window.close()


def use(window: MainWindow, home: Path, tell: Callable[[str], None], chance: random.Random) -> None:
    """Change, keep and save, on and on; ``tell`` hears what has been kept."""
    documents, session = window.features["documents"], window.services.session
    assert isinstance(session, Session)
    documents._autosave.begin(1)
    documents._autosave.written.connect(lambda _: tell("autosaved"))
    documents.document.saved.connect(lambda _: tell("saved"))
    folder = documents._autosave._folder
    forget = folder.forget

    def forget_saved(count: int) -> None:  # in the pool, while the window's thread may not have come to tell it
        tell("saved")
        forget(count)

    folder.forget = forget_saved  # type: ignore[method-assign]
    favourites = window.features["favourites"]
    favourites.favourites.kept.connect(lambda kept, new: tell(f"kept {kept.key}"))
    deeds: list[Callable[[], object]] = [
        lambda: session.edit(noise=round(chance.random(), 2)),
        lambda: window._preferences_file.remember(text_size=chance.randint(80, 150)),
        lambda: documents.document.save_as(home / "heart.curvegui"),
        favourites.keep,
    ]
    clock = QTimer(window)

    def do_something() -> None:
        chance.choices(deeds, (8, 8, 1, 1))[0]()

    clock.timeout.connect(do_something)
    clock.start(EVERY_MS)


def killed(home: Path, seed: int) -> tuple[list[str], str]:
    """Use the app and kill it at a random time; what it had told, and what was on stderr."""
    chance = random.Random(seed)
    answer, question = os.pipe()

    def work() -> int:
        def tell(what: str) -> None:
            os.write(question, f"{what}\n".encode())

        def act(window: MainWindow) -> None:
            tell("begun")
            use(window, home, tell, chance)

        return started(home, act)

    def watch(child: int) -> None:
        select.select([answer], [], [], PATIENCE_S)
        time.sleep(chance.uniform(0, LONGEST_S))
        os.kill(child, signal.SIGKILL)

    ended = forked(work, PATIENCE_S, watch)
    os.close(question)
    with os.fdopen(answer) as said:
        return said.read().splitlines(), ended.stderr


def offered(home: Path) -> ForkResult:
    """Start the app again, and take up what it offers: whether it offered anything, or else the exit status."""
    found: list[bool] = []

    def work() -> int:
        real = Recovery._offer_next

        def act(window: MainWindow) -> None:
            def accept() -> None:
                dialog = window.findChild(RecoveryDialog)
                found.append(dialog is not None)
                if dialog is not None:
                    window.features["documents"].document.opened.connect(lambda _: left(window))
                    dialog.accept()
                else:
                    left(window)

            def offer(recovery: Recovery) -> None:
                real(recovery)
                QTimer.singleShot(0, window, accept)

            Recovery._offer_next = offer  # type: ignore[method-assign]

        status = started(home, act)
        return status or found[:1] == [True]

    return forked(work, PATIENCE_S)


def complaint(home: Path, seed: int) -> str:
    """What is wrong after a kill of the app at a random time, and after the next start."""
    told, stderr = killed(home, seed)
    again = offered(home)
    copies = [each for each in told if each in ("saved", "autosaved")]
    is_owed = copies[-2:] in (["autosaved"], ["autosaved"] * 2)  # one that was saved meanwhile is not offered
    found = {
        "it did not start": "begun" not in told and "no word from it",
        "not offered": is_owed and again.value is not True and f"after {' '.join(told[-5:])}",
        "damaged": ", ".join(forked(lambda: _unreadable(home, told)).value),
        "left behind for good": _halves(home),
        "the next start": _of_a_start(again),
        "traces": _traces(home, stderr),
    }
    return _told(found)


def complaint_of_faults(home: Path, seed: int) -> str:
    """What is wrong after the app was used on a disk that fails or lies once, or for good, from a random call on."""
    chance = random.Random(seed)
    fault = Fault(chance.choice(sorted(FAULTS)), chance.randrange(400), chance.random() < 0.5)
    in_home(home)

    def work() -> int:
        def act(window: MainWindow) -> None:
            use(window, home, lambda _: None, chance)
            QTimer.singleShot(int(1000 * chance.uniform(0.5, LONGEST_S)), window, lambda: left(window))

        Disk(home, fault).install()
        return started(home, act)

    ended = forked(work, PATIENCE_S)
    again = offered(home)
    found = {
        "it ended badly": _of_a_start(ended),
        "the next start": _of_a_start(again),
        "damaged": ", ".join(forked(lambda: _unreadable(home, [])).value),
        "left behind for good": _halves(home),
        "traces": _traces(home, ended.stderr),
    }
    return _told({f"{fault}: {what}": which for what, which in found.items()})


def _put(name: str, make: Callable[[Path], object]) -> Callable[[Path], None]:
    def made(home: Path) -> None:
        (home / "curvegui").mkdir(exist_ok=True)
        make(home / "curvegui" / name)

    return made


OF_THE_APP = "preferences.json", "recent.json", "curves.zip", "curvegui.log", "favourites", "autosave", "locks"
ODD_STARTS: dict[str, Callable[[Path], object]] = {  # one may tell another home
    **{
        f"{name} is {what}": _put(name, make)
        for name in OF_THE_APP
        for what, make in {
            "a FIFO": os.mkfifo,
            "a folder": Path.mkdir,
            "a link to itself": lambda path: path.symlink_to(path),
            "a link to nowhere": lambda path: path.symlink_to("nowhere"),
            "nonsense": lambda path: path.write_bytes(b"[1, \xff\0{"),
        }.items()
    },
    "a home that is not there": Path.rmdir,
    "a home that is a file": lambda home: (home.rmdir(), home.write_bytes(b"")),
    "a home that may not be written to": lambda home: home.chmod(0o555),
    "a home that may not be looked into": lambda home: home.chmod(0o000),
    "a home with too long a name": lambda home: home / ("x" * 300),
}


def complaint_of_place(home: Path, name: str) -> str | None:
    """What is wrong when the app is started and used where something is odd; None where that cannot be tried here."""
    as_nobody = os.geteuid() == 0 and "may not" in name
    if as_nobody and not forked(_nobody_reads_python).value:
        return None
    told = ODD_STARTS[name](home)
    place = told if isinstance(told, Path) else home

    def work() -> int:
        if as_nobody:
            become_nobody()

        def act(window: MainWindow) -> None:
            use(window, place, lambda _: None, random.Random(name))
            QTimer.singleShot(1_500, window, lambda: left(window))

        return started(place, act)

    ended = forked(work, PATIENCE_S)
    return _told({name: _of_a_start(ended), f"{name}: traces": _traces(home, ended.stderr)})


def _nobody_reads_python() -> bool:
    """Whether an ordinary user may read the modules that are not loaded yet."""
    folders = [each for each in sys.path if Path(each).is_dir()]
    become_nobody()
    return all(os.access(each, os.R_OK | os.X_OK) for each in folders)


def _halves(home: Path) -> str:
    """What kills have left in the app's own folders; beside a person's file it goes when that is saved again."""
    return ", ".join(each.name for each in home.glob("*/**/*.part"))


def _told(found: dict[str, Any]) -> str:
    return "; ".join(f"{what}: {which}" for what, which in found.items() if which)


def _of_a_start(ended: ForkResult) -> str:
    is_well = ended.how == "done" and ended.value in (0, True, False)
    return "" if is_well and "Traceback" not in ended.stderr else f"{ended.how} {ended.value!r} {ended.stderr[-900:]}"


def _traces(home: Path, stderr: str) -> str:
    """Exceptions on stderr and in the log: none is expected."""
    logs = (each for each in home.rglob("curvegui.log*") if each.is_file())
    found = stderr + "".join(each.read_text("utf-8", "replace") for each in logs)
    first = TRACE.search(found)
    return first[0][-900:] if first else ""


def _unreadable(home: Path, told: list[str]) -> list[str]:
    """The files that were told to be kept, and cannot be read."""
    problems = []
    if "saved" in told:
        load(home / "heart.curvegui")
    for folder in {each.parent for each in home.rglob("favourites/*.curvegui")}:
        favourites = FavouritesFolder(folder)
        read = {each.key: each for each in map(favourites.read, favourites.entries())}
        problems += [each.problem for each in read.values() if each.problem]
        problems += [each for each in told if each.startswith("kept ") and each[5:] not in read]
    return problems

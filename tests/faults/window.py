"""The app itself, killed while it learns and saves; and started again, when it must offer what was there.

Everything happens in forked processes: this one must have no application of Qt's.
"""

import os
import random
import re
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from PySide6.QtCore import QThreadPool, QTimer

from curvegui.core.settings.config import TrainingConfig
from curvegui.files.favourites.folder import FavouritesFolder
from curvegui.files.project.project import load
from curvegui.session.document.autosave import Autosave, AutosaveFolder
from curvegui.ui.documents.recovery_dialog import RecoveryDialog
from tests.faults.disk import FAULTS, Disk, Fault
from tests.faults.places import NO_FILES
from tests.faults.trials import listed
from tests.help.forked import become_nobody, forked
from tests.help.whole_app import leave, run_app

PATIENCE_S = 100  # of a start and an end, on a busy machine
EVERY_MS = 30  # something is done in the window
LONGEST_S = 3.0  # from when everything is there to the kill
TRACE = re.compile(r"Traceback .*\n(?:\s.*\n)*.*")  # its last line is what was raised
CONFIG = TrainingConfig(speed=20_000, iterations=1_000_000_000)


def started(home, act):
    """Start the app in this process with another home; ``act`` is called once everything is there. Its exit status."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_DOCUMENTS_DIR"):
        os.environ[name] = os.fspath(home)
    return run_app(CONFIG, act)


def use(window, home, tell, chance):
    """Change, keep and save, on and on; ``tell`` hears what has been kept."""
    documents, favourites, services = window.features["documents"], window.features["favourites"], window.services
    documents.autosave_every(1)
    documents.findChild(Autosave).written.connect(lambda _: tell("autosaved"))
    documents.document.saved.connect(lambda _: tell("saved"))
    favourites.favourites.kept.connect(lambda kept, new: tell(f"kept {kept.key}"))
    forget = AutosaveFolder.forget

    def forget_saved(folder, count):  # in the pool, while the window's thread may not have come to tell it
        tell("saved")
        forget(folder, count)

    AutosaveFolder.forget = forget_saved
    deeds = [
        lambda: services.session.edit(noise=round(chance.random(), 2)),
        lambda: services.preferences.remember(text_size=chance.randint(80, 150)),
        lambda: documents.document.save_as(home / "heart.curvegui"),
        favourites.keep,
    ]
    clock = QTimer(window, interval=EVERY_MS)
    clock.timeout.connect(lambda: chance.choices(deeds, (8, 8, 1, 1))[0]())  # noqa: PLW0108 - another one each time
    clock.start()


def used(home, chance, end, prepare=lambda: None):
    """Use the app in a process of its own, after ``prepare()``; once it is there, ``end`` has to see to its end.

    What the app has said to have saved, and how the process ended.
    """
    with tempfile.TemporaryFile(buffering=0) as said:

        def tell(what):
            said.write(f"{what}\n".encode())

        def act(window):
            tell("begun")
            use(window, home, tell, chance)
            end(window)

        ended = forked(lambda: (prepare(), started(home, act))[1], PATIENCE_S)
        said.seek(0)
        return said.read().decode().splitlines(), ended


def left_after(seconds):
    """An end: the window is closed after so many seconds."""
    return lambda window: QTimer.singleShot(round(1000 * seconds), window, partial(leave, window))


def offered(home):
    """Start the app again, and take up what it offers: whether it offered anything, or else the exit status."""
    found = []

    def act(window):
        def accept():
            dialog = window.findChild(RecoveryDialog)
            found.append(dialog is not None)
            if dialog is None:
                leave(window)
            else:
                window.features["documents"].document.opened.connect(lambda _: leave(window))
                dialog.accept()

        QThreadPool.globalInstance().waitForDone()  # the autosaves have been looked for by then
        QTimer.singleShot(0, window, accept)

    return forked(lambda: started(home, act) or found == [True], PATIENCE_S)


def complaint_of_kill(seed, home):
    """What is wrong after a kill of the app at a random time, and after the next start."""
    chance = random.Random(seed)
    kill = f"sleep {chance.uniform(0, LONGEST_S)}; kill -9 $PPID"  # wherever the app is then
    told, ended = used(
        home, chance, lambda window: subprocess.Popen(["/bin/sh", "-c", kill], stderr=subprocess.DEVNULL)
    )
    again = offered(home)
    copies = [each for each in told if each in ("saved", "autosaved")]
    is_owed = copies[-2:] in (["autosaved"], ["autosaved"] * 2)  # one that was saved meanwhile is not offered
    problem = {
        "it did not start": "begun" not in told and "no word from it",
        "not offered": is_owed and again.value is not True and f"after {' '.join(told[-5:])}",
    }
    return listed(problem | _afterwards(home, again, ended.stderr, told))


def complaint_of_faults(seed, home):
    """What is wrong after the app was used on a disk that fails or lies once, or for good, from a random call on."""
    chance = random.Random(seed)
    fault = Fault(chance.choice(sorted(FAULTS)), chance.randrange(400), chance.random() < 0.5)
    _, ended = used(home, chance, left_after(chance.uniform(0.5, LONGEST_S)), Disk(home, fault).install)
    problem = {"it ended badly": _of_a_start(ended)} | _afterwards(home, offered(home), ended.stderr, [])
    return listed({f"{fault}: {what}": which for what, which in problem.items()})


def _put(name, make, home):
    (home / "curvegui").mkdir(exist_ok=True)
    make(home / "curvegui" / name)


OF_THE_APP = "preferences.json", "recent.json", "curves.zip", "curvegui.log", "favourites", "autosave", "locks"
ODD_STARTS = {  # some return the path of another home
    **{
        f"{name} is {what}": partial(_put, name, make)
        for name in OF_THE_APP
        for what, make in (NO_FILES | {"nonsense": lambda path: path.write_bytes(b"[1, \xff\0{")}).items()
    },
    "a home that is not there": Path.rmdir,
    "a home that is a file": lambda home: (home.rmdir(), home.write_bytes(b"")),
    "a home that may not be written to": lambda home: home.chmod(0o555),
    "a home that may not be looked into": lambda home: home.chmod(0o000),
    "a home with too long a name": lambda home: home / ("x" * 300),
}


def complaint_of_place(name, home):
    """What is wrong when the app is started and used where something is odd; None where that cannot be tried here."""
    as_nobody = os.geteuid() == 0 and "may not" in name
    if as_nobody and not forked(_nobody_reads_python).value:
        return None
    other = ODD_STARTS[name](home)
    prepare = become_nobody if as_nobody else lambda: None
    _, ended = used(other if isinstance(other, Path) else home, random.Random(name), left_after(1.5), prepare)
    return listed({name: _of_a_start(ended), f"{name}: traces": _traces(home, ended.stderr)})


def _nobody_reads_python():
    """Whether an ordinary user may read the modules that are not loaded yet."""
    folders = [each for each in sys.path if Path(each).is_dir()]
    become_nobody()
    return all(os.access(each, os.R_OK | os.X_OK) for each in folders)


def _afterwards(home, again, stderr, told):
    """What is wrong when the app has been started again."""
    return {
        "the next start": _of_a_start(again),
        "damaged": ", ".join(forked(lambda: _unreadable(home, told)).value),
        "left behind for good": ", ".join(each.name for each in home.glob("*/**/*.part")),  # in the app's own folders
        "traces": _traces(home, stderr),
    }


def _of_a_start(ended):
    is_well = ended.how == "done" and ended.value in (0, True, False)
    return "" if is_well and "Traceback" not in ended.stderr else ended


def _traces(home, stderr):
    """Exceptions on stderr and in the log: none is expected."""
    logs = (each for each in home.rglob("curvegui.log*") if each.is_file())
    first = TRACE.search(stderr + "".join(each.read_text("utf-8", "replace") for each in logs))
    return first[0][-900:] if first else ""


def _unreadable(home, told):
    """Files that the app said to have saved, and which are missing or cannot be read."""
    problems = []
    if "saved" in told:
        load(home / "heart.curvegui")
    for folder in {each.parent for each in home.rglob("favourites/*.curvegui")}:
        favourites = FavouritesFolder(folder)
        read = {each.key: each for each in map(favourites.read, favourites.entries())}
        problems += [each.problem for each in read.values() if each.problem]
        problems += [each for each in told if each.startswith("kept ") and each[5:] not in read]
    return problems

"""A pipe of the name of any file that is read: nobody waits for what might come out of it, and it stays."""

import os
import signal
from contextlib import suppress

import pytest

from curvegui.core.curve.curve import CurveError
from curvegui.exercise.file.learner_file import read_learner_file
from curvegui.exercise.problem import ExerciseError
from curvegui.figure.outline.image import read_image
from curvegui.files.curves.kept import KeptCurves
from curvegui.files.favourites.best_list import BestList
from curvegui.files.favourites.folder import FavouritesFolder
from curvegui.files.format.section import ProjectError
from curvegui.files.lesson.predictions import PredictionsFile
from curvegui.files.project.open_any import curve_kind, open_any
from curvegui.files.table.points import read_table
from curvegui.session.document.recovery import find_crashes
from curvegui.session.stored.preferences import PreferencesFile
from curvegui.session.stored.recent import RecentFiles
from curvegui.sweeps.results import SweepFile, read_sweep
from curvegui.ui.help.log import end_of
from curvegui.ui.tour.lessons import _title
from tests.help.lessons import read_lesson

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes in folders")

READERS = {
    "preferences.json": lambda path: PreferencesFile(path).load(),
    "recent.json": lambda path: RecentFiles(path).all(),
    "curves.zip": lambda path: KeptCurves(path).read(),
    "predictions.json": lambda path: PredictionsFile(path).of("waves"),
    "smallest-networks.json": lambda path: BestList(path.parent).all(),
    "a.curvegui": lambda path: [
        FavouritesFolder(path.parent).read(each) for each in FavouritesFolder(path.parent).entries()
    ],
    "curvegui.log": end_of,
    "lesson.md": _title,
    "window-1.lock": lambda path: [each.release() for each in find_crashes(path.parent)],
    "taken.md": read_lesson,
    "picture.png": read_image,
    "table.csv": read_table,
    "run.png": open_any,
    "curve.svg": curve_kind,
    "exercise.py": read_learner_file,
    "sweep.jsonl": read_sweep,
    "continued.jsonl": SweepFile,
}


class WaitedError(BaseException):
    """Nobody handles this."""


@pytest.fixture
def impatient():
    def give_up(*_):
        raise WaitedError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(5)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("name", READERS)
def test_nobody_waits_for_a_pipe(qapp, tmp_path, impatient, name):
    path = tmp_path / name
    os.mkfifo(path)
    with suppress(OSError, ProjectError, CurveError, ExerciseError):
        READERS[name](path)
    assert path.is_fifo()

"""The files that the app keeps by itself, in folders of its own."""

import contextlib
import json
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any
from unittest.mock import patch

import numpy as np

from curvegui.core.challenges.smallest import SmallNetwork
from curvegui.core.curve.curve import curve_through
from curvegui.core.engine.backend import NUMPY
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.sweep.plan import Axis, SweepPlan
from curvegui.core.sweep.task import TaskResult
from curvegui.files.curves.kept import KeptCurves
from curvegui.files.favourites import folder as trash
from curvegui.files.favourites.best_list import BestList
from curvegui.files.favourites.folder import Favourite, FavouriteFile, FavouritesFolder
from curvegui.files.lesson.predictions import Prediction, PredictionsFile
from curvegui.session.document.autosave import AutosaveFolder
from curvegui.session.document.recovery import find_crashes
from curvegui.session.many.sweep import _Sweeping
from curvegui.session.stored.preferences import PreferencesFile
from curvegui.session.stored.recent import RecentFiles
from curvegui.sweeps.executor import Connection
from curvegui.sweeps.results import SweepFile
from curvegui.ui.window import log_file
from tests.faults.record import Parts, Record
from tests.faults.saves import project

NEW_BATCH = "29991231T000000.000000-0123abcd"  # in the trash
NEWER = "what a newer version keeps"
LINES = 12  # for the log: more than there is room for in one file


# Favourites: ``path`` is a file in their folder


def _keep(name: str, path: Path) -> None:
    FavouritesFolder(path.parent).add(project(len(name) * 100))


def _named(path: Path, name: str) -> list[Favourite]:
    folder = FavouritesFolder(path.parent)
    return [each for each in map(folder.read, folder.entries()) if each.name == name]


def _three(path: Path) -> None:
    for name in ("one", "four", "seven"):
        _keep(name, path)


def _favourites(path: Path) -> Parts:
    folder = FavouritesFolder(path.parent)
    trashed = [each for batch in folder.trash.batches() for each in folder.trash.files(batch)]
    parts = {folder.read(FavouriteFile(each, 0, 0)).name: "in the trash" for each in trashed}
    return parts | {each.name: each.problem or "kept" for each in map(folder.read, folder.entries())}


def _rename(path: Path) -> None:
    folder = FavouritesFolder(path.parent)
    for each in _named(path, "after 300"):
        folder.rename(each, "another name")


def _delete(path: Path) -> None:
    found = _named(path, "after 300") + _named(path, "after 400")
    if found:
        FavouritesFolder(path.parent).delete(found)


def _three_with_trash(path: Path) -> None:
    _three(path)
    _delete(path)
    (batch,) = trash.Trash(path.parent).batches()
    (path.parent / trash.FOLDER / batch).rename(path.parent / trash.FOLDER / NEW_BATCH)


def _restore(path: Path) -> None:
    FavouritesFolder(path.parent).restore(NEW_BATCH)


def _enter(title: str, path: Path) -> None:
    run = SmallNetwork(title, title, 20, (6, 7), "logistic", "logistic", "gradient", 100, False, "2026-11-27")
    best = BestList(path.parent)
    best.note(run, project(len(title) * 100))
    best.write()


def _entered(path: Path) -> Parts:
    return _favourites(path) | {each.title: True for each in BestList(path.parent).all()}


# Autosaves: ``path`` is a file in the folder of all windows


def _autosave(iterations: int, path: Path) -> None:
    folder = AutosaveFolder(path.parent)
    folder.write(project(iterations))
    folder._lock.unlock()  # as the end of the process does


def _two_crashes(path: Path) -> None:
    _autosave(300, path)
    _autosave(400, path)


def _offered(path: Path) -> Parts:
    parts: dict[str, Any] = {}
    for crash in find_crashes(path.parent):
        parts |= {f"after {each.summary.iteration}": True for each in crash.generations}
        parts |= dict.fromkeys(crash.broken, "broken")
        crash.release()
    return parts


def _discard(path: Path) -> None:
    for crash in find_crashes(path.parent):
        crash.discard()


# Sweeps


def _plan() -> SweepPlan:
    return SweepPlan(TrainingConfig(points=40, iterations=20), (Axis("aggression", (3.0, 7.0)),))


def _result(number: int) -> TaskResult:
    return TaskResult(number, 0.5 + number, 0.25, 10, None, False, 20, 0.1)


def _sweep(number: int, path: Path) -> None:
    with SweepFile(path, _plan()) as file:
        file.add(_result(number))


class _Here(Executor):
    @contextlib.contextmanager
    def open(self, should_stop: Callable[[], bool]) -> Iterator[Connection]:
        yield Connection(self, at_once=1)

    def submit(self, _: Any, text: str, /) -> Any:  # type: ignore[override]
        found = Future[str]()
        found.set_result(json.dumps(_result(json.loads(text)["number"]).as_values()))
        return found


def _sweep_in_window(path: Path) -> None:
    _Sweeping(path, _plan(), _Here(), Event(), NUMPY)._sweep()


def _results(path: Path) -> Parts:
    if not path.exists():
        return {}
    with SweepFile(path, _plan()) as file:  # as it goes on
        return {f"result {number}": each.cost for number, each in file.results.items()}


# Lists and choices


def _add_curve(name: str, path: Path) -> None:
    kept, corner = KeptCurves(path), 0.9 - 0.1 * len(name)
    kept.put_first(curve_through(name, np.array([[0.1, corner, 0.1], [0.1, 0.1, corner]]), closed=True))
    kept.write()


def _two_curves(path: Path) -> None:
    for name in ("one", "four"):
        _add_curve(name, path)


def _curves(path: Path) -> Parts:
    return {each.name: True for each in KeptCurves(path).read()}


def _list(names: str, path: Path) -> None:
    recent = RecentFiles(path)
    for name in names:
        recent.add(Path("/tmp") / name)
    recent.write()


def _listed(path: Path) -> Parts:
    return {each.name: True for each in RecentFiles(path).read()}


def _choose(path: Path, **choices: Any) -> None:
    file = PreferencesFile(path)
    file.load()
    file.remember(**choices)
    file.save()


def _chosen_before(path: Path) -> None:
    _choose(path, theme="dark")
    path.write_text(json.dumps(json.loads(path.read_text()) | {NEWER: 1}))


def _chosen(path: Path) -> Parts:
    file = PreferencesFile(path)
    return {"theme": file.load().theme, "look": file.present.look, "newer": file._file.read().get(NEWER)}


def _predict(ask: str, path: Path) -> None:
    kept = PredictionsFile(path)
    kept.keep("lesson", [Prediction(ask, "said", "seen", "right", "2026-11-27")])
    kept.write()


def _predicted(path: Path) -> Parts:
    return {each.ask: asdict(each) for each in PredictionsFile(path).of("lesson")}


def _log(words: str, path: Path) -> None:
    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    with patch.object(log_file, "LOG_BYTES", 1_500):
        log_file.LogFile(path.parent).begin()
    for _ in range(LINES):
        logging.getLogger("curvegui").info(words)
    for each in [each for each in root.handlers if each not in before]:
        root.removeHandler(each)
        with contextlib.suppress(OSError):  # as `logging.shutdown` does
            each.close()


def _logged(path: Path) -> Parts:
    """What was in the log before is in the older part of it by now."""
    found = [each.read_text() for each in path.parent.glob(f"{path.name}*")]
    return {"earlier lines": any(each.count("before") == LINES for each in found)}


FAVOURITE, LIST, WINDOW = "favourites/one.curvegui", "favourites/smallest-networks.json", "autosaves/x.curvegui"
CURVES, RECENT, PREDICTIONS = "data/curves.zip", "data/recent.json", "data/predictions.json"
PREFERENCES, LOG = "config/preferences.json", "data/curvegui.log"
_QUIET = {"quiet": True, "bare": True}

KEPT = (
    Record("favourite kept", FAVOURITE, partial(_keep, "eight000"), _favourites, _three),
    Record("favourite renamed", FAVOURITE, _rename, _favourites, _three),
    Record("favourites deleted", FAVOURITE, _delete, _favourites, _three),
    Record("favourites restored", FAVOURITE, _restore, _favourites, _three_with_trash),
    Record("best list", LIST, partial(_enter, "spiral"), _entered, partial(_enter, "heart")),
    Record("autosave", WINDOW, partial(_autosave, 500), _offered, partial(_autosave, 300), bare=True),
    Record("recovery declined", WINDOW, _discard, _offered, _two_crashes, **_QUIET),
    Record("sweep begun", "sweeps/one.jsonl", _sweep_in_window, _results),
    Record("sweep continued", "one.jsonl", partial(_sweep, 1), _results, partial(_sweep, 0)),
    Record("curve kept", CURVES, partial(_add_curve, "six666"), _curves, _two_curves),
    Record("recent file", RECENT, partial(_list, "d"), _listed, partial(_list, "abc")),
    Record("preferences", PREFERENCES, partial(_choose, look="night"), _chosen, _chosen_before, quiet=True),
    Record("prediction", PREDICTIONS, partial(_predict, "two"), _predicted, partial(_predict, "one")),
    Record("log", LOG, partial(_log, "later"), _logged, partial(_log, "before"), quiet=True),
)

_READERS = "favourite kept", "best list", "recovery declined", "sweep continued", "curve kept", "recent file"
READ = tuple(
    replace(each, name=f"{each.name}: reading", save=each.read, **_QUIET)
    for each in KEPT
    if each.name in (*_READERS, "preferences", "prediction")
)
"""What is read at each start or in each panel: nothing may change by that, whatever the disk does."""

"""The files that the app keeps by itself, in folders of its own."""

import contextlib
import json
import logging
import os
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
from curvegui.core.engine.arithmetic import USUAL
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.sweep.plan import Axis, SweepPlan
from curvegui.core.sweep.task import TaskResult
from curvegui.files.curves.kept import KeptCurves
from curvegui.files.favourites import folder as trash
from curvegui.files.favourites.best_list import BestList
from curvegui.files.favourites.folder import Favourite, FavouriteFile, FavouritesFolder
from curvegui.files.lesson.predictions import KeptPredictions, Prediction
from curvegui.session.document.autosave import AutosaveFolder
from curvegui.session.document.recent_files import RecentFiles
from curvegui.session.document.recovery import find_crashes
from curvegui.session.many.sweep import _Sweeping
from curvegui.session.stored.preferences import PreferencesFile
from curvegui.sweeps.executor import Connection
from curvegui.sweeps.results import SweepFile
from curvegui.ui.window import log_file, start_up
from tests.faults.record import Parts, Record
from tests.faults.saves import LOCK, project

OLD_BATCH, NEW_BATCH = "20200101T000000.000000-0123abcd", "29991231T000000.000000-0123abcd"  # in the trash
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


def _old_trash(path: Path) -> None:
    _three_with_trash(path)
    (path.parent / trash.FOLDER / NEW_BATCH).rename(path.parent / trash.FOLDER / OLD_BATCH)


def _empty_trash(path: Path) -> None:
    trash.Trash(path.parent).empty()


def _enter(title: str, path: Path) -> None:
    run = SmallNetwork(title, title, 20, (6, 7), "logistic", "logistic", "gradient", 100, False, "2026-11-27")
    best = BestList(path.parent)
    best.note(run, project(len(title) * 100))
    best.write()


def _entered(path: Path) -> Parts:
    return _favourites(path) | {each.title: True for each in BestList(path.parent).all()}


def _damaged(path: Path) -> Parts:
    found = [each.read_bytes() for each in path.parent.glob("*") if each.is_file()]
    return {"what was damaged": b"[1, 2" in found}


def _put_damaged(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"[1, 2")


# Autosaves: ``path`` is a file in the folder of all windows


def _autosave(iterations: int, path: Path) -> None:
    folder = AutosaveFolder(path.parent)
    folder.write(project(iterations))
    folder._lock.unlock()  # as the end of the process does


def _autosave_and_leave(path: Path) -> None:
    folder = AutosaveFolder(path.parent)
    for iterations in (400, 500):
        folder.write(project(iterations))
    folder.forget(1)
    folder.close(keep=False)


def _two_crashes(path: Path) -> None:
    _autosave(300, path)
    _autosave(400, path)


def _offered(path: Path) -> Parts:
    parts: dict[str, Any] = {}
    for crash in find_crashes(path.parent):
        parts |= {f"after {each.iteration}": True for each in crash.generations}
        parts |= dict.fromkeys(crash.broken, "broken")
        crash.release()
    return parts


def _offered_before(path: Path) -> Parts:
    return {name: there for name, there in _offered(path).items() if name == "after 300"}


def _discard(path: Path) -> None:
    for crash in find_crashes(path.parent):
        crash.discard()


def _two_copies(path: Path) -> None:
    folder = AutosaveFolder(path.parent)
    for iterations in (300, 400):
        folder.write(project(iterations))
    folder._lock.unlock()


def _drop_one(path: Path) -> None:
    for crash in find_crashes(path.parent):
        for each in crash.generations:
            if each.iteration == 400:
                crash.drop(each.path)
        crash.release()


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
    _Sweeping(path, _plan(), _Here(), Event(), USUAL)._sweep()


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


def _forget_curve(path: Path) -> None:
    kept = KeptCurves(path)
    for each in kept.read():
        if each.name == "one":
            kept.take_off(each)
    kept.write()


def _list(names: str, path: Path) -> None:
    recent = RecentFiles(path)
    for name in names:
        recent.add(Path("/tmp") / name)
    recent.write()


def _clear(path: Path) -> None:
    recent = RecentFiles(path)
    recent.clear()
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
    kept = KeptPredictions(path)
    kept.keep("lesson", [Prediction(ask, "said", "seen", "right", "2026-11-27")])
    kept.write()


def _predicted(path: Path) -> Parts:
    return _damaged(path) | {each.ask: asdict(each) for each in KeptPredictions(path).of("lesson")}


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


def _tell_script(path: Path) -> None:
    with patch.dict(os.environ, {start_up.READY_FILE: str(path)}):
        start_up.tell_script(start_up.READY_FILE)


def _told(path: Path) -> Parts:
    return {"file": path.exists()}


FAVOURITES, AUTOSAVES = "files.favourites.", "session.document.autosave."
FAVOURITE, LIST, WINDOW = "favourites/one.curvegui", "favourites/smallest-networks.json", "autosaves/x.curvegui"
CURVES, RECENT, PREDICTIONS = "data/curves.zip", "data/recent.json", "data/predictions.json"
_FOLDER, _TRASH, _SWEEP = FAVOURITES + "folder.FavouritesFolder.", FAVOURITES + "folder.Trash.", "sweeps.results."
_WHEN_FREE, _WHEN_NOT = ("files.disk.atomic._name_part",), ("files.disk.atomic._move_to_new",)
_SHARED = "files.disk.shared_file.SharedFile._changed", "core.regular_file.regular_handle", "files.disk.lock._lock_file"
_BEGUN = tuple(f"{_SWEEP}SweepFile.{name}" for name in ("_open", "_make", "_continued"))
_LOGGED = "ui.window.log_file.LogFile.begin", "ui.window.log_file._Handler._open"
_OFFERED = partial(_autosave, 300)
_QUIET = {"quiet": True, "bare": True}

KEPT = (
    Record("favourite kept", FAVOURITE, partial(_keep, "eight000"), _favourites,
           (_FOLDER + "add", _FOLDER + "_put", *_WHEN_FREE), _three),
    Record("favourite renamed", FAVOURITE, _rename, _favourites, (_FOLDER + "rename",), _three),
    Record("favourites deleted", FAVOURITE, _delete, _favourites, (_TRASH + "take",), _three),
    Record("favourites restored", FAVOURITE, _restore, _favourites, (_TRASH + "_remove_empty",), _three_with_trash),
    Record("old trash emptied", FAVOURITE, _empty_trash, _favourites, (_TRASH + "empty",), _old_trash, quiet=True),
    Record("best list", LIST, partial(_enter, "spiral"), _entered, _SHARED, partial(_enter, "heart")),
    Record("damaged best list", LIST, lambda path: BestList(path.parent).all(), _damaged, _WHEN_NOT, _put_damaged),
    Record("autosave", WINDOW, partial(_autosave, 500), _offered, (AUTOSAVES + "AutosaveFolder.write", LOCK[1]),
           _OFFERED, bare=True),
    Record("autosave no longer needed", WINDOW, _autosave_and_leave, _offered_before,
           (AUTOSAVES + "_remove", AUTOSAVES + "remove_folder"), _OFFERED, **_QUIET),
    Record("recovery declined", WINDOW, _discard, _offered, (), _two_crashes, **_QUIET),
    Record("copy brought back", WINDOW, _drop_one, _offered, ("session.document.recovery.Crash.drop",), _two_copies,
           **_QUIET),
    Record("sweep begun", "sweeps/one.jsonl", _sweep_in_window, _results,
           ("session.many.sweep._Sweeping._sweep", *_BEGUN)),
    Record("sweep continued", "one.jsonl", partial(_sweep, 1), _results, (_SWEEP + "SweepFile.add",),
           partial(_sweep, 0)),
    Record("curve kept", CURVES, partial(_add_curve, "six666"), _curves, (), _two_curves),
    Record("curve forgotten", CURVES, _forget_curve, _curves, (), _two_curves),
    Record("recent file", RECENT, partial(_list, "d"), _listed, (), partial(_list, "abc")),
    Record("recent files cleared", RECENT, _clear, _listed, (), partial(_list, "ab")),
    Record("preferences", "config/preferences.json", partial(_choose, look="night"), _chosen, (), _chosen_before,
           quiet=True),
    Record("prediction", PREDICTIONS, partial(_predict, "two"), _predicted, (), partial(_predict, "one")),
    Record("prediction, others damaged", PREDICTIONS, partial(_predict, "two"), _predicted, (), _put_damaged),
    Record("log", "data/curvegui.log", partial(_log, "later"), _logged, _LOGGED,
           partial(_log, "before"), quiet=True),
    Record("ready file", "ready", _tell_script, _told, ("ui.window.start_up.tell_script",), quiet=True),
)  # fmt: skip

_READERS = "favourite kept", "best list", "recovery declined", "sweep continued", "curve kept", "recent file"
READ = tuple(
    replace(each, name=f"{each.name}: reading", save=each.read, through=(), **_QUIET)
    for each in KEPT
    if each.name in (*_READERS, "preferences", "prediction")
)
"""What is read at each start or in each panel: nothing may change by that, whatever the disk does."""

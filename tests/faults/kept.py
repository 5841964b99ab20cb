"""The files that the app keeps by itself, in folders of its own: ``path`` is always a file in there."""

import contextlib
import json
import logging
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from threading import Event
from unittest.mock import patch

import numpy as np

from curvegui.core.challenges.smallest import SmallNetwork
from curvegui.core.curve.curve import curve_through
from curvegui.core.engine.backend import NUMPY
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.sweep.plan import Axis, SweepPlan
from curvegui.core.sweep.task import TaskResult
from curvegui.files.curves.kept import KeptCurves
from curvegui.files.disk.shared_file import SharedFile
from curvegui.files.favourites import folder as trash
from curvegui.files.favourites.best_list import BestList
from curvegui.files.favourites.folder import FavouriteFile, FavouritesFolder
from curvegui.files.lesson.predictions import Prediction, PredictionsFile
from curvegui.session.document.autosave import AutosaveFolder
from curvegui.session.document.recovery import find_crashes
from curvegui.session.many.sweep import _Sweeping
from curvegui.session.stored.preferences import CODEC, PreferencesFile
from curvegui.session.stored.recent import RecentFiles
from curvegui.sweeps.results import SweepFile
from curvegui.ui.window import log_file
from tests.faults.saves import project
from tests.faults.trials import Record
from tests.help.workers import Here

NEW_BATCH = "29991231T000000.000000-0123abcd"  # in the trash
NEWER = "what a newer version keeps"
LINES = 12  # for the log: more than there is room for in one file
PLAN = SweepPlan(TrainingConfig(points=40, iterations=20), (Axis("aggression", (3.0, 7.0)),))


def named_in(kind):
    return lambda path: {each.name: True for each in kind(path).read()}


def each_of(save, *values):
    """A save of several values, one after the other."""
    return lambda path: [save(path, value) for value in values]


def _keep(path, iterations):
    FavouritesFolder(path.parent).add(project(iterations))


def _named(path, *names):
    folder = FavouritesFolder(path.parent)
    return [each for each in map(folder.read, folder.entries()) if each.name in names]


def _favourites(path):
    folder = FavouritesFolder(path.parent)
    trashed = [each for batch in folder.trash.batches() for each in folder.trash.files(batch)]
    parts = {folder.read(FavouriteFile(each, 0, 0)).name: "in the trash" for each in trashed}
    return parts | {each.name: each.problem or "kept" for each in map(folder.read, folder.entries())}


def _rename(path):
    for each in _named(path, "after 300"):
        FavouritesFolder(path.parent).rename(each, "another name")


def _delete(path):
    if found := _named(path, "after 300", "after 400"):
        FavouritesFolder(path.parent).delete(found)


def _three_with_trash(path):
    THREE(path)
    _delete(path)
    (batch,) = trash.Trash(path.parent).batches()
    (path.parent / trash.FOLDER / batch).rename(path.parent / trash.FOLDER / NEW_BATCH)


def _restore(path):
    FavouritesFolder(path.parent).restore(NEW_BATCH)


def _enter(path, title):
    best = BestList(path.parent)
    network = SmallNetwork(title, title, 20, (6, 7), "logistic", "logistic", "gradient", 100, False, "2026-11-27")
    best.note(network, project(len(title) * 100))
    best.write()


def _entered(path):
    return _favourites(path) | {each.title: True for each in BestList(path.parent).all()}


def _autosave(path, iterations):
    folder = AutosaveFolder(path.parent)
    folder.write(project(iterations))
    folder.close(keep=True)


def _offered(path):
    parts = {}
    for crash in find_crashes(path.parent):
        parts |= {f"after {each.summary.iteration}": True for each in crash.generations}
        parts |= dict.fromkeys(crash.broken, "broken")
        crash.release()
    return parts


def _discard(path):
    for crash in find_crashes(path.parent):
        crash.discard()


def _sweep(path, number):
    with SweepFile(path, PLAN) as file:
        file.add(TaskResult(number, 0.5 + number, 0.25, 10, None, False, 20, 0.1))


def _sweep_in_window(path):
    _Sweeping(path, PLAN, Here(), Event(), NUMPY)._sweep()


def _results(path):
    if not path.exists():
        return {}
    with SweepFile(path, PLAN) as file:  # as it goes on
        return {f"result {number}": each.cost for number, each in file.results.items()}


def _add_curve(path, name):
    kept, corner = KeptCurves(path), 0.9 - 0.1 * len(name)
    kept.put_first(curve_through(name, np.array([[0.1, corner, 0.1], [0.1, 0.1, corner]]), closed=True))
    kept.write()


def _list(path, names):
    recent = RecentFiles(path)
    for name in names:
        recent.add(Path("/tmp") / name)
    recent.write()


def _choose(path, **choices):
    file = PreferencesFile(path)
    file.load()
    file.remember(**choices)
    file.save()


def _chosen_before(path):
    _choose(path, theme="dark")
    path.write_text(json.dumps(json.loads(path.read_text()) | {NEWER: 1}))


def _chosen(path):
    chosen = PreferencesFile(path).load()
    return {"theme": chosen.theme, "look": chosen.look, "newer": SharedFile(path, "", CODEC).read().get(NEWER)}


def _predict(path, ask):
    kept = PredictionsFile(path)
    kept.keep("lesson", [Prediction(ask, "said", "seen", "right", "2026-11-27")])
    kept.write()


def _predicted(path):
    return {each.ask: asdict(each) for each in PredictionsFile(path).of("lesson")}


def _log(path, words):
    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    with patch.object(log_file, "LOG_BYTES", 1_500):
        log_file.LogFile(path.parent).begin()
    for _ in range(LINES):
        logging.getLogger("curvegui").info(words)
    for each in [each for each in root.handlers if each not in before]:
        root.removeHandler(each)
        with contextlib.suppress(OSError):  # as `logging.shutdown` does
            each.close()


def _logged(path):
    """What was in the log before is in the older part of it by now."""
    found = [each.read_text() for each in path.parent.glob(f"{path.name}*")]
    return {"earlier lines": any(each.count("before") == LINES for each in found)}


THREE, TWO_CURVES = each_of(_keep, 300, 400, 500), each_of(_add_curve, "one", "four")
FAVOURITE, LIST, CURVES = "favourites/one.curvegui", "favourites/smallest-networks.json", "data/curves.zip"
AUTOSAVE, PREFERENCES, PREDICTIONS = "autosaves/x.curvegui", "config/preferences.json", "data/predictions.json"
QUIET = {"quiet": True, "bare": True}

KEPT = (
    Record("favourite kept", FAVOURITE, each_of(_keep, 800), _favourites, THREE),
    Record("favourite renamed", FAVOURITE, _rename, _favourites, THREE),
    Record("favourites deleted", FAVOURITE, _delete, _favourites, THREE),
    Record("favourites restored", FAVOURITE, _restore, _favourites, _three_with_trash),
    Record("best list", LIST, each_of(_enter, "spiral"), _entered, each_of(_enter, "heart")),
    Record("autosave", AUTOSAVE, each_of(_autosave, 500), _offered, each_of(_autosave, 300), bare=True),
    Record("recovery declined", AUTOSAVE, _discard, _offered, each_of(_autosave, 300, 400), **QUIET),
    Record("sweep begun", "sweeps/one.jsonl", _sweep_in_window, _results),
    Record("sweep continued", "one.jsonl", each_of(_sweep, 1), _results, each_of(_sweep, 0)),
    Record("curve kept", CURVES, each_of(_add_curve, "six666"), named_in(KeptCurves), TWO_CURVES),
    Record("recent file", "data/recent.json", each_of(_list, "d"), named_in(RecentFiles), each_of(_list, "abc")),
    Record("preferences", PREFERENCES, partial(_choose, look="night"), _chosen, _chosen_before, quiet=True),
    Record("prediction", PREDICTIONS, each_of(_predict, "two"), _predicted, each_of(_predict, "one")),
    Record("log", "data/curvegui.log", each_of(_log, "later"), _logged, each_of(_log, "before"), quiet=True),
)
UNREAD = "favourite renamed", "favourites deleted", "favourites restored", "autosave", "sweep begun", "log"
READ = tuple(  # at each start or in each panel: nothing may change by that, whatever the disk does
    replace(each, name=f"{each.name}: reading", save=each.read, **QUIET) for each in KEPT if each.name not in UNREAD
)

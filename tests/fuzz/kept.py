"""Feeds the readers of the app's own small files what nobody has written:  python tests/fuzz/kept.py --seconds 20

The first byte says which one. Whatever is there, the next change is kept, and what could not be read is put aside.
"""

import json
import logging
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from driver import main, watched

with watched():
    from curvegui import __version__
    from curvegui.files.curves.kept import KeptCurves
    from curvegui.files.disk.shared_file import SharedFileError
    from curvegui.files.favourites.best_list import LIST, BestList
    from curvegui.files.lesson.predictions import KeptPredictions, Prediction
    from curvegui.session.document.recent_files import RecentFiles
    from curvegui.session.stored.preferences import PreferencesFile

from PySide6.QtCore import QCoreApplication

logging.disable()  # each file put aside is told in the log
FOLDER = tempfile.TemporaryDirectory(prefix="fuzz-")
HERE = Path(FOLDER.name)
SAVED = Path(__file__).parents[1] / "saved_before" / "files"
LESSON, PREDICTION = "first-steps", Prediction("Why?", "So.", "Thus.", "right", "2026-11-27")


def _recent_curves(path: Path) -> None:
    curves = KeptCurves(path)
    for curve in curves.read():
        curves.put_first(curve)
    curves.write()


def _recent_files(path: Path) -> None:
    files, one = RecentFiles(path), Path("one.curvegui").absolute()
    files.add(one)
    assert files.write()[0] == one
    assert RecentFiles(path).all()[0] == one


def _preferences(path: Path) -> None:
    preferences = PreferencesFile(path)
    preferences.load()
    preferences.remember(text_size=150)
    preferences.save()
    assert PreferencesFile(path).load().text_size == 150


def _predictions(path: Path) -> None:
    predictions = KeptPredictions(path)
    predictions.of(LESSON)
    predictions.keep(LESSON, [PREDICTION])
    predictions.write()
    assert PREDICTION in KeptPredictions(path).of(LESSON)


def _best(path: Path) -> None:
    for reached in BestList(path.parent).all():
        assert reached.parameters >= 0


READERS: tuple[tuple[str, Callable[[Path], None]], ...] = (
    ("recent.curves", _recent_curves),
    ("recent.json", _recent_files),
    ("preferences.json", _preferences),
    ("predictions.json", _predictions),
    (LIST, _best),
)


def target(data: bytes) -> None:
    """Whatever it is: it is read, or put aside whole."""
    name, read = READERS[data[0] % len(READERS) if data else 0]
    path = HERE / name
    path.write_bytes(data[1:])
    try:
        read(path)
    except SharedFileError as error:  # of a newer version
        assert str(error).isprintable()
        assert path.read_bytes() == data[1:]
    finally:
        for each in HERE.iterdir():
            each.unlink()


def _corpus() -> list[bytes]:
    predictions, files, path = HERE / "predictions.json", HERE / "recent.json", Path("one.curvegui")
    answers = KeptPredictions(predictions)
    answers.keep(LESSON, [PREDICTION])
    answers.write()
    recent = RecentFiles(files)
    recent.add(path)
    recent.write()
    run = {"curve": "heart", "title": "Heart", "layers": [6, 7], "parameters": 77, "iterations": 9, "cost": 1e-3}
    run |= {"activation": "logistic", "output_activation": "logistic", "optimizer": "descent", "date": "", "run": ""}
    best = json.dumps({"version": 1, "runs": [run]}).encode()
    index = json.dumps({"made_by": __version__, "files": {"a": [1, 2, {"config": {}, "cost": 0.1, "best": [0, 1]}]}})
    kept = (SAVED / "recent.curves", files, SAVED / "preferences.json", predictions)
    contents = (*(each.read_bytes() for each in kept), best, index.encode())
    return [bytes([number]) + content for number, content in enumerate(contents)]


if __name__ == "__main__":
    application = QCoreApplication([])
    sys.exit(main(__doc__, target, _corpus()))

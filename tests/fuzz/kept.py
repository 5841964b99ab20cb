"""Feeds the readers of the app's own small files what nobody has written:  python tests/fuzz/kept.py --seconds 20

Whatever is there, the next change is kept, and what could not be read is put aside.
"""

import logging
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from driver import feed, watched

with watched():
    from curvegui.files.curves.kept import KeptCurves
    from curvegui.files.disk.shared_file import SharedFileError
    from curvegui.session.stored.preferences import PreferencesFile
    from curvegui.session.stored.recent import RecentFiles

from PySide6.QtCore import QCoreApplication

logging.disable()  # each file put aside is told in the log
FOLDER = tempfile.TemporaryDirectory(prefix="fuzz-")
HERE = Path(FOLDER.name)
SAVED = Path(__file__).parents[1] / "saved_before" / "files"


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


def target(path: Path, read: Callable[[Path], None], data: bytes) -> None:
    """Whatever it is: it is read, or put aside whole."""
    path.write_bytes(data)
    try:
        read(path)
    except SharedFileError as error:  # of a newer version
        assert str(error).isprintable()
        assert path.read_bytes() == data
    finally:
        for each in HERE.iterdir():
            each.unlink()


if __name__ == "__main__":
    application = QCoreApplication([])
    recent = RecentFiles(HERE / "recent.json")
    recent.add(Path("one.curvegui"))
    recent.write()
    feed(
        __doc__,
        (partial(target, HERE / "recent.curves", _recent_curves), [(SAVED / "recent.curves").read_bytes()]),
        (partial(target, HERE / "recent.json", _recent_files), [(HERE / "recent.json").read_bytes()]),
        (partial(target, HERE / "preferences.json", _preferences), [(SAVED / "preferences.json").read_bytes()]),
    )

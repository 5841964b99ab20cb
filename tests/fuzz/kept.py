"""Feeds the readers of the app's own small files what nobody has written:  python tests/fuzz/kept.py --seconds 20

Whatever is there, the next change is kept, and what could not be read is put aside.
"""

import logging
import tempfile
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


def recent_curves(path):
    curves = KeptCurves(path)
    for curve in curves.read():
        curves.put_first(curve)
    curves.write()


def recent_files(path):
    files, one = RecentFiles(path), Path("one.curvegui").absolute()
    files.add(one)
    assert files.write()[0] == one
    assert RecentFiles(path).all()[0] == one


def preferences(path):
    chosen = PreferencesFile(path)
    chosen.load()
    chosen.remember(text_size=150)
    chosen.save()
    assert PreferencesFile(path).load().text_size == 150


def kept(read, path, data):
    """It is read, or put aside whole."""
    path.write_bytes(data)
    try:
        read(path)
    except SharedFileError:  # of a newer version
        assert path.read_bytes() == data
        raise
    finally:
        for each in path.parent.iterdir():
            each.unlink()


application = QCoreApplication([])
feed(
    __doc__,
    SharedFileError,
    (partial(kept, recent_curves, HERE / "recent.curves"), [(SAVED / "recent.curves").read_bytes()]),
    (partial(kept, preferences, HERE / "preferences.json"), [(SAVED / "preferences.json").read_bytes()]),
    (partial(kept, recent_files, HERE / "recent.json"), [b'["/one.curvegui"]']),
)

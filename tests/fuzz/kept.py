"""Feeds the readers of the app's own small files what nobody has written:  python tests/fuzz/kept.py --seconds 20

The first byte says which one. Whatever is there, the next change is kept, and what could not be read is put aside.
"""

import logging
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from driver import main, watched

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


READERS: tuple[tuple[str, Callable[[Path], None]], ...] = (
    ("recent.curves", _recent_curves),
    ("recent.json", _recent_files),
    ("preferences.json", _preferences),
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
    recent = RecentFiles(HERE / "recent.json")
    recent.add(Path("one.curvegui"))
    recent.write()
    kept = SAVED / "recent.curves", HERE / "recent.json", SAVED / "preferences.json"
    return [bytes([number]) + path.read_bytes() for number, path in enumerate(kept)]


if __name__ == "__main__":
    application = QCoreApplication([])
    sys.exit(main(__doc__, target, _corpus()))

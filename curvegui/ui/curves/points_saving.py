"""Saving the points of the present curve, in the units of the person who brought it in."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from curvegui.core.curve.curve import Curve
from curvegui.core.curve.units import Units
from curvegui.core.learner.target import build_target
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.disk.portable_name import portable_stem
from curvegui.session.jobs.jobs import Jobs

FORMATS = {"csv": "Table (*.csv)", "svg": "SVG path (*.svg)"}


class PointsSaving(QObject):
    """Asks where the points are to go, and writes them in the background.

    ``saved(str)``: the path. ``failed(str)``: a sentence.
    """

    saved = Signal(str)
    failed = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._jobs = window, Jobs(self)

    def ask(self, config: TrainingConfig) -> None:
        """Ask for a file, and save the curve of a config there."""
        dialog = QFileDialog(self._window, "Save points", str(Path.home()), ";;".join(FORMATS.values()))
        dialog.setObjectName("save_points")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(portable_stem(config.curve_name, "curve"))
        dialog.setDefaultSuffix("csv")
        dialog.filterSelected.connect(partial(_set_ending, dialog))
        dialog.fileSelected.connect(partial(self._save, config))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save(self, config: TrainingConfig, path: str) -> None:
        self._jobs.do(partial(_write, config, Path(path)), self.saved.emit, self.failed.emit)


def _write(config: TrainingConfig, path: Path) -> str:
    """Write the points in the form that the name's ending says; the path."""
    from curvegui.files.export.points import save_points  # here, so that the window opens sooner

    units = config.curve.units if isinstance(config.curve, Curve) else Units()
    save_points(path, build_target(config), units)
    return str(path)


def _set_ending(dialog: QFileDialog, chosen: str) -> None:
    """Let the name end as the chosen filter says."""
    dialog.setDefaultSuffix(next(ending for ending, words in FORMATS.items() if words == chosen))

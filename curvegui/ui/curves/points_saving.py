"""Saving the points of the present curve, in the units in which it was brought in."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from curvegui.core.curve.curve import Curve
from curvegui.core.curve.units import Units
from curvegui.core.home import home
from curvegui.core.language.text import mark, tr
from curvegui.core.learner.target import build_target
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.disk.portable_name import portable_stem
from curvegui.session.jobs.jobs import Jobs
from curvegui.ui.dialogs.paths import file_dialog

FORMATS = {"csv": mark("Table (*.csv)"), "svg": mark("SVG path (*.svg)")}


class PointsSaving(QObject):
    """Asks where to save the points, and writes them in the background."""

    saved = Signal(str)  # the path
    failed = Signal(str)  # a sentence

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._jobs = window, Jobs(self)

    def ask(self, config: TrainingConfig) -> None:
        """Ask for a file, and save the curve of a config there."""
        dialog = file_dialog(self._window, tr("Save points"), str(home()), ";;".join(map(tr, FORMATS.values())))
        dialog.setObjectName("save_points")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(portable_stem(config.curve_name, "curve"))
        dialog.setDefaultSuffix("csv")
        dialog.filterSelected.connect(partial(_set_ending, dialog))
        dialog.fileSelected.connect(partial(self._save, config))
        dialog.open()

    def _save(self, config: TrainingConfig, path: str) -> None:
        self._jobs.do(partial(_write, config, Path(path)), self.saved.emit, self.failed.emit)


def _write(config: TrainingConfig, path: Path) -> str:
    """Write the points in the format of the file's ending; return the path."""
    from curvegui.files.export.points import save_points

    units = config.curve.units if isinstance(config.curve, Curve) else Units()
    save_points(path, build_target(config), units)
    return str(path)


def _set_ending(dialog: QFileDialog, chosen: str) -> None:
    """Give the name the ending of the chosen filter."""
    dialog.setDefaultSuffix(next(ending for ending, words in FORMATS.items() if tr(words) == chosen))

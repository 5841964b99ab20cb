"""The dialog that saves or copies a picture of the moment at which it was opened."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from curvegui.figure.export import LARGEST_SCALE, PICTURE_FORMATS, SIDE_PX, Rendering, render_image
from curvegui.figure.figure import Figure
from curvegui.figure.look import LOOKS
from curvegui.ui.picture_choices import LAYERS, PictureChoices
from curvegui.ui.picture_job import PictureJob
from curvegui.ui.picture_preview import PicturePreview
from curvegui.ui.save_path import ask_path
from curvegui.ui.save_report import PROGRESS_STEPS, make_room, message_label, progress_bar, say


class PictureDialog(QDialog):
    """Chooses what is on the picture, shows it, and saves it.

    Parameters
    ----------
    figure : Figure
        The moment to keep; training goes on behind the dialog.
    look : str
        A key of ``LOOKS``.
    choices : PictureChoices
        What to begin with.
    folder : Path
        Where the file dialog opens.
    name : str
        The file name to begin with, without its ending.

    Signals
    -------
    saved(str, str)
        The path of a picture that was saved, and the choices in it, as text.
    """

    saved = Signal(str, str)

    def __init__(
        self,
        figure: Figure,
        look: str,
        choices: PictureChoices,
        *,
        folder: Path,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("picture")
        self.setWindowTitle("Save picture")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._figure, self._folder, self._name = figure, folder, name
        self._job: PictureJob | None = None
        self._saving = choices
        self._preview = PicturePreview(figure)
        self._format, self._look, self._scale = QComboBox(), QComboBox(), QSpinBox()
        self._boxes = {key: QCheckBox(label) for key, label in LAYERS.items()}
        self._size, self._message, self._progress = QLabel(), message_label(), progress_bar()
        self._copy, self._save, self._close = (QPushButton(text) for text in ("&Copy", "&Save…", "Close"))
        self._fill(choices, look)
        self._name_parts()
        self._lay_out()
        self._connect()
        self._show_choices()

    def _fill(self, choices: PictureChoices, look: str) -> None:
        for ending in PICTURE_FORMATS:
            self._format.addItem(ending.upper(), ending)
        for key, each in LOOKS.items():
            self._look.addItem(each.label, key)
        self._scale.setRange(1, LARGEST_SCALE)
        self._scale.setSuffix(" ×")
        self._format.setCurrentIndex(self._format.findData(choices.ending))
        self._look.setCurrentIndex(self._look.findData(look))
        self._scale.setValue(choices.scale)
        for key, box in self._boxes.items():
            box.setChecked(getattr(choices, key))
        self._size.setProperty("muted", True)
        self._save.setDefault(True)

    def _name_parts(self) -> None:
        named = {
            "format": self._format, "look": self._look, "scale": self._scale, **self._boxes,
            "copy": self._copy, "save": self._save, "close": self._close, "message": self._message,
        }  # fmt: skip
        for key, widget in named.items():
            widget.setObjectName(f"picture.{key}")
        for key in ("format", "look", "scale"):
            named[key].setAccessibleName(key.capitalize())

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(9)
        for text, widget in (("&Format", self._format), ("&Look", self._look), ("Scal&e", self._scale)):
            form.addRow(text, widget)
        form.addRow("", self._size)
        for box in self._boxes.values():
            form.addRow("", box)
        top, bottom, outer = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        top.setSpacing(22)
        top.addWidget(self._preview, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(form)
        bottom.addWidget(self._copy)
        bottom.addStretch(1)
        bottom.addWidget(self._close)
        bottom.addWidget(self._save)
        outer.setContentsMargins(18, 18, 18, 16)
        outer.setSpacing(14)
        outer.addLayout(top)
        outer.addWidget(self._progress)
        outer.addWidget(self._message)
        outer.addLayout(bottom)

    def _connect(self) -> None:
        for box in self._boxes.values():
            box.toggled.connect(self._show_choices)
        self._format.currentIndexChanged.connect(self._show_choices)
        self._look.currentIndexChanged.connect(self._show_choices)
        self._scale.valueChanged.connect(self._show_choices)
        self._copy.clicked.connect(self.copy)
        self._save.clicked.connect(self._ask_path)
        self._close.clicked.connect(self.close)
        self.finished.connect(self._stop)

    @property
    def choices(self) -> PictureChoices:
        """What is chosen now."""
        layers = {key: box.isChecked() for key, box in self._boxes.items()}
        return PictureChoices(ending=self._format.currentData(), scale=self._scale.value(), **layers)

    @Slot()
    def _show_choices(self) -> None:
        """Paint the preview, and say how large the picture will be."""
        choices, side = self.choices, SIDE_PX * self._scale.value()
        has_pixels = choices.ending == "png"
        self._scale.setEnabled(has_pixels)
        self._size.setText(f"{side:,} × {side:,} pixels" if has_pixels else "Sharp at any size")
        self._preview.show_figure(LOOKS[self._look.currentData()], choices.options)

    @Slot()
    def copy(self) -> None:
        """Put the picture on the clipboard."""
        choices = self.choices
        look = LOOKS[self._look.currentData()]
        QGuiApplication.clipboard().setImage(
            render_image(self._figure, look, choices.options, scale=min(choices.scale, 2))
        )
        say(self._message, "The picture is on the clipboard.", error=False)

    @Slot()
    def _ask_path(self) -> None:
        ending = self.choices.ending
        path = ask_path(self, self.windowTitle(), self._folder / f"{self._name}.{ending}", ending)
        if path is not None:
            self.save(path)

    def save(self, path: Path) -> None:
        """Save the picture; the dialog says how it ended, and closes if it ended well.

        Parameters
        ----------
        path : Path
        """
        choices = self._saving = self.choices
        look = LOOKS[self._look.currentData()]
        try:
            rendering = Rendering(self._figure, look, choices.options, choices.ending, scale=choices.scale)
        except (ValueError, MemoryError) as error:
            self._fail(str(error))
            return
        self._job = PictureJob(rendering, path, self)
        self._job.progressed.connect(self._progress_to)
        self._job.saved.connect(self._succeed)
        self._job.failed.connect(self._fail)
        self._message.hide()
        self._progress.show()
        make_room(self)
        self._save.setEnabled(False)
        self._job.start()

    @Slot(float)
    def _progress_to(self, done: float) -> None:
        self._progress.setValue(round(done * PROGRESS_STEPS))

    @Slot(str)
    def _succeed(self, path: str) -> None:
        self.saved.emit(path, self._saving.to_text())
        self.accept()

    @Slot(str)
    def _fail(self, reason: str) -> None:
        self._progress.hide()
        self._save.setEnabled(True)
        say(self._message, reason, error=True)

    @Slot()
    def _stop(self) -> None:
        """Paint no more; what is being written already is written to the end."""
        self._preview.stop()
        if self._job is not None:
            self._job.cancel()

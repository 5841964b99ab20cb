"""The dialog that saves or copies a picture of the moment at which it was opened."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from curvegui.figure.drawing.figure import Figure
from curvegui.figure.picture.export import Rendering, render_image
from curvegui.ui.dialogs.paths import ask_path
from curvegui.ui.dialogs.save_report import PROGRESS_STEPS, make_room, message_label, progress_bar, say
from curvegui.ui.picture.choices import PictureChoices
from curvegui.ui.picture.form import PictureForm, ProjectSource
from curvegui.ui.picture.job import PictureJob
from curvegui.ui.picture.preview import PicturePreview

NOT_YET = "that could not be recorded. Save it again."
NO_ROOM = "the network is too large for that."


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
    project : ProjectSource, optional
        Gives the run of the same moment, for the picture to contain. Where it comes only after the dialog has
        opened, call `look_again` then.

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
        project: ProjectSource | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("picture")
        self.setWindowTitle("Save picture")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._figure, self._folder, self._name, self._project = figure, folder, name, project
        self._job: PictureJob | None = None
        self._awaits_run = project is not None and project() is None
        self._waiting: Path | None = None  # a picture that is saved when the run is there
        self._if_without_run = ""  # what is said where the picture was to contain its run and does not
        self._saving = choices
        self._preview, self._form = PicturePreview(figure), PictureForm(look, choices, project)
        self._message, self._progress = message_label(), progress_bar()
        self._copy, self._save, self._close = (QPushButton(text) for text in ("&Copy", "&Save…", "Close"))
        self._save.setDefault(True)
        self._name_parts()
        self._lay_out()
        self._connect()
        self._show_choices()

    def _name_parts(self) -> None:
        named = {"copy": self._copy, "save": self._save, "close": self._close, "message": self._message}
        for key, widget in named.items():
            widget.setObjectName(f"picture.{key}")

    def _lay_out(self) -> None:
        top, bottom, outer = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        top.setSpacing(22)
        top.addWidget(self._preview, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._form)
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
        self._form.changed.connect(self._show_choices)
        self._copy.clicked.connect(self.copy)
        self._save.clicked.connect(self._ask_path)
        self._close.clicked.connect(self.close)
        self.finished.connect(self._stop)

    @property
    def choices(self) -> PictureChoices:
        """What is chosen now."""
        return self._form.choices

    @Slot()
    def look_again(self) -> None:
        """See whether the run fits into the picture, now that it is there, and save what has waited for it."""
        self._awaits_run = False
        self._form.refresh()
        path, self._waiting = self._waiting, None
        if path is not None:
            self.save(path)

    @Slot()
    def _show_choices(self) -> None:
        self._preview.show_figure(self._form.look, self.choices.options)

    @Slot()
    def copy(self) -> None:
        """Put the picture on the clipboard."""
        choices = self.choices
        image = render_image(self._figure, self._form.look, choices.options, scale=min(choices.scale, 2))
        QGuiApplication.clipboard().setImage(image)
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
        if self._awaits_run and self._form.will_contain_run:
            self._waiting = path
            return
        choices = self._saving = self.choices
        try:
            rendering = Rendering(self._figure, self._form.look, choices.options, choices.ending, scale=choices.scale)
        except (ValueError, MemoryError) as error:
            self._fail(str(error))
            return
        wants_run = self._form.will_contain_run
        project = self._project() if self._project and wants_run else None
        self._if_without_run = "" if not wants_run else NO_ROOM if project else NOT_YET
        self._job = PictureJob(rendering, path, self, project)
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

    @Slot(str, bool)
    def _succeed(self, path: str, contains_run: bool) -> None:
        self.saved.emit(path, self._saving.to_text())
        if self._if_without_run and not contains_run:
            self._fail(f"“{Path(path).name}” is saved, but it does not contain the run: {self._if_without_run}")
        else:
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

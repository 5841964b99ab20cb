"""The dialogs that save or copy a picture or a poster of the snapshot that was shown when they were opened."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.figure.drawing.figure import CanvasView, Figure
from curvegui.figure.picture.export import Rendering
from curvegui.figure.picture.surfaces import PaintedFile
from curvegui.figure.poster.poster import Poster, PosterRendering
from curvegui.figure.poster.style import LAYOUTS
from curvegui.files.project.text_line import short_line_of
from curvegui.session.jobs.job import Jobs
from curvegui.ui.dialogs.save_dialog import SaveDialog, choices_to_text, say
from curvegui.ui.picture.form import PictureChoices, PictureForm, PosterChoices, PosterForm, ProjectSource
from curvegui.ui.picture.job import PictureJob
from curvegui.ui.picture.preview import PicturePreview

LARGEST_COPY = 2  # times the usual size
COPIED = mark("Copied the picture.")
NOT_YET = mark("the run could not be recorded. Save the picture again.")
NO_ROOM = mark("the network is too large for that.")


class PaintedDialog(SaveDialog):
    """A dialog with a preview beside a form, and a button that copies; training goes on behind the dialog. ``project``
    returns the run, which the file may contain, or None until the run has been recorded: saving waits for the run, and
    `look_again` must be called then. A subclass says what is painted."""

    saved = Signal(str, str)  # the path of a picture that was saved, and the choices in it, as text
    form: PictureForm | PosterForm

    def __init__(
        self, name: str, title: str, folder: Path, stem: str, *, project: ProjectSource | None, parent: QWidget | None
    ) -> None:
        super().__init__(name, title, folder, stem, parent)
        self._project, self._awaits_run = project, project is not None and project() is None
        self._waiting: Path | None = None  # where to save the picture once the run has been recorded
        self._if_without_run = ""  # what the dialog says if the picture was to contain the run and does not
        self._copying: PictureJob | None = None
        self.preview, self._copy = PicturePreview(), QPushButton(tr("&Copy"))
        self._name_parts(copy=self._copy)
        self._copy.clicked.connect(self.copy)

    def _show_form(self) -> None:
        self._lay_out_beside(self.preview, self.form, at_left=self._copy)
        self.form.changed.connect(self._show_choices)
        self._show_choices()

    @Slot()
    def _show_choices(self) -> None:
        raise NotImplementedError

    def _painting(self, ending: str, scale: int) -> PaintedFile:
        """The chosen picture, not painted yet. Raises ``ValueError`` or ``MemoryError`` with a sentence."""
        raise NotImplementedError

    @property
    def _ending(self) -> str:
        return self.form.choices.ending

    @property
    def _needs_run(self) -> bool:
        return self.form.will_contain_run

    def _rendering(self, ending: str, most_scale: int) -> PaintedFile | None:
        """The chosen picture, not painted yet; None if there is no room for its pixels, which the dialog says."""
        try:
            return self._painting(ending, min(self.form.choices.scale, most_scale))
        except (ValueError, MemoryError) as error:
            self._fail(str(error))
            return None

    def save(self, path: Path) -> None:
        if self._awaits_run and self._needs_run:
            self._waiting = path
            return
        choices = self._saving = self.form.choices
        rendering = self._rendering(choices.ending, choices.scale)
        if rendering is None:
            return
        self._stop_copying()
        wants_run = self.form.will_contain_run
        project = self._project() if self._project and wants_run else None
        self._if_without_run = "" if not wants_run else tr(NO_ROOM) if project else tr(NOT_YET)
        self._begin()
        self._carry_out(PictureJob(rendering, path, self, project))

    @Slot(str, bool)
    def _succeed(self, path: str, contains_run: bool = True) -> None:
        self.saved.emit(path, choices_to_text(self._saving))
        if self._if_without_run and not contains_run:
            words = mark("“{name}” was saved, but does not include the run: {why}")
            self._fail(tr(words, name=Path(path).name, why=self._if_without_run))
        else:
            self.accept()

    @Slot()
    def look_again(self) -> None:
        """Offer to include the run, which has arrived, and save the picture if it has waited for the run."""
        self.form.refresh()
        self._awaits_run = False
        path, self._waiting = self._waiting, None
        if path is not None:
            self.save(path)

    @Slot()
    def copy(self) -> None:
        rendering = self._rendering("png", LARGEST_COPY)
        if rendering is None:
            return
        self._stop_copying()
        self._copying = job = PictureJob(rendering, None, self)
        job.progressed.connect(self._progress_to)
        job.failed.connect(self._fail)
        job.copied.connect(self._have_copied)
        job.start()

    def _stop_copying(self) -> None:
        if self._copying is not None:
            self._copying.cancel()

    @Slot(float)
    def _progress_to(self, done: float) -> None:
        self._progress.show()
        super()._progress_to(done)

    @Slot()
    def _have_copied(self) -> None:
        self._progress.setVisible(not self._save.isEnabled())  # unless a picture is also being saved to a file
        say(self._message, tr(COPIED), error=False)

    @Slot()
    def _stop(self) -> None:
        """Stop painting; a file that is being written is written to the end."""
        self.preview.stop()
        self._stop_copying()
        super()._stop()


class PictureDialog(PaintedDialog):
    """Chooses what is on a picture of ``figure``, shows the picture, and saves it. With a ``view``, the picture can
    also be that of the canvas. ``look`` is a key of ``LOOKS``."""

    form: PictureForm

    def __init__(
        self,
        figure: Figure,
        look: str,
        choices: PictureChoices,
        *,
        folder: Path,
        name: str,
        project: ProjectSource | None = None,
        view: CanvasView | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("picture", tr("Save picture"), folder, name, project=project, parent=parent)
        self._plain, self._view = figure, view
        self.form = PictureForm(look, choices, project, view.size_px if view else None)
        self._show_form()

    @property
    def choices(self) -> PictureChoices:
        return self.form.choices

    @property
    def _figure(self) -> Figure:
        """The figure, with the view of the canvas if this is chosen."""
        return replace(self._plain, view=self._view) if self.choices.as_on_canvas else self._plain

    @Slot()
    def _show_choices(self) -> None:
        self.preview.show_figure(self._figure, self.form.look, self.choices.options)

    def _painting(self, ending: str, scale: int) -> Rendering:
        return Rendering(self._figure, self.form.look, self.choices.options, ending, scale=scale)


class PosterDialog(PaintedDialog):
    """Chooses how a poster or a card looks, shows it, and saves it; a card also has the run as a line of text."""

    form: PosterForm

    def __init__(
        self,
        poster: Poster,
        choices: PosterChoices,
        *,
        folder: Path,
        name: str,
        project: ProjectSource,
        parent: QWidget,
    ) -> None:
        super().__init__("poster", tr("Save poster"), folder, name, project=project, parent=parent)
        self.poster, self._jobs, self._awaits_run = poster, Jobs(self), True
        self.form = PosterForm(choices)
        self._show_form()
        if project() is not None:
            self.look_again()

    @property
    def _needs_run(self) -> bool:
        return super()._needs_run or LAYOUTS[self.form.choices.layout].has_line

    @Slot()
    def look_again(self) -> None:
        """Write the card's line of text, now that the run is there."""
        project = self._project() if self._project else None
        if project is None:
            super().look_again()
        else:
            self._jobs.do(partial(short_line_of, project), self._take_line, self._fail)

    def _take_line(self, line: str) -> None:
        self.poster = replace(self.poster, words=replace(self.poster.words, line=line))
        self.form.has_line = self.poster.words.has_line
        super().look_again()

    @Slot()
    def _show_choices(self) -> None:
        self.preview.show_poster(self.poster, self.form.choices)

    def _painting(self, ending: str, scale: int) -> PosterRendering:
        return PosterRendering(self.poster, self.form.choices, ending, scale=scale)

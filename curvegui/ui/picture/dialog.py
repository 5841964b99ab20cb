"""The dialog that saves or copies a picture of what was shown when it was opened."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.figure.drawing.figure import CanvasView, Figure
from curvegui.figure.picture.export import Rendering
from curvegui.figure.picture.surfaces import PaintedFile
from curvegui.figure.poster.poster import Poster, PosterRendering
from curvegui.figure.poster.style import LAYOUTS
from curvegui.files.project.text_line import short_line_of
from curvegui.session.jobs.jobs import Jobs
from curvegui.ui.dialogs.save_dialog import SaveDialog, say
from curvegui.ui.picture.form import PictureChoices, PictureForm, PosterChoices, PosterForm, ProjectSource
from curvegui.ui.picture.job import CopyJob, PictureJob
from curvegui.ui.picture.preview import PicturePreview, PosterPreview

LARGEST_COPY = 2  # times the usual size
COPIED = mark("Copied the picture.")


class Preview(Protocol):
    """The part of such a dialog that shows the picture while it is chosen."""

    def stop(self) -> None:
        """Paint no more."""


class PaintedDialog(SaveDialog):
    """A dialog with a preview beside a form, and a button that copies."""

    saved = Signal(str, str)  # the path of a picture that was saved, and the choices in it, as text
    _copying: CopyJob | None = None
    _awaits_run = False  # which the file is to contain
    _waiting: Path | None = None  # where to save it, once the run is there
    _preview: Preview

    def _show_parts(self, preview: QWidget, form: QWidget) -> None:
        """Put the frame around the preview and the form."""
        self._copy = QPushButton(tr("&Copy"))
        self._name_parts(copy=self._copy)
        self._lay_out_beside(preview, form, at_left=self._copy)
        self._copy.clicked.connect(self.copy)

    def _painting(self, ending: str, most_scale: int) -> PaintedFile:
        """The picture as it is chosen, to be painted, with at most so many pixels to a logical one.

        Raises ``ValueError`` and ``MemoryError``, sentences for people.
        """
        raise NotImplementedError

    def _rendering(self, ending: str, most_scale: int) -> PaintedFile | None:
        """The picture, to be painted; None where there is no room for it, which is told."""
        try:
            return self._painting(ending, most_scale)
        except (ValueError, MemoryError) as error:
            self._fail(str(error))
            return None

    @Slot()
    def copy(self) -> None:
        """Put the picture on the clipboard."""
        rendering = self._rendering("png", LARGEST_COPY)
        if rendering is None:
            return
        self._stop_copying()
        self._copying = job = CopyJob(rendering, self)
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
        self._progress.setVisible(not self._save.isEnabled())  # it may be on its way to a file, too
        say(self._message, tr(COPIED), error=False)

    def _save_waiting(self) -> None:
        """The run is there: save what has waited for it."""
        self._awaits_run = False
        path, self._waiting = self._waiting, None
        if path is not None:
            self.save(path)

    @Slot()
    def _stop(self) -> None:
        """Paint no more; what is being written already is written to the end."""
        self._preview.stop()
        self._stop_copying()
        super()._stop()


NOT_YET = mark("the run could not be recorded. Save the picture again.")
NO_ROOM = mark("the network is too large for that.")


class PictureDialog(PaintedDialog):
    """Chooses what is on a picture of ``figure``, shows it, and saves it; training goes on behind the dialog.

    With a ``view``, the picture can also be that of the canvas. ``look`` is a key of ``LOOKS``. ``project`` gives the
    run of the same iteration, for the picture to contain; where it comes only after the dialog has opened, call
    `look_again` then.
    """

    _preview: PicturePreview

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
        super().__init__("picture", tr("Save picture"), folder, name, parent)
        self._plain, self._view, self._project = figure, view, project
        self._awaits_run = project is not None and project() is None
        self._if_without_run = ""  # what is said where the picture was to contain its run and does not
        self._saving = choices
        size = view.size_px if view else None
        self._preview, self._form = PicturePreview(figure), PictureForm(look, choices, project, size)
        self._show_parts(self._preview, self._form)
        self._form.changed.connect(self._show_choices)
        self._show_choices()

    @property
    def choices(self) -> PictureChoices:
        """What is chosen now."""
        return self._form.choices

    @property
    def _figure(self) -> Figure:
        """What is painted: by its layers, or as on the canvas."""
        return replace(self._plain, view=self._view) if self.choices.as_on_canvas else self._plain

    @Slot()
    def look_again(self) -> None:
        """See whether the run fits into the picture, now that it is there, and save what has waited for it."""
        self._form.refresh()
        self._save_waiting()

    @Slot()
    def _show_choices(self) -> None:
        self._preview.figure = self._figure
        self._preview.show_figure(self._form.look, self.choices.options)

    def _painting(self, ending: str, most_scale: int) -> Rendering:
        scale = min(self.choices.scale, most_scale)
        return Rendering(self._figure, self._form.look, self.choices.options, ending, scale=scale)

    @property
    def _ending(self) -> str:
        return self.choices.ending

    def save(self, path: Path) -> None:
        """Save the picture; the dialog says how it ended, and closes if it ended well."""
        if self._awaits_run and self._form.will_contain_run:
            self._waiting = path
            return
        choices = self._saving = self.choices
        rendering = self._rendering(choices.ending, choices.scale)
        if rendering is None:
            return
        self._stop_copying()
        wants_run = self._form.will_contain_run
        project = self._project() if self._project and wants_run else None
        self._if_without_run = "" if not wants_run else tr(NO_ROOM) if project else tr(NOT_YET)
        self._begin()
        self._carry_out(PictureJob(rendering, path, self, project))

    @Slot(str, bool)
    def _succeed(self, path: str, contains_run: bool = True) -> None:
        self.saved.emit(path, self._saving.to_text())
        if self._if_without_run and not contains_run:
            self._fail(
                tr(
                    "“{name}” was saved, but does not include the run: {why}",
                    name=Path(path).name,
                    why=self._if_without_run,
                )
            )
        else:
            self.accept()


class PosterDialog(PaintedDialog):
    """Chooses how a poster looks, shows it, and saves it; training goes on behind the dialog.

    ``project`` gives the run of the same iteration, for the file to contain and for the card's line of text; where it
    comes only after the dialog has opened, call `look_again` then.
    """

    _preview: PosterPreview

    def __init__(
        self,
        poster: Poster,
        choices: PosterChoices,
        *,
        folder: Path,
        name: str,
        project: ProjectSource,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("poster", tr("Save poster"), folder, name, parent)
        self._poster, self._project, self._jobs = poster, project, Jobs(self)
        self._awaits_run = True
        self._saving = choices
        self._preview, self._form = PosterPreview(), PosterForm(choices)
        self._show_parts(self._preview, self._form)
        self._form.changed.connect(self._show_choices)
        self._show_choices()
        if project() is not None:
            self.look_again()

    @Slot()
    def look_again(self) -> None:
        """Write the card's line of text, now that the run is there."""
        project = self._project()
        if project is None:
            self._save_waiting()
        else:
            self._jobs.do(partial(short_line_of, project), self._take_line, self._fail)

    def _take_line(self, line: str) -> None:
        self._poster = replace(self._poster, words=replace(self._poster.words, line=line))
        self._form.know_line(self._poster.words.has_line)
        self._save_waiting()

    @Slot()
    def _show_choices(self) -> None:
        self._preview.show_poster(self._poster, self._form.choices)

    def _painting(self, ending: str, most_scale: int) -> PosterRendering:
        choices = self._form.choices
        return PosterRendering(self._poster, choices, ending, scale=min(choices.scale, most_scale))

    @property
    def _ending(self) -> str:
        return self._form.choices.ending

    def save(self, path: Path) -> None:
        """Save the poster; the dialog says how it ended, and closes if it ended well."""
        choices = self._saving = self._form.choices
        if self._awaits_run and (self._form.will_contain_run or LAYOUTS[choices.layout].has_line):
            self._waiting = path
            return
        rendering = self._rendering(choices.ending, choices.scale)
        if rendering is None:
            return
        self._stop_copying()
        self._begin()
        self._carry_out(PictureJob(rendering, path, self, self._project() if self._form.will_contain_run else None))

    @Slot(str, bool)
    def _succeed(self, path: str, contains_run: bool = True) -> None:
        self.saved.emit(path, self._saving.to_text())
        if self._form.will_contain_run and not contains_run:
            self._fail(tr("“{name}” was saved, but does not include the run.", name=Path(path).name))
        else:
            self.accept()

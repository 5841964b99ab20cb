"""The dialog that saves or copies a poster or a card of what was shown when it was opened."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from curvegui.core.language.text import tr
from curvegui.figure.poster.layouts import LAYOUTS
from curvegui.figure.poster.poster import Poster, PosterRendering
from curvegui.files.project.text_line import short_line_of
from curvegui.session.jobs.jobs import Jobs
from curvegui.ui.picture.form import ProjectSource
from curvegui.ui.picture.job import PictureJob
from curvegui.ui.picture.painted_dialog import PaintedDialog
from curvegui.ui.picture.poster_form import PosterChoices, PosterForm
from curvegui.ui.picture.preview import PosterPreview


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

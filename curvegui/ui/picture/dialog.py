"""The dialog that saves or copies a picture of what was shown when it was opened."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from curvegui.core.language.text import mark, tr
from curvegui.figure.drawing.figure import CanvasView, Figure
from curvegui.figure.picture.export import Rendering
from curvegui.ui.picture.form import PictureChoices, PictureForm, ProjectSource
from curvegui.ui.picture.job import PictureJob
from curvegui.ui.picture.painted_dialog import PaintedDialog
from curvegui.ui.picture.preview import PicturePreview

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

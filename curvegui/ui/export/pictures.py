"""The actions for pictures and posters of the shown snapshot, pictures of panels, and films up to the snapshot."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from curvegui.core.language.text import mark, tr
from curvegui.core.learner.caption import caption
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.recording import TrailCurves
from curvegui.core.run.record import RunRecord
from curvegui.core.run.replay import last_snapshot
from curvegui.figure.drawing.figure import CanvasView, Figure
from curvegui.figure.drawing.target_drawing import TargetDrawing
from curvegui.figure.picture.contact_sheet import NOTHING
from curvegui.figure.picture.export import Rendering
from curvegui.figure.poster.poster import Poster
from curvegui.figure.poster.words import Words
from curvegui.files.disk.portable_name import portable_stem
from curvegui.files.project.project import Project
from curvegui.ui.actions.centre import TIMELINE
from curvegui.ui.actions.services import Services
from curvegui.ui.dialogs.paths import pictures_folder
from curvegui.ui.export.shown_run import NO_RUN, ShownRun, shown_run
from curvegui.ui.film.dialog import FilmDialog, film_choices
from curvegui.ui.picture.dialog import PaintedDialog, PictureDialog, PosterDialog
from curvegui.ui.picture.form import PictureChoices, PosterChoices, ProjectSource, picture_name
from curvegui.ui.picture.job import PictureJob
from curvegui.ui.picture.part import PartDialog, PartPicture

COPIED = {
    "network": mark("Copied the picture of the network."),
    "maths": mark("Copied the picture of the mathematics."),
    "cost": mark("Copied the picture of the cost."),
}
NOT_SHOWN = {
    "network": mark("There is no picture of the network: it is not shown here."),
    "maths": mark("There is no picture of the mathematics: it is not shown here."),
    "cost": mark("There is no picture of the cost: it is not shown here."),
}
PARTS = {"network": mark("the network"), "maths": mark("the mathematics"), "cost": mark("the cost")}


class PictureActions(QObject):
    """Saves and copies pictures. ``taken`` is emitted when a picture has been saved or copied."""

    taken = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, self._window, self._session = services, services.window, services.session
        self._preferences_file = services.preferences
        self._copying: PictureJob | None = None

    def _trail(self, snapshot: Snapshot) -> TrailCurves:
        return self._session.received.trail.since(-1, last=snapshot.iteration)

    def figure(self) -> Figure | None:
        """The snapshot that is shown, as a figure; None before the first snapshot."""
        snapshot = self._session.shown
        if snapshot is None:
            return None
        trail = self._trail(snapshot).curves
        return Figure(TargetDrawing.of(snapshot.target), trail, snapshot.smooth_fit(), caption(snapshot))

    @Slot()
    def save(self) -> None:
        """Open the dialog for a picture of the snapshot that is shown; just after a pause, of the last iteration."""
        self._session.when_up_to_date(self._open_picture)

    def _open_picture(self) -> None:
        figure, snapshot, run = self.figure(), self._session.shown, shown_run(self._services, self)
        if figure is not None and snapshot is not None and run is not None:
            view = self._services.canvas.as_view()
            _open_with(self._dialog(figure, snapshot, lambda: run.project, view=view, parent=self._window), run)

    @Slot()
    def save_poster(self) -> None:
        self._session.when_up_to_date(self._open_poster)

    def _open_poster(self) -> None:
        figure, snapshot, run = self.figure(), self._session.shown, shown_run(self._services, self)
        if figure is None or snapshot is None or run is None:
            return
        dialog = PosterDialog(
            Poster(figure, self._trail(snapshot), Words.of(snapshot)),
            PosterChoices.from_text(self._preferences_file.present.poster),
            folder=self._folder,
            name=f"{picture_name(snapshot)}-poster",
            project=lambda: run.project,
            parent=self._window,
        )
        dialog.saved.connect(partial(self._remember, "poster"))
        _open_with(dialog, run)

    def save_record(self, parent: QWidget, record: RunRecord) -> None:
        """Open the dialog for a picture of another run than the window's, at its end."""
        snapshot, project = last_snapshot(record), Project(record)
        trail = record.trail.curves if len(record.trail) else NOTHING
        figure = Figure(TargetDrawing.of(snapshot.target), trail, snapshot.smooth_fit(), caption(snapshot))
        self._dialog(figure, snapshot, lambda: project, parent=parent).open()

    def _dialog(
        self,
        figure: Figure,
        snapshot: Snapshot,
        project: ProjectSource,
        *,
        parent: QWidget,
        view: CanvasView | None = None,
    ) -> PictureDialog:
        choices = PictureChoices.from_text(self._preferences_file.present.picture)
        look, name, folder = self._services.display.now.look_key, picture_name(snapshot), self._folder
        dialog = PictureDialog(
            figure, look, choices, folder=folder, name=name, project=project, view=view, parent=parent
        )  # fmt: skip
        dialog.saved.connect(partial(self._remember, "picture"))
        return dialog

    @property
    def _folder(self) -> Path:
        return Path(self._preferences_file.present.picture_folder or pictures_folder())

    def _remember(self, kind: str, path: str, choices: str) -> None:
        """Remember the choices for a file that was saved, and say where it was saved."""
        self._keep(path, **{kind: choices})
        if kind != "film":
            self.taken.emit()

    def _keep(self, path: str, **choices: str) -> None:
        self._preferences_file.remember(picture_folder=str(Path(path).parent), **choices)
        self._services.notify_saved(path)

    # Parts of the window

    @Slot(str)
    def save_part(self, part: str) -> None:
        """Open the dialog for a picture of the network, the mathematics or the cost, as it is shown."""

        def open_dialog(picture: PartPicture) -> None:
            name = f"{picture_name(self._session.shown)}-{part}"
            dialog = PartDialog(picture, tr(PARTS[part]), folder=self._folder, name=name, parent=self._window)
            dialog.saved.connect(self._keep)
            dialog.open()

        self._with_part(part, open_dialog)

    @Slot(str)
    def copy_part(self, part: str) -> None:
        def copy(picture: PartPicture) -> None:
            QGuiApplication.clipboard().setImage(picture.image())
            self._services.notify(tr(COPIED[part]))

        self._with_part(part, copy)

    def _with_part(self, part: str, act: Callable[[PartPicture], object]) -> None:
        """Take a picture of a panel as soon as the panel is open."""

        def take(widgets: Sequence[QWidget]) -> None:
            seen = [each for each in widgets if each.isVisible()]
            if seen:
                act(PartPicture(seen))
            else:
                self._services.notify(tr(NOT_SHOWN[part]))

        if part in self._services.docks:
            self._services.features["study"].bring(part, lambda panel: take(panel.pictured))
        else:
            plot = self._services.centre.widget(TIMELINE)
            take([plot] if plot is not None and part == "cost" else [])

    # Videos

    @Slot()
    def save_film(self) -> None:
        """Open the dialog for a film up to the snapshot that is shown, once the run has been recorded."""
        self._session.when_up_to_date(self._record_film)

    def _record_film(self) -> None:
        run = shown_run(self._services, self)
        if run is not None:
            run.then(self._open_film)

    def _open_film(self, project: Project | None) -> None:
        if project is None:
            self._services.notify(tr(NO_RUN))
            return
        display = self._services.display.now
        dialog = FilmDialog(
            project.record,
            display.look_key,
            film_choices(self._preferences_file.present.film),
            folder=self._folder,
            name=portable_stem(project.record.config.curve_name, "curve"),
            canvas={layer: getattr(display, layer) for layer in ("target", "trail", "axes")},
            animated=not display.reduced_motion,
            parent=self._window,
        )
        dialog.saved.connect(partial(self._remember, "film"))
        dialog.open()

    # The clipboard

    @Slot()
    def copy(self) -> None:
        """Copy a picture of the snapshot that is shown, with the choices of the last picture that was saved."""
        self._session.when_up_to_date(self._copy)

    def _copy(self) -> None:
        figure = self.figure()
        if figure is None:
            return
        choices = PictureChoices.from_text(self._preferences_file.present.picture)
        if choices.as_on_canvas:
            figure = replace(figure, view=self._services.canvas.as_view())
        try:
            rendering = Rendering(figure, self._services.display.now.look, choices.options)
        except MemoryError as error:
            self._services.notify(str(error))
            return
        if self._copying is not None:
            self._copying.cancel()
        self._copying = job = PictureJob(rendering, None, self)
        job.progressed.connect(lambda done: self._services.notify(tr("Copying the picture: {done:.0%}", done=done)))
        job.failed.connect(self._services.toast.notify)
        job.copied.connect(self._have_copied)
        job.start()

    @Slot()
    def _have_copied(self) -> None:
        self._services.notify(tr("Copied the picture."))
        self.taken.emit()


def _open_with(dialog: PaintedDialog, run: ShownRun) -> None:
    run.setParent(dialog)
    run.arrived.connect(dialog.look_again)
    dialog.open()

"""The actions that open Share at a kind, and those that copy at once."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from curvegui.core.language.text import tr
from curvegui.core.run.record import RunRecord
from curvegui.figure.picture.surfaces import PaintedFile
from curvegui.files.project.project import Project
from curvegui.files.project.text_line import line_of
from curvegui.session.jobs.job import Jobs
from curvegui.ui.actions.services import Services
from curvegui.ui.dialogs.question import trouble
from curvegui.ui.share.dialog import ShareDialog
from curvegui.ui.share.job import PaintJob
from curvegui.ui.share.moment import NO_RUN, Moment
from curvegui.ui.share.panel_picture import PARTS, PartPicture, with_picture
from curvegui.ui.share.pictures import PictureForm

PICTURES = "picture", "poster"


class ShareActions(QObject):
    """Opens Share, and copies. ``taken`` is emitted when a picture has been saved or copied, ``copied`` when the line
    of text is on the clipboard."""

    taken, copied = Signal(), Signal()

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, self._window, self._session = services, services.window, services.session
        self._jobs = Jobs(self)
        self._copying: PaintJob | None = None

    def open(self, kind: str = "", part: str = "") -> None:
        """Open Share for the snapshot that is shown, or just after a pause for the last iteration: at a kind, or at the
        kind that was used last."""

        def open_now() -> None:
            moment = Moment.shown(self._services)
            if moment is not None:
                self._open(moment, kind or self._services.preferences.present.share, part, self._window)

        self._session.when_up_to_date(open_now)

    def save_record(self, parent: QWidget, record: RunRecord) -> None:
        """Open Share for another run than the window's, at its end."""
        self._open(Moment.of_record(self._services, record), "picture", "", parent)

    def _open(self, moment: Moment, kind: str, part: str, parent: QWidget) -> None:
        dialog = ShareDialog(moment, kind, parent)
        if part:
            dialog.form.choose("part", part)
        dialog.shared.connect(self._note)
        dialog.open()

    @Slot(str)
    def _note(self, kind: str) -> None:
        if kind in PICTURES:
            self.taken.emit()

    # Copying at once

    @Slot(str)
    def copy_part(self, part: str) -> None:
        """Copy a picture of the network, the mathematics or the cost, as it is shown."""

        def copy(picture: PartPicture | None) -> None:
            if picture is not None:
                QGuiApplication.clipboard().setImage(picture.image())
            self._services.notify(tr(PARTS[part][1]) if picture is None else tr("Copied the picture."))

        with_picture(self._services, part, copy)

    @Slot()
    def copy_text(self) -> None:
        """Copy the run that is shown as a line of text."""
        moment = Moment.shown(self._services)
        if moment is not None:
            moment.then(self._make_line)

    def _make_line(self, project: Project | None) -> None:
        if project is None:
            self._report(tr(NO_RUN))
        else:
            self._jobs.do(lambda: line_of(project), self._put_line, self._report)

    def _report(self, sentence: str) -> None:
        trouble(self._window, sentence, tr("The current run is unchanged.")).open()

    def _put_line(self, line: str) -> None:
        QGuiApplication.clipboard().setText(line)
        self._services.notify(tr("The fit is on the clipboard as a line of {line:,} characters.", line=len(line)))
        self.copied.emit()

    @Slot()
    def copy(self) -> None:
        """Copy a picture of the snapshot that is shown, with the choices of the last picture that was saved."""
        self._session.when_up_to_date(self._copy)

    def _copy(self) -> None:
        snapshot = self._session.shown
        if snapshot is None:
            return
        trail = self._session.received.trail.since(-1, last=snapshot.iteration)
        moment = Moment(self._services, snapshot, trail)
        moment.view = self._services.canvas.as_view()
        moment.deleteLater()
        try:
            picture = PictureForm(moment, "picture").painting("png", 1)
        except MemoryError as error:
            self._services.notify(str(error))
            return
        if self._copying is not None:
            self._copying.cancel()
        self._copying = job = PaintJob(picture, self)
        job.progressed.connect(lambda done: self._services.notify(tr("Copying the picture: {done:.0%}", done=done)))
        job.failed.connect(self._services.toast.notify)
        job.done.connect(lambda: self._have_copied(picture))
        job.start()

    def _have_copied(self, picture: PaintedFile) -> None:
        QGuiApplication.clipboard().setImage(picture.image)
        self._services.notify(tr("Copied the picture."))
        self.taken.emit()

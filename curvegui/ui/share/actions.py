"""The actions that open Share at a kind, and those that copy at once."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from curvegui.core.run.record import RunRecord
from curvegui.ui.actions.services import Services
from curvegui.ui.share.dialog import KINDS, ShareDialog
from curvegui.ui.share.form import ShareForm
from curvegui.ui.share.job import ShareJob
from curvegui.ui.share.moment import Moment


class ShareActions(QObject):
    """Opens Share, and copies. ``taken`` is emitted when a picture has been saved or copied, ``copied`` when the line
    of text has."""

    taken, copied = Signal(), Signal()

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, self._window, self._session = services, services.window, services.session
        self._copying: ShareJob | None = None
        self._moment: Moment | None = None  # to copy
        self._form: ShareForm | None = None

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
        if kind in ("picture", "poster"):
            self.taken.emit()
        elif kind == "text":
            self.copied.emit()

    # Copying at once

    @Slot()
    def copy(self) -> None:
        """Copy a picture of the snapshot that is shown, with the choices of the last picture that was saved."""
        self._session.when_up_to_date(partial(self._copy, "picture"))

    @Slot(str)
    def copy_part(self, part: str) -> None:
        """Copy a picture of the network, the mathematics or the cost, as it is shown."""
        self._copy("panel", part)

    @Slot()
    def copy_text(self) -> None:
        """Copy the run that is shown as a line of text."""
        self._copy("text")

    def _copy(self, kind: str, part: str = "") -> None:
        """Copy what Share would copy, as soon as it is there, instead of what is being copied."""
        moment = Moment.shown(self._services, with_run=kind == "text")
        if moment is not None:
            self._end_copying()
            self._kind, self._moment, self._form = kind, moment, KINDS[kind].made_form(moment, kind)
            self._form.choose("part", part)
            self._form.choose("look", self._services.display.now.look.key)
            self._form.changed.connect(self._copy_made)
            moment.arrived.connect(self._form.refresh)
            self._form.refresh()

    @Slot()
    def _copy_made(self) -> None:
        form = self._form
        if form is None or not (form.obstacle or form.copied_text() or form.picture_size):
            return  # it is not there yet
        form.changed.disconnect(self._copy_made)
        try:
            self._copying = job = None if form.obstacle else form.copy(self)
        except (ValueError, MemoryError) as error:
            form.obstacle, job = str(error), None
        if job is None:
            self._have_copied(form.obstacle)
            return
        job.progressed.connect(self._show_progress)
        job.failed.connect(self._have_copied)
        job.done.connect(self._have_copied)
        job.start()

    @Slot()
    @Slot(str)
    def _have_copied(self, obstacle: str = "") -> None:
        if self._form is not None:
            self._services.notify(obstacle or self._form.copied)
            self._end_copying()
            if not obstacle:
                self._note(self._kind)

    def _show_progress(self, done: float) -> None:
        if "timeline" in self._services.features:
            self._services.features["timeline"].timeline.show_progress(done)

    def _end_copying(self) -> None:
        self._show_progress(1.0)
        if self._copying is not None:
            self._copying.cancel()
            self._copying.deleteLater()  # with its picture
        if self._moment is not None:
            self._moment.deleteLater()
        self._copying = self._moment = self._form = None

"""Starts and ends the gallery; the person's run waits meanwhile, and goes on as it was."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot

from curvegui.core.curve.curve import Curve
from curvegui.session.many.gallery import Gallery
from curvegui.session.run.delivery import Phase
from curvegui.ui.actions.services import Services
from curvegui.ui.gallery.choices import GalleryChoices
from curvegui.ui.gallery.dialog import GalleryDialog
from curvegui.ui.gallery.stage import Stage


class GalleryActions(QObject):
    """Shows the gallery on a stage over the screen, and the dialog that chooses its curves."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, self._session = services, services.session
        self._stage: Stage | None = None
        self._goes_on = False  # the person's run, when this ends
        services.closed.connect(self.end)
        self._session.about_to_leave.connect(self._forget_run)

    @property
    def choices(self) -> GalleryChoices:
        """What was chosen last."""
        return GalleryChoices.from_text(self._services.preferences.present.gallery)

    @property
    def _own(self) -> Sequence[Curve]:
        """The curves that the person has drawn, typed or opened, as in the list at the left."""
        own: Sequence[Curve] = self._services.features["curves"].recent
        return own

    @Slot()
    def start(self) -> None:
        """Begin with the chosen curves."""
        if self._stage is not None:
            return
        self._goes_on = self._session.phase is Phase.LEARNING
        if self._goes_on:
            self._session.pause()
        choices, wanted = self.choices, self._session.wanted
        gallery = Gallery(choices.chosen(self._own), choices.seconds, shuffled=choices.shuffled, wanted=wanted)
        self._stage = stage = Stage(gallery, self._services.display.now, self._services.window)
        stage.ended.connect(self.end)
        stage.begin()

    @Slot()
    def end(self) -> None:
        """Take the stage away; the person's run goes on if it did before."""
        stage, self._stage = self._stage, None
        if stage is None:
            return
        stage.end()
        if self._goes_on and self._session.phase is Phase.PAUSED:
            self._session.run()
        self._services.leave_for_canvas()

    @Slot()
    def _forget_run(self) -> None:
        """Another run has taken the place of the one that waits: a file that was opened from outside."""
        self._goes_on = False

    @Slot()
    def choose(self) -> None:
        """Open the dialog."""
        dialog = GalleryDialog(self.choices, self._own, self._services.window)
        dialog.chosen.connect(self._keep)
        dialog.started.connect(self.start)
        dialog.open()

    @Slot(object)
    def _keep(self, choices: GalleryChoices) -> None:
        self._services.preferences.remember(gallery=choices.to_text())

"""The actions that take a picture of the moment that is shown."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from curvegui.core.caption import caption
from curvegui.figure.figure import Figure
from curvegui.session.preferences import PreferencesFile
from curvegui.session.session import Session
from curvegui.ui.actions import Handler
from curvegui.ui.view import View


class Surroundings(Protocol):
    """What the actions need of the window."""

    view: View

    def tell(self, words: str) -> None:
        """Say something in passing."""
        ...


class PictureActions(QObject):
    """Saves and copies pictures.

    Parameters
    ----------
    window : QWidget
        The parent of the dialogs.
    surroundings : Surroundings
        The same window, for what else is needed of it.
    session : Session
    preferences_file : PreferencesFile
    """

    def __init__(
        self, window: QWidget, surroundings: Surroundings, session: Session, preferences_file: PreferencesFile
    ) -> None:
        super().__init__(window)
        self._window, self._surroundings = window, surroundings
        self._session, self._preferences_file = session, preferences_file

    def handlers(self) -> Mapping[str, Handler]:
        """What each action does, by id."""
        return {"picture.save": self.save, "picture.copy": self.copy}

    def figure(self) -> Figure | None:
        """The moment that is shown as a figure, or None before the first snapshot."""
        snapshot = self._session.shown
        if snapshot is None:
            return None
        trail = self._session.trail.since(-1, last=snapshot.iteration).curves
        return Figure(snapshot.target.points, trail, snapshot.fit, caption(snapshot))

    @Slot()
    def save(self) -> None:
        """Open the dialog for a picture of this moment."""
        from curvegui.ui.picture_choices import PictureChoices  # here, so that the window opens sooner
        from curvegui.ui.picture_dialog import PictureDialog
        from curvegui.ui.picture_name import picture_name, pictures_folder

        figure, snapshot = self.figure(), self._session.shown
        if figure is None or snapshot is None:
            return
        kept, look = self._preferences_file.present, self._surroundings.view.look_key
        folder = Path(kept.picture_folder or pictures_folder())
        choices, name = PictureChoices.from_text(kept.picture), picture_name(snapshot)
        dialog = PictureDialog(figure, look, choices, folder=folder, name=name, parent=self._window)
        dialog.saved.connect(self._remember)
        dialog.open()

    @Slot(str, str)
    def _remember(self, path: str, choices: str) -> None:
        self._preferences_file.remember(picture_folder=str(Path(path).parent), picture=choices)
        self._preferences_file.save()
        self._surroundings.tell(f"Saved {path}")

    @Slot()
    def copy(self) -> None:
        """Put a picture of this moment on the clipboard, as the last one was saved."""
        from curvegui.figure.export import render_image  # here, so that the window opens sooner
        from curvegui.ui.picture_choices import PictureChoices

        figure = self.figure()
        if figure is None:
            return
        options = PictureChoices.from_text(self._preferences_file.present.picture).options
        QGuiApplication.clipboard().setImage(render_image(figure, self._surroundings.view.look, options))
        self._surroundings.tell("The picture is on the clipboard.")

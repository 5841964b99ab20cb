"""The action that finishes a run: from where it is, Levenberg-Marquardt goes to the minimum."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot

from curvegui.core.settings.config import SETTINGS
from curvegui.session.run.phase import Phase
from curvegui.session.run.session import Session
from curvegui.ui.actions.actions import Actions, Handler

ID = "run.finish"
OPTIMIZER = "levenberg-marquardt"
FAILED = "An error has stopped the run: Reset begins again."


class FinishAction(QObject):
    """Lets the run go on with Levenberg-Marquardt, if that is possible."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._actions: Actions | None = None

    def handlers(self) -> Mapping[str, Handler]:
        """What each action does, by id."""
        return {ID: self.finish}

    def attach(self, actions: Actions) -> None:
        """Keep the action's state up to date from now on."""
        self._actions = actions
        self._session.config_changed.connect(self._update)
        self._session.phase_changed.connect(self._update)
        self._update()

    @Slot()
    def finish(self) -> None:
        """Change the optimiser, which Undo takes back, and go on; from the goal, for as many iterations again."""
        self._session.edit(optimizer=OPTIMIZER)
        self._session.run()

    @Slot()
    def _update(self) -> None:
        if self._actions is not None:
            self._actions.allow(ID, self._obstacle())

    def _obstacle(self) -> str:
        """Why it is not possible, in words; empty if it is."""
        if self._session.phase is Phase.FAILED:
            return FAILED
        try:
            self._session.config.changed(optimizer=OPTIMIZER)
        except ValueError as error:  # it cannot take so many points and weights
            return str(error).removeprefix(f"{SETTINGS['optimizer'].label}: ")
        return ""

"""Opens the wall of seeds, and makes one of its networks the run or a favourite."""

from collections.abc import Mapping
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from curvegui.core.run.record import RunRecord, taken_over
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.run.phase import Phase
from curvegui.session.run.session import Session
from curvegui.ui.actions.actions import Handler
from curvegui.ui.actions.services import Services
from curvegui.ui.canvas.refresh import NUMBERS_S, PICTURE_S
from curvegui.ui.canvas.turns import Turns
from curvegui.ui.favourites.actions import FavouritesActions
from curvegui.ui.look.theme import Theme, theme_for

if TYPE_CHECKING:
    from curvegui.ui.wall.dialog import WallDialog

CALM_S = 0.5  # between two pictures, with reduced motion


class WallActions(QObject):
    """Joins the wall to the session and the window.

    Parameters
    ----------
    window : QWidget
        The parent of the dialog.
    services : Services
        The same window, for what else is needed of it.
    session : Session
    favourites : FavouritesActions
    """

    def __init__(self, window: QWidget, services: Services, session: Session, favourites: FavouritesActions) -> None:
        super().__init__(window)
        self._window, self._services = window, services
        self._session, self._favourites = session, favourites
        self._theme = theme_for(services.view.theme)
        self._dialog: WallDialog | None = None
        self._rest_until = 0.0
        self._liked: list[str] = []
        favourites.kept.connect(self._note_kept)

    def handlers(self) -> Mapping[str, Handler]:
        """What each action does, by id."""
        return {"wall.open": self.open}

    def take_turns(self, turns: Turns) -> None:
        """Let the wall be painted in turn with the parts of the window."""
        turns.add(self._refresh, PICTURE_S)
        turns.add(self._refresh_numbers, 2 * NUMBERS_S)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._theme = theme
        if self._dialog is not None:
            self._dialog.set_theme(theme)

    @Slot()
    def open(self) -> None:
        """Show the wall; a new one begins at once."""
        if self._dialog is not None:
            self._dialog.raise_()
            self._dialog.activateWindow()
            return
        from curvegui.core.ensemble.plan import WallPlan  # here, so that the window opens sooner
        from curvegui.session.many.wall import Wall
        from curvegui.ui.wall.dialog import WallDialog

        wall = Wall(self._session.gate, self._session.preparation.wanted, self)
        dialog = WallDialog(wall, self._present, WallPlan(), theme=self._theme, parent=self._window)
        self._dialog, self._wall = dialog, wall
        dialog.taken_over.connect(self._take_over)
        dialog.liked.connect(self._like)
        dialog.undone.connect(self._session.undo)
        dialog.destroyed.connect(self._forget)
        dialog.show()

    def _present(self) -> TrainingConfig:
        return self._session.config

    @Slot()
    def _forget(self) -> None:
        self._dialog = None

    def _refresh(self) -> bool:
        if self._dialog is None or perf_counter() < self._rest_until:
            return False
        is_calm = self._services.view.reduced_motion
        self._dialog.set_calm(is_calm)
        self._rest_until = perf_counter() + CALM_S if is_calm else 0.0
        return self._dialog.refresh()

    def _refresh_numbers(self) -> bool:
        return self._dialog is not None and self._dialog.refresh_numbers()

    # One of them

    @Slot(int)
    def _take_over(self, member: int) -> None:
        name = self._name(member)
        self._wall.record(member, partial(self._take_up, f"Adopt {name[:1].lower()}{name[1:]}"))

    def _name(self, member: int) -> str:
        from curvegui.ui.wall.words import capitalised, value_words  # here, so that the window opens sooner

        varied = self._wall.plan.varied
        return capitalised(value_words(varied, getattr(self._wall.configs[member], varied)))

    def _take_up(self, label: str, record: RunRecord) -> None:
        """Let a network be the run: paused, if the run was."""
        session = self._session
        goes_on = session.phase is not Phase.PAUSED and not record.diverged
        session.open(taken_over(record, session.config), label=label)
        if goes_on:
            session.run()
        self._say(f"{label}: it is the run now. Undo brings back the one that was here.")

    @Slot(int)
    def _like(self, member: int) -> None:
        self._wall.record(member, partial(self._keep, self._name(member)))

    def _keep(self, name: str, record: RunRecord) -> None:
        self._liked.append(name)
        self._favourites.keep_record(record)

    @Slot()
    def _note_kept(self) -> None:
        """Say so beside the wall, too: the window that says it may be hidden."""
        if self._liked and self._dialog is not None:
            self._dialog.say(f"{self._liked[-1]} is among the favourites.")
        self._liked.clear()

    def _say(self, words: str) -> None:
        self._services.tell(words)
        if self._dialog is not None:
            self._dialog.say(words)

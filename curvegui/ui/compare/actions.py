"""Opens walls of networks, and makes one of their networks the run or a favourite."""

from functools import partial
from time import perf_counter
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from curvegui.core.ensemble.ensemble import MILESTONES
from curvegui.core.ensemble.plan import WallPlan
from curvegui.core.language.text import capitalised, tr
from curvegui.core.learner.learner import Snapshot
from curvegui.core.run.record import RunRecord
from curvegui.session.many.wall import Wall
from curvegui.session.run.delivery import Phase
from curvegui.ui.actions.services import Services
from curvegui.ui.canvas.refresh import NUMBERS_S, PICTURE_S
from curvegui.ui.compare.dialog import WallDialog
from curvegui.ui.favourites.actions import FavouritesActions

CALM_S = 0.5  # between two pictures, with reduced motion


class WallActions(QObject):
    """Opens walls of seeds, races and walls along the noise, and makes one of their networks the run or a favourite."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._window, self._services, self._session = services.window, services, services.session
        self._favourites: FavouritesActions = services.features["favourites"]
        self._dialogs: list[WallDialog] = []
        self._rest_until = 0.0
        self._liked: list[tuple[WallDialog, str]] = []
        self._favourites.kept.connect(self._note_saved)
        services.refresh.add(self._refresh, PICTURE_S)
        services.refresh.add(self._refresh_numbers, 2 * NUMBERS_S)

    @Slot()
    def open(self) -> None:
        """Show the wall of seeds that is open, or begin a new wall."""
        self._raise_or_open(is_race=False)

    @Slot()
    def race(self) -> None:
        """Show the race of all optimisers that is open, or begin a new race."""
        self._raise_or_open(is_race=True, iterations=MILESTONES[-1], varied="optimizer")

    def _raise_or_open(self, is_race: bool, **plan: Any) -> None:
        for dialog in self._dialogs:
            if dialog.shown is None and dialog.wall.plan.is_race == is_race:
                dialog.raise_()
                dialog.activateWindow()
                return
        self._open(None, **plan)

    @Slot(object)
    def compare_noise(self, shown: Snapshot) -> None:
        """Show a wall along the noise, whose networks begin at a snapshot of the run."""
        self._open(shown, count=4, iterations=2_000, varied="noise", low=0.0, high=3.0)

    def _open(self, shown: Snapshot | None, **plan: Any) -> None:
        wall = Wall(self._session.gate, self._session.wanted, self)
        dialog = WallDialog(wall, lambda: self._session.config, WallPlan(**plan), shown=shown, parent=self._window)
        self._dialogs.append(dialog)
        dialog.taken_over.connect(partial(self._take_over, dialog))
        dialog.liked.connect(partial(self._like, dialog))
        dialog.grid.menu_wanted.connect(partial(self._open_menu, dialog))
        dialog.undone.connect(self._session.undo)
        dialog.finished.connect(lambda: self._dialogs.remove(dialog))
        dialog.show()

    def _refresh(self) -> bool:
        if not self._dialogs or perf_counter() < self._rest_until:
            return False
        is_calm = self._services.display.now.reduced_motion
        self._rest_until = perf_counter() + CALM_S if is_calm else 0.0
        for dialog in self._dialogs:
            dialog.grid.is_calm = is_calm
        return max(dialog.refresh() for dialog in self._dialogs)  # of all, not only up to the first that has news

    def _refresh_numbers(self) -> bool:
        return max((dialog.refresh_numbers() for dialog in self._dialogs), default=False)

    # One of them

    def _open_menu(self, dialog: WallDialog, position: QPoint) -> None:
        menu, member, wall = QMenu(dialog), dialog.grid.current, dialog.wall
        menu.setObjectName("wall.menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(capitalised(dialog.name(member))).setEnabled(False)
        menu.addSeparator()
        menu.addAction(tr("&Use this network\tEnter"), partial(self._take_over, dialog, member))
        menu.addAction(tr("Save to &favourites\tF"), partial(self._like, dialog, member))
        menu.addAction(tr("&Copy its seed"), partial(wall.record, member, partial(self._copy_seed, dialog)))
        if "pictures" in self._services.features:
            save = self._services.features["pictures"].save_record
            menu.addAction(tr("Save &picture of this…"), partial(wall.record, member, partial(save, dialog)))
        menu.popup(position)

    def _take_over(self, dialog: WallDialog, member: int) -> None:
        dialog.wall.record(member, partial(self._take_up, dialog, dialog.name(member)))

    def _take_up(self, dialog: WallDialog, name: str, record: RunRecord) -> None:
        """Make a network the run, which learns on if the run before learned."""
        session = self._session
        goes_on = session.phase is not Phase.PAUSED and not record.diverged
        documents, used = self._services.features["documents"], record.displayed_like(session.config)
        documents.put(used, tr("Use {name}", name=name), is_work=True)
        if goes_on:
            session.run()
        words = tr("Now continuing with {name}. Undo returns to the previous run.", name=name)
        self._services.notify(words)
        self._say(dialog, words)

    def _like(self, dialog: WallDialog, member: int) -> None:
        dialog.wall.record(member, partial(self._keep, dialog, dialog.name(member)))

    def _keep(self, dialog: WallDialog, name: str, record: RunRecord) -> None:
        self._liked.append((dialog, name))
        self._favourites.keep_record(record)

    def _copy_seed(self, dialog: WallDialog, record: RunRecord) -> None:
        QGuiApplication.clipboard().setText(str(record.config.seed))
        self._say(dialog, tr("Copied seed {seed}.", seed=record.config.seed))

    @Slot()
    def _note_saved(self) -> None:
        """Say in the wall that a network was saved, as the main window may be hidden."""
        if self._liked:
            dialog, name = self._liked[-1]
            self._say(dialog, tr("Saved {name} to favourites.", name=name))
        self._liked.clear()

    def _say(self, dialog: WallDialog, words: str) -> None:
        if dialog in self._dialogs:
            dialog.say(words)

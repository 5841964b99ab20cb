"""Opens the dialog that compares networks, and makes one of them the run or a favourite."""

from collections.abc import Callable
from functools import partial
from time import perf_counter

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from curvegui.core.ensemble.ensemble import MILESTONES
from curvegui.core.ensemble.plan import VARIED, WallPlan, usual_ranges
from curvegui.core.language.text import capitalised, mark, tr
from curvegui.core.learner.learner import Snapshot
from curvegui.core.run.record import RunRecord
from curvegui.core.settings.config import SETTINGS
from curvegui.session.many.wall import Wall
from curvegui.session.run.delivery import Phase
from curvegui.ui.actions.services import Services
from curvegui.ui.canvas.refresh import NUMBERS_S, PICTURE_S
from curvegui.ui.compare.dialog import Comparison, ComparisonDialog
from curvegui.ui.compare.sweep import SweepComparison
from curvegui.ui.compare.wall import WallComparison
from curvegui.ui.compare.workers import TrustedAddresses, WorkersChoice
from curvegui.ui.dialogs.choices import choices_to_text
from curvegui.ui.favourites.actions import FavouritesActions

CALM_S = 0.5  # between two pictures, with reduced motion
FIRST = "seed", "optimizer", "activation", "noise"  # kinds that are listed before the other settings
MANY, FOLDER = "many", "sweeps"  # the kind that is a sweep; the folder of the results, beside the favourites
WORDS = {"seed": mark("Seeds"), "optimizer": mark("Optimisers"), MANY: mark("Many settings…")}
ITERATIONS = {"optimizer": MILESTONES[-1]}  # where they are not as usual


class CompareActions(QObject):
    """Opens comparisons, and makes one of their networks the run or a favourite."""

    compared = Signal()  # all networks have made their iterations

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._window, self._services, self._session = services.window, services, services.session
        self._favourites: FavouritesActions = services.features["favourites"]
        self._dialog: ComparisonDialog | None = None
        self._trusted = TrustedAddresses()
        self._rest_until = 0.0
        self._liked: list[tuple[WallComparison, str]] = []
        self._favourites.kept.connect(self._note_saved)
        services.refresh.add(self._refresh, PICTURE_S)
        services.refresh.add(self._refresh_numbers, 2 * NUMBERS_S)

    def open(self, kind: str = "") -> None:
        """Show the dialog, at a kind of comparison: by default the kind that is there, or seeds."""
        self._show(kind or (self._shown_dialog().kind.currentData() or FIRST[0]))

    @Slot(object)
    def compare_noise(self, shown: Snapshot) -> None:
        """Show a wall along the noise, whose networks begin at a snapshot of the run."""
        plan = WallPlan(count=4, iterations=2_000, varied="noise", low=0.0, high=3.0)
        self._show("noise", self._wall(plan, shown))

    def _show(self, kind: str, instead: Comparison | None = None) -> None:
        dialog = self._shown_dialog()
        dialog.show()
        dialog.activateWindow()
        dialog.show_kind(kind, instead)

    def _shown_dialog(self) -> ComparisonDialog:
        """The dialog that is open, or a new one."""
        if self._dialog is None:
            here = self._services.availability
            order = dict.fromkeys((*FIRST, *VARIED, MANY))
            things = {each: "action.sweep" if each == MANY else f"setting.{each}" for each in order}
            kinds = {each: tr(WORDS[each]) if each in WORDS else SETTINGS[each].label for each in order}
            allowed = {each: words for each, words in kinds.items() if things[each] in here}
            self._dialog = ComparisonDialog(allowed or {FIRST[0]: kinds[FIRST[0]]}, self._made, self._window)
            self._dialog.finished.connect(self._forget)
        return self._dialog

    @Slot()
    def _forget(self) -> None:
        self._dialog = None

    def _made(self, kind: str) -> Comparison:
        if kind == MANY:
            return self._sweep()
        low, high = usual_ranges(self._session.config.optimizer).get(kind, (0.0, 0.0))
        return self._wall(WallPlan(iterations=ITERATIONS.get(kind, 10_000), varied=kind, low=low, high=high))

    def _wall(self, plan: WallPlan, shown: Snapshot | None = None) -> WallComparison:
        wall = Wall(self._session.gate, self._session.wanted, self)
        made = WallComparison(wall, lambda: self._session.config, plan, shown)
        made.grid.look = self._services.display.now.look
        made.taken_over.connect(partial(self._ask_for, self._take_up, made))
        made.liked.connect(partial(self._ask_for, self._keep, made))
        made.grid.menu_wanted.connect(partial(self._open_menu, made))
        made.undone.connect(self._session.undo)
        wall.phase_changed.connect(self._note_phase)
        return made

    @Slot(object)
    def _note_phase(self, phase: Phase) -> None:
        if phase is Phase.FINISHED:
            self.compared.emit()

    def _sweep(self) -> SweepComparison:
        choice = WorkersChoice.from_text(self._services.preferences.present.sweep)
        given = self._session.config, self._services.favourites.parent / FOLDER
        made = SweepComparison(*given, choice=choice, wanted=self._session.wanted, trusted=self._trusted)
        made.begun.connect(self._remember)
        made.run_chosen.connect(self._open_run)
        return made

    @property
    def _walls(self) -> list[WallComparison]:
        found = self._dialog.comparisons.values() if self._dialog is not None else ()
        return [each for each in found if isinstance(each, WallComparison)]

    def _refresh(self) -> bool:
        if not self._walls or perf_counter() < self._rest_until:
            return False
        display = self._services.display.now
        self._rest_until = perf_counter() + CALM_S if display.reduced_motion else 0.0
        for wall in self._walls:
            wall.grid.show_as(display.look, display.reduced_motion)
        return max([wall.refresh() for wall in self._walls])  # of all, not only up to the first that has news

    def _refresh_numbers(self) -> bool:
        return max([wall.refresh_numbers() for wall in self._walls], default=False)

    # One of them

    def _open_menu(self, comparison: WallComparison, position: QPoint) -> None:
        menu, member, wall = QMenu(comparison), comparison.grid.current, comparison.wall
        menu.setObjectName("wall.menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(capitalised(comparison.name(member))).setEnabled(False)
        menu.addSeparator()
        menu.addAction(tr("&Use this network\tEnter"), partial(self._ask_for, self._take_up, comparison, member))
        menu.addAction(tr("Save to &favourites\tF"), partial(self._ask_for, self._keep, comparison, member))
        menu.addAction(tr("&Copy its seed"), partial(self._ask_for, self._copy_seed, comparison, member))
        if "share" in self._services.features:
            save = self._services.features["share"].save_record
            dialog = comparison.window()
            menu.addAction(tr("Save &picture of this…"), partial(wall.record, member, partial(save, dialog)))
        menu.popup(position)

    def _ask_for(
        self, then: Callable[[WallComparison, str, RunRecord], object], comparison: WallComparison, member: int
    ) -> None:
        """Ask a wall for one of its networks; ``then`` gets the network's name and record."""
        comparison.wall.record(member, partial(then, comparison, comparison.name(member)))

    def _take_up(self, comparison: WallComparison, name: str, record: RunRecord) -> None:
        """Make a network the run, which learns on if the run before learned."""
        session = self._session
        goes_on = session.phase is not Phase.PAUSED and not record.diverged
        documents, used = self._services.features["documents"], record.displayed_like(session.config)
        documents.put(used, tr("Use {name}", name=name), is_work=True)
        if goes_on:
            session.run()
        words = tr("Now continuing with {name}. Undo returns to the previous run.", name=name)
        self._services.notify(words)
        self._say(comparison, words)

    def _keep(self, comparison: WallComparison, name: str, record: RunRecord) -> None:
        self._liked.append((comparison, name))
        self._favourites.keep_record(record)

    def _copy_seed(self, comparison: WallComparison, name: str, record: RunRecord) -> None:
        QGuiApplication.clipboard().setText(str(record.config.seed))
        self._say(comparison, tr("Copied seed {seed}.", seed=record.config.seed))

    @Slot()
    def _note_saved(self) -> None:
        """Say in the wall that a network was saved, as the main window may be hidden."""
        if self._liked:
            comparison, name = self._liked[-1]
            self._say(comparison, tr("Saved {name} to favourites.", name=name))
        self._liked.clear()

    def _say(self, comparison: WallComparison, words: str) -> None:
        if comparison in self._walls:
            comparison.say(words)

    @Slot(object)
    def _remember(self, choice: WorkersChoice) -> None:
        self._services.preferences.remember(sweep=choices_to_text(choice))

    @Slot(object, str)
    def _open_run(self, record: RunRecord, name: str) -> None:
        documents = self._services.features["documents"]
        documents.put(record.displayed_like(self._session.config), f"Sweep: {name}", is_work=True)

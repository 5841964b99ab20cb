"""A wall in the dialog: networks that learn side by side, the spread of their costs, and what to do with one."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from curvegui.core.ensemble.ensemble import WallSnapshot
from curvegui.core.ensemble.plan import Value, WallPlan
from curvegui.core.language.text import mark, tr
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.target import build_target
from curvegui.core.settings.config import TrainingConfig
from curvegui.figure.drawing.target_drawing import TargetDrawing
from curvegui.session.many.wall import Wall
from curvegui.session.run.delivery import Phase
from curvegui.ui.compare.dialog import Comparison
from curvegui.ui.compare.form import WallForm
from curvegui.ui.compare.grid import WallGrid
from curvegui.ui.compare.plot import WallPlot
from curvegui.ui.compare.race import RaceTable, fair_words
from curvegui.ui.compare.words import LONGEST_SPREAD, network_words, spread_words, value_words
from curvegui.ui.look.layouts import filled, named, side_by_side, styled
from curvegui.ui.look.scale import BETWEEN_PX
from curvegui.ui.widgets.form import CheckBox
from curvegui.ui.widgets.labels import SteadyText
from curvegui.ui.widgets.spoken import announce, announce_news

GRID_SHARE, RACE_SHARE = 5, 1  # of the height, to 2 for the plots: in a race, the costs are what is looked at
HINT = mark("Double-click a network, or press Enter, to continue with it. F saves it to favourites.")


class WallComparison(Comparison):
    """Shows a ``wall`` beside the run. It begins with ``plan`` when it is first seen; ``config`` returns the run's
    present settings for each new one. Networks can begin at a snapshot of the run that was ``shown``."""

    taken_over = Signal(int)  # a network is to be the run
    liked = Signal(int)  # a network is to be kept as a favourite
    undone = Signal()  # what was done last is to be taken back

    def __init__(
        self,
        wall: Wall,
        config: Callable[[], TrainingConfig],
        plan: WallPlan,
        shown: Snapshot | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.wall, self._config = wall, config
        self._values = tuple[Value, ...]()
        self.snapshot: WallSnapshot | None = None
        self._is_announced = True
        self.form, self.grid = WallForm(plan, shown), WallGrid()
        self.curves, self.plot, self.race = WallPlot(by_iteration=True), WallPlot(), RaceTable()
        self.spread_text = _steady("wall.spread", tr(LONGEST_SPREAD))
        self.network_text = _steady("wall.network", tr(HINT), "muted")
        named(self.curves, "wall.curves", tr("Cost curves"))
        plots = filled(QHBoxLayout(), (self.curves, 1), (self.plot, 1), edges=None, spacing=BETWEEN_PX)
        share = RACE_SHARE if plan.is_race else GRID_SHARE
        filled(QVBoxLayout(self), (self.grid, share), (plots, 2), self.race, spacing=BETWEEN_PX)
        self._fill()
        self._by_time.setVisible(plan.is_race)
        self.curves.setVisible(plan.varied == "noise")
        self.race.setVisible(plan.is_race)
        self.first = self.grid
        self.form.refused.connect(self._refuse)
        self.form.accepted.connect(self._forget_message)
        self.form.entered.connect(self._begin)
        self.grid.chosen.connect(self.taken_over)
        for view in (self.grid, self.curves, self.plot):
            view.pointed.connect(self._point_at)
        self.race.pointed.connect(self.grid.go_to)
        self.race.chosen.connect(self.taken_over)
        self.grid.ordered.connect(self.race.put_in_order)
        self.wall.phase_changed.connect(self._show_phase)
        self.wall.failed.connect(self._refuse)
        self.undone.connect(self._forget_message)
        QShortcut(QKeySequence("F"), self).activated.connect(partial(self._choose_current, self.liked))
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self).activated.connect(self.undone)

    def _fill(self) -> None:
        """Fill the column at the right, and the row of buttons."""
        begin = _button("begin", tr("&Restart"), tr("Start again with the current settings of the run"), self._begin)
        pause_tip = tr("Pause all networks, or continue; at the end, for as many iterations again")
        self._pause = _button("pause", tr("&Pause"), pause_tip, self._pause_or_go_on)
        order_tip = tr("Lowest cost first, sorted again every two seconds, but not while you point at it")
        by_cost = named(CheckBox(tr("Sort by &cost")), "wall.by_cost", tip=order_tip)
        by_cost.toggled.connect(self.grid.set_by_cost)
        self._by_time = named(CheckBox(tr("Cost by the time of computin&g")), "wall.by_time")
        self._by_time.toggled.connect(self.plot.set_by_seconds)
        self._caption = styled(named(QLabel(wordWrap=True), "wall.caption"), "muted")
        use_tip = tr("Continue with the marked network; Undo returns to the current run (Enter)")
        self._use = _button("adopt", tr("&Use this network"), use_tip, partial(self._choose_current, self.taken_over))
        keep_tip = tr("Save the marked network, with its run, as a favourite (F)")
        keep = _button("keep", tr("Save to &favourites"), keep_tip, partial(self._choose_current, self.liked))
        texts = self.spread_text, self._caption, self.network_text
        working = side_by_side(begin, self._pause)
        self._lay_out(self.form, working, by_cost, self._by_time, *texts, at_end=(keep, self._use))

    # The wall

    def come(self) -> None:
        self._use.setDefault(True)
        if not self.wall.configs:
            self._begin()

    def end(self) -> None:
        self.wall.close()

    @Slot()
    def _begin(self) -> None:
        """Begin with other networks, from the run's present settings or from the snapshot at which they begin."""
        start = self.form.start
        config = self._config() if start is None else start.config
        try:
            self.wall.begin(self.form.plan(), config, start)
        except ValueError as error:
            self._refuse(str(error))
            return
        plan = self.wall.plan
        self._forget_message()
        self._values, self.snapshot = plan.values(config), None
        self.grid.show_wall(plan, self._values, TargetDrawing.of(build_target(config)))
        for plot in (self.curves, self.plot):
            plot.show_wall(plan, self._values)
        self.race.show_wall(plan, self._values)
        self._caption.setText(fair_words(plan))
        self._show_phase(self.wall.phase)

    @Slot(object)
    def _show_phase(self, phase: Phase) -> None:
        self._pause.setText(tr("&Pause") if phase is Phase.LEARNING else tr("&Continue"))
        self._pause.setEnabled(bool(self.wall.configs) and phase is not Phase.FAILED)

    @Slot()
    def _pause_or_go_on(self) -> None:
        if self.wall.phase is Phase.LEARNING:
            self.wall.pause()
        else:
            self.wall.go_on()

    def refresh(self) -> bool:
        if (snapshot := self.wall.newest()) is not None:
            self.snapshot, self._is_announced = snapshot, False
            self.grid.show_snapshot(snapshot)
        return self.grid.refresh()

    def refresh_numbers(self) -> bool:
        """Bring the plots and the words up to date; return whether anything had changed."""
        snapshot = self.snapshot
        if snapshot is None or self._is_announced:
            return False
        self._is_announced = True
        self.spread_text.write(spread_words(self.wall.plan, self._values, snapshot))
        for plot in (self.curves, self.plot):
            plot.show_snapshot(snapshot, self.wall.goal)
            plot.refresh()
        self.race.put_in_order(self.grid.order)
        if leads := self.race.show_snapshot(snapshot):
            self.network_text.say(leads)
            announce_news(self, "race", leads)
        return True

    # One of them

    @Slot(int)
    def _point_at(self, member: int) -> None:
        for view in (self.grid, self.curves, self.plot):
            view.point_at(member)
        if member < 0 or not self._values:
            self._forget_message()
        else:
            self.network_text.say(network_words(self.wall.plan, self._values[member], self.snapshot, member))

    def name(self, member: int) -> str:
        """The name of a network: its value of the setting along the wall, such as "seed 7"."""
        return value_words(self.wall.plan.varied, self._values[member])

    def _choose_current(self, what_for: SignalInstance) -> None:
        """Say what is to be done with the network that the keys are at, if there are any."""
        if self._values:
            what_for.emit(self.grid.current)

    @Slot(str)
    def _refuse(self, reason: str) -> None:
        self.say(reason, error=True)

    def say(self, words: str, error: bool = False) -> None:
        self.network_text.say(words, error=error)
        announce(self, words)

    @Slot()
    def _forget_message(self) -> None:
        self.network_text.say(tr(HINT))


def _steady(name: str, longest: str, *styles: str) -> SteadyText:
    label = styled(named(QLabel(longest if styles else "", wordWrap=True), name), *styles)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    return SteadyText(label, longest)


def _button(name: str, words: str, tip: str, does: Callable[[], object]) -> QPushButton:
    button = named(QPushButton(words, autoDefault=False), f"wall.{name}", tip=tip)
    button.clicked.connect(does)
    return button

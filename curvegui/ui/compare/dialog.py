"""The window with the wall: networks that learn side by side, the spread of their costs, and what to do with one."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QRadioButton, QVBoxLayout, QWidget

from curvegui.core.ensemble.ensemble import WallSnapshot
from curvegui.core.ensemble.plan import Value, WallPlan
from curvegui.core.language.text import mark, tr, within
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.target import build_target
from curvegui.core.settings.config import SETTINGS, TrainingConfig
from curvegui.figure.drawing.target_drawing import TargetDrawing
from curvegui.session.many.wall import Wall
from curvegui.session.run.delivery import Phase
from curvegui.ui.compare.form import WallForm
from curvegui.ui.compare.grid import WallGrid
from curvegui.ui.compare.plot import WallPlot
from curvegui.ui.compare.race import RaceBoard, heading
from curvegui.ui.compare.words import LONGEST_SPREAD, network_words, spread_words, value_words
from curvegui.ui.dialogs.question import Dialog
from curvegui.ui.look.layouts import filled, line_px, named, open_as_large_as, side_by_side, styled
from curvegui.ui.widgets.labels import SteadyText
from curvegui.ui.widgets.scrolled import FocusPage
from curvegui.ui.widgets.spoken import announce, announce_news

LINES, RACE_LINES = (60, 48), (80, 50)  # the window's width and height at first, in heights of a line of text
NARROW_LINES, NAMED_LINES = 66, 12  # of a race: the width with the table below the plot; a plot with room for all names
EDGES_PX = 16, 14, 16, 14  # left, top, right and bottom, inside of the window
GRID_SHARE, RACE_SHARE = 5, 1  # of the height, to 2 for the plots: in a race, the costs are what is looked at
RESTART = mark("Press Restart to vary the {setting}.")
HINT = mark("Double-click a network, or press Enter, to continue with it. F saves it to favourites.")


class WallDialog(Dialog):
    """Shows a wall beside the run, and closes the wall with the window. The first wall is ``plan``; ``config`` returns
    the run's present settings for each new one. Networks can begin at a snapshot of the run that was ``shown``."""

    taken_over = Signal(int)  # a network is to be the run
    liked = Signal(int)  # a network is to be kept as a favourite
    undone = Signal()  # what was done last is to be taken back

    def __init__(
        self,
        wall: Wall,
        config: Callable[[], TrainingConfig],
        plan: WallPlan,
        *,
        shown: Snapshot | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("wall", tr("Compare amounts of noise"), parent)
        self.wall, self.shown, self._config = wall, shown, config
        self._values = tuple[Value, ...]()
        self.snapshot: WallSnapshot | None = None
        self._is_announced = True
        self.form, self.grid = WallForm(plan, config().optimizer, shown), WallGrid()
        self.curves, self.plot, self.race = WallPlot(by_iteration=True), WallPlot(), RaceBoard()
        self._spread = named(QLabel(wordWrap=True), "wall.spread")
        self._network = styled(named(QLabel(tr(HINT), wordWrap=True), "wall.network"), "muted")
        for label in (self._spread, self._network):
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.spread_text = SteadyText(self._spread, tr(LONGEST_SPREAD))
        self.network_text = SteadyText(self._network, tr(HINT))
        named(self.curves, "wall.curves", tr("Cost curves")).hide()
        page = QWidget()
        self._plots = filled(QHBoxLayout(), (self.curves, 1), (self.plot, 1), self.race, edges=None, spacing=10)
        parts = self.form, (self.grid, GRID_SHARE), (self._plots, 2), self.spread_text
        self._column = filled(QVBoxLayout(page), *parts, spacing=10)
        self._page = FocusPage()
        self._page.hold(page)
        filled(QVBoxLayout(self), (self._page, 1), self.network_text, self._buttons(), edges=EDGES_PX, spacing=8)
        open_as_large_as(self, RACE_LINES if plan.is_race else LINES)
        self.form.refused.connect(self._refuse)
        self.form.accepted.connect(self._forget_message)
        self.form.chosen.connect(self._offer)
        self.grid.chosen.connect(self.taken_over)
        for view in (self.grid, self.curves, self.plot):
            view.pointed.connect(self._point_at)
        self.race.pointed.connect(self.grid.go_to)
        self.race.chosen.connect(self.taken_over)
        self.grid.ordered.connect(self.race.put_in_order)
        self.wall.phase_changed.connect(self._show_phase)
        self.wall.failed.connect(self._refuse)
        self.finished.connect(self.wall.close)
        self.undone.connect(self._forget_message)
        QShortcut(QKeySequence("F"), self).activated.connect(self._keep)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self).activated.connect(self.undone)
        self.grid.setFocus()
        self._begin()

    def _buttons(self) -> QWidget:
        """The buttons of the window, and the choice of the networks' order."""
        begin = _button("begin", tr("&Restart"), tr("Start again with the current settings of the run"), self._begin)
        begin.setDefault(True)
        pause_tip = tr("Pause all networks, or continue; at the end, for as many iterations again")
        self._pause = _button("pause", tr("&Pause"), pause_tip, self._pause_or_go_on)
        use_tip = tr("Continue with the marked network; Undo returns to the current run (Enter)")
        use = _button("adopt", tr("&Use this network"), use_tip, self._take_over)
        keep_tip = tr("Save the marked network, with its run, as a favourite (F)")
        keep = _button("keep", tr("Save to &favourites"), keep_tip, self._keep)
        close = _button("close", tr("Close"), tr("Close the wall"), self.close)
        as_they_are = named(QRadioButton(tr("Original &order")), "wall.as_they_are")
        as_they_are.setChecked(True)
        order_tip = tr("Lowest cost first, sorted again every two seconds, but not while you point at it")
        by_cost = named(QRadioButton(tr("By &cost")), "wall.by_cost", tip=order_tip)
        by_cost.toggled.connect(self.grid.set_by_cost)
        return side_by_side(begin, self._pause, use, keep, close, side_by_side(as_they_are, by_cost))

    # The wall

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
        if self.shown is None:
            self.setWindowTitle(heading(plan))
        self._values, self.snapshot = plan.values(config), None
        self.grid.show_wall(plan, self._values, TargetDrawing.of(build_target(config)))
        self.curves.setVisible(plan.varied == "noise")
        for plot in (self.curves, self.plot):
            plot.show_wall(plan, self._values)
        self.race.show_wall(plan, self._values)
        self._turn_plots()
        self._column.setStretchFactor(self.grid, RACE_SHARE if plan.is_race else GRID_SHARE)
        self._show_phase(self.wall.phase)

    @Slot(object)
    def _show_phase(self, phase: Phase) -> None:
        self._pause.setText(tr("&Pause") if phase is Phase.LEARNING else tr("&Continue"))
        self._pause.setEnabled(phase is not Phase.FAILED)

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

    @Slot()
    def _take_over(self) -> None:
        if self._values:
            self.taken_over.emit(self.grid.current)

    @Slot()
    def _keep(self) -> None:
        if self._values:
            self.liked.emit(self.grid.current)

    @Slot(str)
    def _refuse(self, reason: str) -> None:
        self.say(reason, error=True)

    def say(self, words: str, error: bool = False) -> None:
        self.network_text.say(words, error=error)
        announce(self, words)

    @Slot(str)
    def _offer(self, varied: str) -> None:
        """Say how to vary another setting; the present networks learn on."""
        is_there = varied == self.wall.plan.varied
        self.network_text.say(tr(HINT) if is_there else tr(RESTART, setting=within(SETTINGS[varied])))

    @Slot()
    def _forget_message(self) -> None:
        self.network_text.say(tr(HINT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn_plots()

    def _turn_plots(self) -> None:
        line, is_race = line_px(self), not self.race.isHidden()
        is_low = is_race and self.width() < NARROW_LINES * line
        self.plot.setMinimumHeight(NAMED_LINES * line if is_race else 0)
        self._plots.setDirection(QBoxLayout.Direction.TopToBottom if is_low else QBoxLayout.Direction.LeftToRight)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.wall.close()
        super().closeEvent(event)


def _button(name: str, words: str, tip: str, does: Callable[[], object]) -> QPushButton:
    button = named(QPushButton(words, autoDefault=False), f"wall.{name}", tip=tip)
    button.clicked.connect(does)
    return button

"""The dialog of a sweep: what is varied, what came of it, and a run of it taken up."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.core.language.text import mark, tr, tr_n
from curvegui.core.regular_file import is_folder
from curvegui.core.run.record import RunRecord
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.sweep.plan import SweepPlan
from curvegui.core.sweep.table import Row
from curvegui.session.many.sweep import SweepRun
from curvegui.sweeps.executor import Executor, Outcome
from curvegui.sweeps.local_pool import LocalPool
from curvegui.sweeps.results import KeptSweep, sweep_name
from curvegui.ui.dialogs.dialog import Dialog
from curvegui.ui.dialogs.paths import show_folder
from curvegui.ui.dialogs.save_dialog import PROGRESS_STEPS, message_label, progress_bar, write
from curvegui.ui.look.layouts import filled, open_as_large_as, side_by_side
from curvegui.ui.sweep.form import SweepForm
from curvegui.ui.sweep.model import SweepProgress
from curvegui.ui.sweep.place import AT_FIRST, PlaceChoices
from curvegui.ui.sweep.results import SweepResults
from curvegui.ui.sweep.trust import TrustedAddresses
from curvegui.ui.widgets.numbers import format_number
from curvegui.ui.widgets.scrolled import ScrollPage

LINES = 66, 44  # the window's width and height at first, in heights of a line of text
KIND = mark("Sweeps (*.jsonl)")


class SweepDialog(Dialog):
    """Carries out sweeps; the run goes on beside them.

    All settings of ``base`` that are not varied stay. The results are kept in ``folder``, which is made where it is
    missing. The ``executor`` is this computer, its processes unless given; ``choices`` say where the runs are carried
    out at first, and ``wanted`` what computes them where that is worth preparing.
    """

    begun = Signal(object)  # PlaceChoices: a sweep is being carried out there
    run_chosen = Signal(object, str)  # RunRecord: a person wants to have this run, and what it is called

    def __init__(
        self,
        base: TrainingConfig,
        folder: Path,
        executor: Executor | None = None,
        *,
        choices: PlaceChoices = AT_FIRST,
        wanted: Arithmetic = USUAL,
        trusted: TrustedAddresses | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sweep")
        self.setWindowTitle(tr("Sweep: many settings at once"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._folder, self._executor, self._wanted = folder, executor or LocalPool(), wanted
        self._work: SweepRun | None = None
        self._trusted = TrustedAddresses() if trusted is None else trusted
        self._so_far, self._name = SweepProgress(folder), ""
        self._form, self._results = SweepForm(base, choices), SweepResults()
        self._words, self._message, self._progress = message_label(), message_label(), progress_bar()
        self._begin_button, self._stop_button = QPushButton(tr("&Start the sweep")), QPushButton(tr("Sto&p"))
        self._open_button, self._take_button = QPushButton(tr("&Open results…")), QPushButton(tr("Open as r&un"))
        self._show_button, self._close_button = QPushButton(tr("Show in &folder")), QPushButton(tr("Close"))
        self._name_parts()
        self._lay_out()
        self._connect()
        self._set_busy(False)
        self._show_plan()

    def _name_parts(self) -> None:
        named: dict[str, QWidget] = {
            "words": self._words, "message": self._message, "progress": self._progress, "begin": self._begin_button,
            "stop": self._stop_button, "open": self._open_button, "take": self._take_button,
            "show": self._show_button, "close": self._close_button,
        }  # fmt: skip
        for key, widget in named.items():
            widget.setObjectName(f"sweep.{key}")
        self._begin_button.setDefault(True)

    def _lay_out(self) -> None:
        buttons = side_by_side(
            self._begin_button, self._stop_button, self._take_button, self._open_button, self._show_button,
            self._close_button,
        )  # fmt: skip
        below = self._progress, self._words, self._form.place.warning, self._message, buttons
        parts = ScrollPage(self._form), (self._results, 1), *below
        filled(QVBoxLayout(self), *parts, edges=(18, 16, 18, 16), spacing=12)
        open_as_large_as(self, LINES)

    def _connect(self) -> None:
        self._form.changed.connect(self._show_plan)
        self._begin_button.clicked.connect(self._begin)
        self._stop_button.clicked.connect(self.stop)
        self._open_button.clicked.connect(self._ask_file)
        self._take_button.clicked.connect(self._take_selected)
        self._show_button.clicked.connect(self._show_folder)
        self._close_button.clicked.connect(self.close)
        self._results.chosen.connect(self._take)
        self._results.selection_changed.connect(self._allow)
        self.finished.connect(self.stop)  # what has arrived is kept

    # What is varied

    @Slot()
    def _show_plan(self) -> None:
        """Say how many runs the fields ask for, or what is wrong with them."""
        plan, trouble = self._planned(), self._form.place.trouble
        self._form.show_read(None if isinstance(plan, str) else plan)
        if isinstance(plan, str) or trouble:
            write(self._message, plan if isinstance(plan, str) else trouble, error=True)
        else:
            self._message.hide()
            self._begin_button.setText(
                tr_n("&Start {count} run", "&Start {count} runs", plan.count, count=format_number(plan.count))
            )
        self._begin_button.setEnabled(self._work is None and not isinstance(plan, str) and not trouble)
        self._allow()

    def _planned(self) -> SweepPlan | str:
        try:
            return self._form.plan()
        except ValueError as error:
            return str(error)

    # The sweep

    @Slot()
    def _begin(self) -> None:
        """Carry out what the fields ask for, or what is missing of it."""
        plan, kept, place = self._planned(), self._results.kept, self._form.place
        if self._work is not None or isinstance(plan, str) or place.trouble:
            return
        if not self._trusted.allow(place.risky_address, self, self._begin):
            return
        if kept is None or kept.plan != plan:
            self._so_far.path = self._folder / sweep_name(plan)
        elsewhere = place.executor(is_trusted=place.risky_address in self._trusted)
        self._so_far.waits_for = place.choices.address if elsewhere else ""
        self._new_work().carry_out(self._so_far.path, plan, elsewhere or self._executor, self._wanted)
        self.begun.emit(place.choices)

    def _new_work(self) -> SweepRun:
        self._work = work = SweepRun(self)
        work.opened.connect(self._show_kept)
        work.arrived.connect(self._add)
        work.taken_up.connect(self._hand_on)
        work.ended.connect(self._finish)
        self._so_far.begin()
        self._message.hide()
        self._set_busy(True)
        return work

    @Slot()
    def stop(self) -> None:
        """Stop what is under way; what has arrived is kept."""
        if self._work is not None:
            self._work.stop()

    @Slot(object)
    def _show_kept(self, kept: KeptSweep) -> None:
        self._results.show_kept(kept)
        self._so_far.open(kept)
        if self._planned() != kept.plan:
            self._form.show_plan(kept.plan)
        self._say_how_far()

    @Slot(object)
    def _add(self, outcomes: list[Outcome]) -> None:
        self._results.add(self._so_far.add(outcomes))
        self._say_how_far()

    def _say_how_far(self) -> None:
        kept = self._results.kept
        if kept is None:
            return
        count, there = len(kept.tasks), self._results.shown
        words = self._so_far.words(count, there, has_fields=self._planned() == kept.plan)
        write(self._words, words, error=bool(self._so_far.failures))
        self._progress.setValue(round(there / count * PROGRESS_STEPS))

    @Slot(str)
    def _finish(self, problem: str) -> None:
        if self._work is None or self.sender() is not self._work:
            return
        self._work.deleteLater()
        self._work, self._so_far.waits_for = None, ""
        self._set_busy(False)
        self._results.select_one()
        self._say_how_far()
        self._show_plan()
        if problem:
            write(self._message, problem, error=True)

    def _set_busy(self, busy: bool) -> None:
        self._form.set_busy(busy)
        self._progress.setVisible(busy)
        self._stop_button.setEnabled(True)  # until there is another button for the keys to go to
        for button in (self._begin_button, self._open_button):
            button.setEnabled(not busy)
        self._stop_button.setEnabled(busy)
        self._allow()

    # Results that are there

    @Slot()
    def _allow(self) -> None:
        """Open the run that is selected, if one is; Enter does so where the fields ask for nothing new."""
        can_take, kept = self._work is None and self._results.selected is not None, self._results.kept
        self._take_button.setEnabled(can_take)
        is_done = can_take and kept is not None and kept.plan == self._planned()
        (self._take_button if is_done else self._begin_button).setDefault(True)

    @Slot()
    def _ask_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Open sweep results"), str(self._folder), tr(KIND))
        if chosen:
            self.open_file(Path(chosen))

    def open_file(self, path: Path) -> None:
        """Show what a file keeps of a sweep."""
        if self._work is None:
            self._so_far.path = path
            self._new_work().read(path)

    @Slot()
    def _take_selected(self) -> None:
        if (row := self._results.selected) is not None:
            self._take(row)

    @Slot(object)
    def _take(self, row: Row) -> None:
        """Make a run of a row."""
        if self._work is None:
            self._name = row.task.name
            self._new_work().take_up(row.task, row.result)

    @Slot(object)
    def _hand_on(self, record: RunRecord) -> None:
        self.run_chosen.emit(record, self._name)

    @Slot()
    def _show_folder(self) -> None:
        path = self._so_far.path
        show_folder(path if is_folder(path) else path.parent, self)

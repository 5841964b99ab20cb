"""A sweep in the dialog: what is varied, the results, and one of its runs opened in the window."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from curvegui.core.engine.backend import NUMPY, Backend
from curvegui.core.language.text import mark, tr, tr_n
from curvegui.core.regular_file import is_folder
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.sweep.plan import SweepPlan
from curvegui.session.many.sweep import SweepRun
from curvegui.sweeps.executor import Outcome, Workers
from curvegui.sweeps.local_pool import LocalPool
from curvegui.sweeps.results import KeptSweep, sweep_name
from curvegui.ui.compare.dialog import Comparison
from curvegui.ui.compare.results import SweepResults
from curvegui.ui.compare.sweep_form import SweepForm
from curvegui.ui.compare.workers import AT_FIRST, TrustedAddresses, WorkersChoice
from curvegui.ui.dialogs.paths import show_folder
from curvegui.ui.dialogs.progress import PROGRESS_STEPS, message_label, progress_bar, write
from curvegui.ui.look.layouts import filled, named, side_by_side
from curvegui.ui.widgets.numbers import format_number

KIND = mark("Sweeps (*.jsonl)")


class SweepComparison(Comparison):
    """Carries out sweeps of ``base`` beside the run, and keeps their results in ``folder``. ``workers`` are those of
    this computer; ``choice`` and ``wanted`` say who computes at first, and with which engine."""

    begun = Signal(object)  # WorkersChoice: a sweep is being carried out by them
    run_chosen = Signal(object, str)  # RunRecord: a person wants to have this run, and what it is called
    guide = "Many settings at once"

    def __init__(
        self,
        base: TrainingConfig,
        folder: Path,
        workers: Workers | None = None,
        *,
        choice: WorkersChoice = AT_FIRST,
        wanted: Backend = NUMPY,
        trusted: TrustedAddresses | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._folder, self.workers, self._wanted = folder, workers or LocalPool(), wanted
        self._work: SweepRun | None = None
        self._trusted = TrustedAddresses() if trusted is None else trusted
        self._path = folder
        self.form, self._results = SweepForm(base, choice), SweepResults()
        self._words, self._message = named(message_label(), "sweep.words"), named(message_label(), "sweep.message")
        self._progress = named(progress_bar(), "sweep.progress")
        policy = self._progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._progress.setSizePolicy(policy)
        self.form.changed.connect(self._show_plan)
        self._results.chosen.connect(self._take)
        self._results.selection_changed.connect(self.come)
        self._buttons = dict[str, QPushButton]()
        for name, text, does in (
            ("begin", tr("&Start the sweep"), self._begin),
            ("stop", tr("Sto&p"), self.end),
            ("take", tr("Open as r&un"), self._take),
            ("open", tr("&Open results…"), self._ask_file),
            ("show", tr("Show in &folder"), self._show_folder),
        ):
            self._buttons[name] = named(QPushButton(text), f"sweep.{name}")
            self._buttons[name].clicked.connect(does)
        begin, stop, take, *left = self._buttons.values()
        filled(QVBoxLayout(self), (self._results, 1))
        texts = self._progress, self._words, self.form.workers.warning, self._message
        self._lay_out(self.form, side_by_side(begin, stop), *texts, at_left=left, at_end=(take,))
        self.first = self.form.first
        self._show_plan()

    # What is varied

    @Slot()
    def _show_plan(self) -> None:
        plan, trouble = self._planned(), self.form.workers.trouble
        self.form.show_read(None if isinstance(plan, str) else plan)
        if isinstance(plan, str) or trouble:
            write(self._message, plan if isinstance(plan, str) else trouble, error=True)
        else:
            self._message.hide()
            count = format_number(plan.count)
            self._buttons["begin"].setText(tr_n("&Start {count} run", "&Start {count} runs", plan.count, count=count))
        self.come()

    def _planned(self) -> SweepPlan | str:
        try:
            return self.form.plan()
        except ValueError as error:
            return str(error)

    # The sweep

    @Slot()
    def _begin(self) -> None:
        """Carry out the sweep that the fields ask for, or the part of it that is missing."""
        plan, kept, workers = self._planned(), self._results.kept, self.form.workers
        if self._work is not None or isinstance(plan, str) or workers.trouble:
            return
        if not self._trusted.allow(workers.risky_address, self, self._begin):
            return
        if kept is None or kept.plan != plan:
            self._path = self._folder / sweep_name(plan)
        cluster = workers.cluster(is_trusted=workers.risky_address in self._trusted)
        self._results.waits_for = workers.choice.address if cluster else ""
        self._new_work().carry_out(self._path, plan, cluster or self.workers, self._wanted)
        self.begun.emit(workers.choice)

    def _new_work(self) -> SweepRun:
        self._work = work = SweepRun(self)
        work.opened.connect(self._show_kept)
        work.arrived.connect(self._add)
        work.ended.connect(self._finish)
        self._results.failures = []
        self._message.hide()
        self.come()
        return work

    @Slot()
    def end(self) -> None:
        """Stop the sweep that is under way; results that have arrived are kept."""
        if self._work is not None:
            self._work.stop()

    @Slot(object)
    def _show_kept(self, kept: KeptSweep) -> None:
        self._results.show_kept(kept)
        if self._planned() != kept.plan:
            self.form.show_plan(kept.plan)
        self._say_how_far()

    @Slot(object)
    def _add(self, outcomes: list[Outcome]) -> None:
        self._results.add(outcomes)
        self._say_how_far()

    def _say_how_far(self) -> None:
        kept = self._results.kept
        if kept is None:
            return
        words = self._results.words(self._path, has_fields=self._planned() == kept.plan)
        write(self._words, words, error=bool(self._results.failures))
        self._progress.setValue(round(self._results.shown / len(kept.tasks) * PROGRESS_STEPS))

    @Slot(str)
    def _finish(self, problem: str) -> None:
        if self._work is None or self.sender() is not self._work:
            return
        self._work.deleteLater()
        self._work, self._results.waits_for = None, ""
        self.come()
        self._results.select_one()
        self._say_how_far()
        self._show_plan()
        if problem:
            write(self._message, problem, error=True)

    @Slot()
    def come(self) -> None:
        """Enable what can be done now; Enter opens the selected run if the fields ask for no other sweep."""
        plan, kept, is_free = self._planned(), self._results.kept, self._work is None
        can_begin = is_free and not isinstance(plan, str) and not self.form.workers.trouble
        can_take = is_free and self._results.selected is not None
        self.form.setEnabled(is_free)
        self._progress.setVisible(not is_free)
        can = {"stop": True, "begin": can_begin, "open": is_free, "take": can_take}
        for name, is_possible in can.items():
            self._buttons[name].setEnabled(is_possible)
        self._buttons["stop"].setEnabled(not is_free)  # now that there is another button for the keys to go to
        is_done = can_take and kept is not None and kept.plan == plan
        if self.isVisible():  # else another comparison has the default button
            self._buttons["take" if is_done else "begin"].setDefault(True)

    # Results that are there

    @Slot()
    def _ask_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Open sweep results"), str(self._folder), tr(KIND))
        if chosen:
            self.open_file(Path(chosen))

    def open_file(self, path: Path) -> None:
        """Show the sweep that a file has."""
        if self._work is None:
            self._path = path
            self._new_work().read(path)

    @Slot()
    def _take(self) -> None:
        if self._work is None and (row := self._results.selected) is not None:
            work = self._new_work()
            work.taken_up.connect(lambda record: self.run_chosen.emit(record, row.task.name))
            work.take_up(row.task, row.result)

    @Slot()
    def _show_folder(self) -> None:
        show_folder(self._path if is_folder(self._path) else self._path.parent, self)

"""The dialog of a sweep: fields, table and picture; stopped and gone on with; opened again; a run of it taken up."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QLineEdit, QProgressBar, QPushButton, QSpinBox, QTableView

from curvegui.core.engine.backend import NUMPY
from curvegui.core.settings.config import SETTINGS, TrainingConfig
from curvegui.core.settings.setting_changes import without_display
from curvegui.core.sweep.plan import NOT_VARIED, SweepPlan, parsed_axis
from curvegui.core.sweep.task import run_task
from curvegui.sweeps.results import SweepFile, read_sweep
from curvegui.ui.compare.actions import MANY
from curvegui.ui.compare.dialog import ComparisonDialog
from curvegui.ui.compare.results import SweepChart, SweepModel
from curvegui.ui.compare.sweep import SweepComparison
from curvegui.ui.compare.sweep_form import SweepForm
from curvegui.ui.look.theme import DARK, LIGHT
from curvegui.ui.widgets.numbers import format_cost
from tests.core.runs import C
from tests.help.workers import Here
from tests.sweeps.plans import PLAN, kept
from tests.ui.person import put_on

pytestmark = pytest.mark.costly

BASE = TrainingConfig(hidden=(3,), points=9, iterations=60)


def shown_in_dialog(qtbot, sweep):
    """A dialog that shows a sweep alone."""
    dialog = ComparisonDialog({MANY: "Many"}, lambda kind: sweep)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.show_kind(MANY)
    return dialog


class Hands:
    """A dialog that shows a sweep, and hands for it."""

    def __init__(self, dialog, qtbot, folder):
        self.dialog, self._qtbot, self.folder = dialog, qtbot, folder
        self.sweep, self.chosen = dialog.shown, []
        self.sweep.run_chosen.connect(lambda record, name: self.chosen.append((record, name)))

    def part(self, kind, name):
        return self.dialog.findChild(kind, f"sweep.{name}")

    def text(self, name):
        return self.part(QLabel, name).text() if self.part(QLabel, name).isVisible() else ""

    def button(self, name):
        return self.part(QPushButton, name)

    @property
    def model(self):
        return self.part(QTableView, "table").model()

    def press(self, name):
        self.button(name).click()

    def wait_until_done(self):
        self._qtbot.waitUntil(lambda: not self.button("stop").isEnabledTo(self.dialog))

    def numbers(self):
        return [row.task.number for row in self.model.rows]


@pytest.fixture
def sweep_dialog(qtbot, tmp_path):
    opened = []

    def open_sweep(workers=None, base=BASE):
        dialog = shown_in_dialog(qtbot, SweepComparison(base, tmp_path / "sweeps", workers or Here()))
        opened.append(dialog)
        return Hands(dialog, qtbot, tmp_path / "sweeps")

    yield open_sweep
    for dialog in opened:
        dialog.close()


@pytest.mark.slow
def test_it_says_how_many_runs_it_would_be_carries_them_out_sorts_them_and_makes_a_run_of_a_row(sweep_dialog, qtbot):
    hands = sweep_dialog()
    assert hands.button("begin").text() == "&Start 42 runs"
    hands.press("begin")
    hands.wait_until_done()
    assert hands.model.rowCount() == 42
    costs = [row.result.cost for row in hands.model.rows]
    assert costs == sorted(costs)
    (path,) = hands.folder.iterdir()
    assert len(read_sweep(path).results) == 42
    assert hands.text("words") == f"42 of 42 runs, saved in {path}"
    assert not hands.part(QProgressBar, "progress").isVisible()

    table = hands.part(QTableView, "table")
    assert hands.dialog.focusWidget() is table
    shown = {hands.model.index(row, 2).data() for row in range(42)}
    assert shown == {"0.1", "0.316", "1", "3.16", "10", "31.6", "100"}
    assert {row.task.config.aggression for row in hands.model.rows} == set(map(float, shown))  # so has the window
    place = table.visualRect(hands.model.index(0, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert hands.chosen == []
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: bool(hands.chosen))
    hands.wait_until_done()
    (record, name), row = hands.chosen[0], hands.model.rows[0]
    assert name == row.task.name
    assert record.config == row.task.config
    table.selectRow(1)
    hands.press("take")
    qtbot.waitUntil(lambda: len(hands.chosen) == 2)
    assert hands.chosen[1][0].config == hands.model.rows[1].task.config

    table.selectRow(0)
    best = hands.model.rows[0].task.number
    for column in range(hands.model.columnCount()):
        table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
        (selected,) = table.selectionModel().selectedRows()
        assert hands.model.rows[selected.row()].task.number == best
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert hands.numbers() == list(range(42))

    for theme in (LIGHT, DARK):
        put_on(theme)
        image = hands.dialog.findChild(SweepChart, "sweep.chart").grab().toImage()
        assert (image.pixelColor(QPoint(1, 1)).lightness() > 128) == (theme is LIGHT)


def test_tab_goes_from_the_kinds_to_the_table_and_through_the_fields(sweep_dialog, tmp_path):
    keep_some(tmp_path / "some.jsonl", SweepPlan(BASE, (parsed_axis("noise=0,1"),)))
    hands, seen = sweep_dialog(), []
    assert hands.part(QTableView, "table").isVisible()  # or the chart would leap when the first results come
    hands.sweep.open_file(tmp_path / "some.jsonl")
    hands.wait_until_done()
    dialog = hands.dialog
    while dialog.focusWidget() not in seen:
        seen.append(dialog.focusWidget())
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    names = [each.objectName() for each in seen]
    at = names.index("networks.kind")
    assert names[(at + 1) % len(names)] == "sweep.table"
    assert {"sweep.values_1", "sweep.iterations", "sweep.begin", "sweep.open", "networks.close"} <= set(names)


def test_what_is_wrong_with_a_field_is_said_and_nothing_begins(sweep_dialog):
    hands = sweep_dialog()
    hands.part(QLineEdit, "values_1").setText("0.1..")
    assert "is not a range" in hands.text("message")
    assert not hands.button("begin").isEnabled()
    hands.part(QLineEdit, "values_1").setText("1, 2")
    assert hands.text("message") == ""
    assert hands.button("begin").text() == "&Start 12 runs"


@pytest.mark.usefixtures("german")
def test_the_values_are_shown_as_they_were_read_in_the_signs_of_the_language(sweep_dialog):
    hands = sweep_dialog()
    hands.part(QLineEdit, "values_2").setText("1..2+3")
    for typed, read, count in (("0,25", "0 · 25", 12), ("0,25; 0,5", "0,25 · 0,5", 12), ("0.25", "0,25", 6)):
        hands.part(QLineEdit, "values_1").setText(typed)
        assert f"{SETTINGS['aggression'].label} {read} " in hands.text("read")
        assert f"{SETTINGS['noise'].label} 1 · 1,5 · 2" in hands.text("read")
        assert str(count) in hands.button("begin").text()
    hands.part(QLineEdit, "values_1").setText("0,1..")
    assert hands.text("read") == ""
    assert any("0,25; 0,5" in label.text() for label in hands.dialog.findChildren(QLabel))


def test_a_setting_that_is_chosen_gets_values_that_make_sense(qtbot):
    form = SweepForm(replace(BASE, optimizer="adam", schedule="step"))  # has all settings
    qtbot.addWidget(form)
    combo, field = form.findChild(QComboBox, "sweep.setting_1"), form.findChild(QLineEdit, "sweep.values_1")
    form.vary(1, "", "")
    form.vary(0, "aggression", "")
    combo.activated.emit(combo.currentIndex())
    assert field.text() == "0.001..1*7"
    for name in SETTINGS.keys() - NOT_VARIED.keys():
        combo.setCurrentIndex(combo.findData(name))
        combo.activated.emit(combo.currentIndex())
        assert form.plan().count > 1
    combo.setCurrentIndex(0)
    combo.activated.emit(0)
    assert not field.isEnabled()
    assert form.plan().axes == ()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen
def test_values_that_were_typed_stay_until_another_setting_is_chosen_from_the_list(qtbot):
    form = SweepForm(BASE)
    qtbot.addWidget(form)
    form.show()
    combo, field = form.findChild(QComboBox, "sweep.setting_1"), form.findChild(QLineEdit, "sweep.values_1")
    form.vary(0, "aggression", "1, 2, 5")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_N):
        QTest.keyClick(combo, key)
        assert combo.view().isVisible() and (combo.currentData(), field.text()) == ("aggression", "1, 2, 5")
        combo.hidePopup()


def test_a_sweep_that_was_stopped_goes_on(sweep_dialog):
    hands = sweep_dialog(Here(waits_at=3))
    hands.press("begin")
    hands._qtbot.waitUntil(hands.sweep.workers.waiting.is_set)
    assert not hands.button("begin").isEnabled()
    hands.press("stop")
    hands.wait_until_done()
    assert hands.model.rowCount() == 3
    hands.sweep.workers.waits_at = None
    hands.press("begin")
    hands.wait_until_done()
    assert sorted(hands.numbers()) == list(range(42))
    assert len(list(hands.folder.iterdir())) == 1


def test_runs_that_failed_are_named(sweep_dialog):
    hands = sweep_dialog(Here(lost=[0]))
    hands.press("begin")
    hands.wait_until_done()
    assert "1 failed. The run with aggression 0.1, noise 0, seed 5 failed. No luck." in hands.text("words")


def test_results_of_two_engines_are_told_of(sweep_dialog):
    hands = sweep_dialog(Here(others={1: C}))
    hands.press("begin")
    hands.wait_until_done()
    told = "Different engines computed these runs (NumPy engine 41, C engine 1)"
    assert told in hands.text("words")
    again = sweep_dialog(Here())
    again.sweep.open_file(next(hands.folder.iterdir()))
    again.wait_until_done()
    assert told in again.text("words")


def test_closing_stops_it(sweep_dialog, qtbot):
    hands = sweep_dialog(Here(waits_at=3))
    hands.press("begin")
    hands.dialog.close()
    hands.wait_until_done()
    assert len(read_sweep(next(hands.folder.iterdir())).results) <= 3


def keep_some(path, plan, count=2):
    with SweepFile(path, plan) as file:
        for task in file.kept.missing[:count]:
            file.add(run_task(task))


def test_results_are_opened_again_and_gone_on_with(sweep_dialog, tmp_path, monkeypatch):
    path, plan = tmp_path / "mine.jsonl", SweepPlan(BASE, (parsed_axis("noise=0,1"), parsed_axis("hidden=2,3")), 2)
    keep_some(path, plan)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    hands = sweep_dialog()
    hands.press("open")
    hands.wait_until_done()
    assert hands.text("words") == f"2 of 8 runs, saved in {path}"
    assert hands.part(QLineEdit, "values_2").text() == "2, 3"
    hands.press("begin")
    hands.wait_until_done()
    assert len(read_sweep(path).results) == 8
    assert not hands.folder.exists()


def test_a_sweep_with_more_axes_than_fields_is_shown(sweep_dialog, tmp_path):
    axes = tuple(map(parsed_axis, ("noise=0,1", "hidden=2,3", "points=5,6", "aggression=1,2")))
    keep_some(tmp_path / "many.jsonl", SweepPlan(BASE, axes))
    hands = sweep_dialog()
    hands.sweep.open_file(tmp_path / "many.jsonl")
    hands.wait_until_done()
    assert hands.model.rowCount() == 2
    assert "curvegui sweep --resume" in hands.text("words")


def test_a_file_that_is_no_sweep_is_told(sweep_dialog, tmp_path):
    (tmp_path / "none.jsonl").write_text("none\n")
    hands = sweep_dialog()
    hands.sweep.open_file(tmp_path / "none.jsonl")
    hands.wait_until_done()
    assert "It is not a sweep" in hands.text("message")


def test_the_menu_opens_it_once_and_a_run_of_it_can_be_undone(person, qtbot):
    window, session = person.window, person.session
    action = window.findChild(QAction, "action.run.sweep")
    action.trigger()
    action.trigger()
    (dialog,) = window.findChildren(ComparisonDialog)
    hands = Hands(dialog, qtbot, None)
    hands.sweep.workers = Here()
    session.edit(speed=123, trail_every=3, stop_patience=5_000)  # since the dialog was opened
    before = session.config
    hands.part(QSpinBox, "iterations").setValue(100)
    hands.part(QLineEdit, "values_1").setText("3")
    hands.press("begin")
    hands.wait_until_done()
    hands.part(QTableView, "table").doubleClicked.emit(hands.model.index(0, 0))
    expected = without_display(hands.model.rows[0].task.config, like=before)
    assert (expected.speed, expected.trail_every, expected.stop_patience) == (123, 3, 5_000)
    qtbot.waitUntil(lambda: session.config == expected)
    hands.wait_until_done()
    qtbot.waitUntil(lambda: session.shown is not None and session.shown.iteration == 100)
    session.undo()
    assert session.config == before
    dialog.close()


def test_costs_are_written_as_everywhere_in_the_window():
    model = SweepModel()
    model.show_sweep(kept(PLAN, NUMPY))
    shown = [model.index(0, column).data() for column in range(model.columnCount())]
    assert format_cost(model.rows[0].result.cost) in shown
    assert format_cost(model.rows[0].result.best_cost) in shown

"""How far a sweep is, in words."""

from pathlib import Path

from curvegui.core.engine.arithmetic import USUAL
from curvegui.core.sweep.plan import Axis, SweepPlan
from curvegui.sweeps.executor import Failure
from curvegui.ui.sweep.results import ELSEWHERE, SweepModel, SweepStatus
from curvegui.ui.widgets.numbers import format_cost
from tests.core.sweeps import SMALL
from tests.sweeps.plans import PLAN, kept


def test_the_words_say_how_many_where_and_what_is_wrong():
    progress = SweepStatus(Path("a.jsonl"))
    assert progress.words(1_200, 3, has_fields=True) == "3 of 1,200 runs, saved in a.jsonl"
    assert progress.words(1_200, 3, has_fields=False).endswith(ELSEWHERE)
    assert ELSEWHERE not in progress.words(3, 3, has_fields=False)
    progress.waits_for = "host:8786"
    assert "Waiting for the scheduler at host:8786" in progress.words(2, 0, has_fields=True)


def test_costs_are_written_as_everywhere_in_the_window():
    model = SweepModel()
    model.show_sweep(kept(PLAN, USUAL))
    shown = [model.index(0, column).data() for column in range(model.columnCount())]
    assert format_cost(model.rows[0].result.cost) in shown
    assert format_cost(model.rows[0].result.best_cost) in shown


def test_what_arrives_ends_the_waiting_and_failures_are_counted():
    progress = SweepStatus(Path("a.jsonl"))
    progress.waits_for = "host:8786"
    plan = SweepPlan(SMALL, (Axis("aggression", (1.0, 2.0)),))
    failures = [Failure(task, "It broke.") for task in plan.tasks()]
    assert progress.add(failures) == []
    words = progress.words(5, 0, has_fields=True)
    assert "Waiting" not in words
    assert "2 failed. " in words and "It broke." in words
    progress.failures = []
    assert "failed" not in progress.words(5, 0, has_fields=True)

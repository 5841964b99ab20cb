"""The table of a sweep: its columns and the order of its rows."""

from dataclasses import replace

import pytest

from curvegui.core.sweep.plan import SweepPlan, parsed_axis
from curvegui.core.sweep.table import columns_of, in_order, rows_of
from curvegui.core.sweep.task import TaskResult
from tests.core.sweeps import SMALL

PLAN = SweepPlan(SMALL, (parsed_axis("hidden=3,2-2"),), seeds=2)
TASKS = tuple(PLAN.tasks())
GOOD = TaskResult(0, 0.5, 0.25, 10, None, False, 20, 0.125)


def rows(*costs, diverged=(), **more):
    results = {
        number: replace(GOOD, number=number, cost=cost, diverged=number in diverged, **more)
        for number, cost in enumerate(costs)
    }
    return rows_of(TASKS, results)


def column(key, plan=PLAN):
    return next(each for each in columns_of(plan) if each.key == key)


def numbers(ordered):
    return [row.task.number for row in ordered]


def test_columns_say_what_is_varied_and_what_came_of_it():
    (row,) = rows(0.5)
    assert [(each.label, each.text(row)) for each in columns_of(PLAN)] == [
        ("Run", "1"),
        ("Cost", "0.500"),
        ("Layers", "3"),
        ("Seed", "1"),
        ("Best", "0.250"),
        ("at iteration", "10"),
        ("Iterations", "20"),
        ("Diverged", ""),
        ("CPU s", "0.12"),
    ]


def test_a_test_cost_has_a_column_where_there_may_be_one():
    has_test = SweepPlan(replace(SMALL, train_one_in=2))
    assert column("test_cost", has_test).text(rows(0.5, test_cost=0.25)[0]) == "0.250"
    assert column("test_cost", SweepPlan(SMALL, (parsed_axis("train_one_in=1,2"),))).text(rows(0.5)[0]) == ""
    with pytest.raises(StopIteration):
        column("test_cost")


def test_only_runs_with_results_have_rows():
    assert numbers(rows_of(TASKS, {2: replace(GOOD, number=2)})) == [2]


def test_rows_by_cost_with_those_that_ran_away_last():
    table = rows(0.5, 0.1, 0.01, 0.3, diverged={2})
    assert numbers(in_order(table, column("cost"))) == [1, 3, 0, 2]
    assert numbers(in_order(table, column("cost"), descending=True)) == [0, 3, 1, 2]
    assert numbers(in_order(table, column("diverged"))) == [0, 1, 3, 2]
    assert column("diverged").text(table[2]) == "yes"


def test_rows_without_a_value_come_last():
    plan = SweepPlan(SMALL, (parsed_axis("train_one_in=1,2"),))
    results = {0: GOOD, 1: replace(GOOD, number=1, test_cost=0.1)}
    for descending in (False, True):
        assert numbers(in_order(rows_of(plan.tasks(), results), column("test_cost", plan), descending)) == [1, 0]


def test_choices_are_read_as_the_window_names_them_and_sorted_as_it_offers_them():
    plan = SweepPlan(SMALL, (parsed_axis("optimizer=levenberg-marquardt,descent,adam"),))
    tasks = tuple(plan.tasks())
    made = rows_of(tasks, {task.number: replace(GOOD, number=task.number) for task in tasks})
    ordered = in_order(made, column("optimizer", plan))
    assert [column("optimizer", plan).text(row) for row in ordered] == [
        "Steepest descent",
        "Adam",
        "Finish (Levenberg-Marquardt)",
    ]
    assert [column("optimizer", plan).value(row) for row in ordered] == ["descent", "adam", "levenberg-marquardt"]
    assert numbers(in_order(made, column("optimizer", plan), descending=True)) == [0, 2, 1]
    assert made[2].task.name == "optimiser Adam, seed 5".replace("5", str(SMALL.seed))
    assert made[2].task.key == "optimiser adam, seed 5".replace("5", str(SMALL.seed))


@pytest.mark.usefixtures("german")
def test_all_numbers_of_a_row_have_the_signs_of_the_language_and_files_have_not():
    plan = SweepPlan(SMALL, (parsed_axis("aggression=0.25,1"),))
    (row,) = rows_of(plan.tasks(), {0: replace(GOOD, iterations=2_000, best_iteration=1_500)})
    texts = {each.key: each.text(row) for each in columns_of(plan)}
    wanted = {"cost": "0,500", "aggression": "0,25", "best_iteration": "1.500", "made_iterations": "2.000"}
    assert texts.items() >= (wanted | {"cpu_seconds": "0,12"}).items()
    assert "0,25" in row.task.name
    assert column("aggression", plan).value(row) == 0.25
    assert "0.25" in row.task.key
    assert "0.25" in plan.axes[0].text

"""Feeds the readers of sweeps what nobody would write:  python tests/fuzz/sweeps.py --seconds 20

They are: a file of results, a setting and its values as they are typed, what a worker answers. What can be read is also
shown, and gone on with.
"""

import tempfile
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
from driver import feed, watched

with watched():
    from curvegui.core.curve.curve import curve_through
    from curvegui.core.settings.config import TrainingConfig
    from curvegui.core.sweep.plan import SweepPlan, parsed_axis
    from curvegui.core.sweep.table import columns_of, cost_chart, in_order, rows_of
    from curvegui.core.sweep.task import TaskResult, run_task
    from curvegui.files.format.section import ProjectError, write_json
    from curvegui.sweeps.executor import outcome_of
    from curvegui.sweeps.results import SweepFile, header_line, read_sweep, result_line

FOLDER = tempfile.TemporaryDirectory(prefix="fuzz-")
PATH = Path(FOLDER.name) / "sweep.jsonl"
BASE = TrainingConfig(hidden=(2,), points=4, iterations=3)
OWN = curve_through("own", np.array([[0.0, 1.0, 1.0], [0.0, 0.0, 1.0]]), closed=False)
PLANS = (
    SweepPlan(BASE, (parsed_axis("optimizer=descent,adam"), parsed_axis("noise=0..3+4")), 2),
    SweepPlan(replace(BASE, curve=OWN, train_one_in=2), (parsed_axis("aggression=0.1..100*"),), sample=3),
    SweepPlan(BASE, tuple(map(parsed_axis, ("hidden=2,3-2", "seed=1..3", "schedule=constant,step")))),
)
TASKS = tuple(PLANS[0].tasks())


def file(data):
    """What it keeps can be shown, and another result added where one is missing."""
    PATH.write_bytes(data)
    kept = read_sweep(PATH)
    assert kept.length <= len(data)
    assert read_sweep(PATH).plan == kept.plan
    rows = rows_of(kept.tasks, kept.results)
    for column in columns_of(kept.plan):
        assert len(in_order(rows, column)) == len(rows)
        assert all(column.text(row).isprintable() for row in rows)
    if rows:
        cost_chart(kept.plan, rows)
    result = replace(run_task(TASKS[0]), parameters=(), iterations=0, best_iteration=0)
    with SweepFile(PATH, kept.plan) as opened:
        assert opened.results == kept.results
        for task in islice(kept.missing, 1):
            opened.add(replace(result, number=task.number))
    assert read_sweep(PATH).results == opened.results


def axis(data):
    found = parsed_axis(data.decode("utf-8", "replace"))
    assert parsed_axis(found.text) == found
    SweepPlan(BASE, (found,), sample=3)


def answer(data):
    outcome = outcome_of(data, TASKS[0])
    assert outcome.number == TASKS[0].number if isinstance(outcome, TaskResult) else str(outcome)


results = [[result_line(task, run_task(task)) for task in islice(plan.tasks(), 3)] for plan in PLANS]
files = [header_line(plan) + b"".join(lines) for plan, lines in zip(PLANS, results, strict=True)]
axes = [axis.text.encode() for plan in PLANS for axis in plan.axes] + [b"aggression=0.1..100x7", b"seed=1..20"]
answers = [write_json(run_task(TASKS[0]).as_values()), b'{"number":0,"failed":"No luck."}']
readers = (file, files), (axis, axes), (answer, answers)
feed(__doc__, (ProjectError, ValueError), *readers, is_sentence=lambda words: words.endswith("."))

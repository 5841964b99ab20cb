"""The curves of a sweep's runs side by side: a contact sheet."""

from collections.abc import Sequence

import numpy as np

from curvegui.core.learner.caption import short_cost
from curvegui.core.learner.learner import Learner
from curvegui.core.sweep.axis import point_name
from curvegui.core.sweep.table import Row
from curvegui.figure.drawing.figure import Figure, TargetDrawing
from curvegui.figure.drawing.look import Look
from curvegui.figure.picture.contact_sheet import ContactSheet, SheetCell, suggested_columns

NOTHING = np.empty((0, 2, 1), np.float32)  # of a trail
MOST_CELLS = 64  # of a sheet: the first of the table


def sweep_sheet(rows: Sequence[Row], look: Look, ending: str) -> ContactSheet:
    """The sheet with the curves of the first rows.

    Raises
    ------
    ValueError
        If none of them has kept its parameters; a sentence for people.
    """
    cells = [_cell(row, look) for row in rows[:MOST_CELLS] if row.result.parameters]
    if not cells:
        raise ValueError("There is no run whose curve could be drawn.")
    return ContactSheet(cells, suggested_columns(len(cells)), ending)


def _cell(row: Row, look: Look) -> SheetCell:
    learner = Learner(row.task.config)
    fit = learner.evaluate(np.array(row.result.parameters)).fit
    cost = short_cost(row.result.cost) + (", ran away" if row.result.diverged else "")
    figure = Figure(TargetDrawing.of(learner.target), NOTHING, fit, row.task.name)
    point = [point_name({name: value}) for name, value in row.task.changes.items() if name != "seed"]
    return SheetCell(figure, look, (f"cost {cost}", *point, f"seed {row.task.config.seed}"))

"""The picture of a sweep: in every format and look, with its dots where they belong."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from curvegui.core.axis_text import parsed_axis
from curvegui.core.config import TrainingConfig
from curvegui.core.cost_chart import cost_chart
from curvegui.core.sweep import SweepPlan
from curvegui.core.sweep_table import rows_of
from curvegui.core.sweep_task import TaskResult, run_task
from curvegui.figure.cost_chart import CostPicture, grid_in, grid_of, paint_chart
from curvegui.figure.look import LOOKS
from curvegui.figure.surfaces import PICTURE_FORMATS
from curvegui.figure.sweep_sheet import sweep_sheet

pytestmark = pytest.mark.usefixtures("qapp")
PLAN = SweepPlan(
    TrainingConfig(hidden=(3,), points=5, iterations=5),
    tuple(map(parsed_axis, ("noise=0,1", "aggression=1,10", "activation=tanh,relu", "seed=1,2"))),
)
TASKS = tuple(PLAN.tasks())


def chart(cost, diverged=False):
    results = {task.number: TaskResult(task.number, cost, cost, 5, None, diverged, 5, 0.1) for task in TASKS}
    return cost_chart(PLAN, rows_of(TASKS, results))


def all_of(painting):
    for _ in painting:
        pass
    return painting.data


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("form", PICTURE_FORMATS)
def test_every_format_and_look(form, look):
    assert len(all_of(CostPicture(chart(0.03), look, form))) > 1_000


def test_panels_wrap_after_three():
    assert [grid_of(count) for count in (1, 3, 4, 7)] == [(1, 1), (3, 1), (3, 2), (3, 3)]
    assert [grid_in(4, *size) for size in ((1020, 560), (400, 400), (200, 900))] == [(3, 2), (2, 2), (1, 4)]
    image = QImage.fromData(all_of(CostPicture(chart(0.03), LOOKS["light"], scale=1)))
    assert (image.width(), image.height()) == (3 * 340, 2 * 280 + 26)


def painted(whole):
    image = QImage(340 * 3, 586, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint_chart(painter, QRectF(image.rect()), whole, LOOKS["light"], 1.0)
    painter.end()
    return image


def test_what_ran_away_looks_different():
    assert painted(chart(0.03)) != painted(chart(0.03, diverged=True))
    assert painted(chart(0.03)) != painted(chart(0.05))


@pytest.mark.parametrize("form", PICTURE_FORMATS)
def test_the_curves_of_the_runs(form):
    results = {task.number: run_task(task) for task in TASKS[:5]}
    assert len(all_of(sweep_sheet(rows_of(TASKS, results), LOOKS["light"], form))) > 1_000


def test_without_a_curve_there_is_no_sheet():
    with pytest.raises(ValueError, match="no run whose curve"):
        sweep_sheet([], LOOKS["light"], "png")

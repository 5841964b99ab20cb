"""The picture of a sweep: in every format and look, with its dots where they belong."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.sweep.plan import SweepPlan, parsed_axis
from curvegui.core.sweep.table import cost_chart, rows_of
from curvegui.core.sweep.task import TaskResult, run_task
from curvegui.figure.drawing.look import LOOKS
from curvegui.figure.formats import PictureFormat, formats
from curvegui.figure.picture.contact_sheet import sweep_sheet
from curvegui.figure.picture.cost_chart import CostPicture, grid_in, paint_chart

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
    return painting.encode()


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("form", formats(PictureFormat))
def test_every_format_and_look(form, look):
    assert len(all_of(CostPicture(chart(0.03), look, form, scale=1))) > 1_000


def test_panels_wrap_after_three():
    assert [grid_in(4, *size) for size in ((1020, 560), (400, 400), (200, 900))] == [(3, 2), (2, 2), (1, 4)]
    image = QImage.fromData(all_of(CostPicture(chart(0.03), LOOKS["light"], scale=1)))
    assert (image.width(), image.height()) == (3 * 340, 2 * 280 + 26)


def painted(whole):
    image = QImage(340 * 3, 586, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint_chart(painter, QRectF(image.rect()), whole, LOOKS["light"], 1.0)
    painter.end()
    return image


def test_every_optimiser_is_named_though_their_names_are_longer_than_the_panel(monkeypatch):
    plan = SweepPlan(PLAN.base, (parsed_axis(f"optimizer={','.join(OPTIMIZERS)}"), parsed_axis("noise=0..3+13")))
    written = {}
    monkeypatch.setattr(
        "curvegui.figure.picture.cost_chart.draw_text",
        lambda painter, at, text, font, ink: written.setdefault(text, QRectF(at.x(), at.y(), 9 * len(text), 12)),
    )
    tasks = tuple(plan.tasks())
    results = {task.number: TaskResult(task.number, 0.1, 0.1, 5, None, False, 5, 0.1) for task in tasks}
    painted(cost_chart(plan, rows_of(tasks, results)))
    names = [written[optimizer.label] for optimizer in OPTIMIZERS.values()]
    assert max(name.bottom() for name in names) < written["Optimiser"].bottom() < 586
    lines = {}
    for name in names:
        lines.setdefault(name.y(), []).append(name.left())
    assert 1 < len(lines) <= 4
    assert written["0"].y() == min(lines)  # both panels end at the same height
    assert "0.25" not in written  # of numbers, some stand for all


@pytest.mark.parametrize("form", formats(PictureFormat))
def test_the_curves_of_the_runs(form):
    results = {task.number: run_task(task) for task in TASKS[:5]}
    assert len(all_of(sweep_sheet(rows_of(TASKS, results), LOOKS["light"], form))) > 1_000


def test_without_a_curve_there_is_no_sheet():
    with pytest.raises(ValueError, match="no run whose curve"):
        sweep_sheet([], LOOKS["light"], "png")

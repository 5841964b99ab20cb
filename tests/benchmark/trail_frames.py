"""What frames cost on a canvas of 900 x 900 pixels, with few and with many trail curves on it."""

from statistics import median
from time import perf_counter

import numpy as np

from curvegui.core.learner.recording import TRAIL_CURVES, Trail, thin_points
from curvegui.core.run.trainer import Trainer
from curvegui.session.run.delivery import Delivery, Phase
from curvegui.ui.canvas.canvas import Canvas
from tests.benchmark.real_window import endless_config, live

SIDE_PX = 900
FEW, MANY = 10, TRAIL_CURVES - 1  # one more, and the trail thins itself
FRAMES = 100


class StillCanvas:
    """A canvas by itself, with a trail of so many curves, all painted."""

    def __init__(self, curves: int) -> None:
        trainer, self._trail = Trainer(endless_config()), Trail()
        trainer.advance(1_000)
        while len(self._trail) < curves:
            trainer.advance(20)
            self._trail.add(trainer.iteration, thin_points(trainer.snapshot().fit))
        self._trainer = trainer
        self.canvas = Canvas()
        self.canvas.resize(SIDE_PX, SIDE_PX)
        self.canvas.show()
        self._show_next()
        self.paint_all()

    def _show_next(self) -> None:
        """Hand the canvas another snapshot, as a session would."""
        since = self._trainer.iteration
        self._trainer.advance(1)
        nothing = self._trail.since(since)
        delivery = Delivery(
            run=0, command=0, phase=Phase.LEARNING, snapshot=self._trainer.snapshot(), trail=nothing, trail_spacing=1,
            costs=np.empty((0, 2)), test_costs=np.empty((0, 2)), since=since, goal=1, rate=0.0, best=(0, 1.0),
            diagnosis=None,
        )  # fmt: skip
        self.canvas.show_delivery(delivery, self._trail)

    def paint_all(self) -> float:
        """Let the canvas live until the whole trail is painted; return the seconds that took."""
        start = perf_counter()
        live(0.05)
        while self.canvas._layer.has_work:
            live(0.02)
        return perf_counter() - start

    def frame_ms(self) -> float:
        """What one frame with a new fit costs: its slot and all painting, to the screen."""
        self._show_next()
        start = perf_counter()
        self.canvas._frame()
        self.canvas.viewport().repaint()
        return 1000 * (perf_counter() - start)

    def repaint_s(self) -> float:
        """Seconds to paint the whole trail anew after a zoom."""
        self.canvas.zoom_in()
        seconds = self.paint_all()
        self.canvas.show_all()
        self.paint_all()
        return seconds

    def stroke_ms(self) -> float:
        """What painting one more trail curve costs, of a batch as at full speed."""
        layer, count = self.canvas._layer, 35
        self.canvas._items.release_layer()
        layer.shown.iteration = self._trail.since(-1).iterations[-count - 1]
        start = perf_counter()
        layer.work(seconds=1.0)
        return 1000 * (perf_counter() - start) / count


def frame_costs(most: int) -> tuple[float, float]:
    """Milliseconds for a frame with few and with many trail curves; medians of frames in turn."""
    few, many = StillCanvas(FEW), StillCanvas(most)
    pairs = [(few.frame_ms(), many.frame_ms()) for _ in range(FRAMES)]
    for each in (few, many):
        each.canvas.close()
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def trail_costs(most: int) -> tuple[float, float]:
    """Milliseconds for one more trail curve, and seconds to paint all of a full trail anew; medians."""
    many = StillCanvas(most)
    stroke = median(many.stroke_ms() for _ in range(FRAMES))
    repaint = median(many.repaint_s() for _ in range(3))
    many.canvas.close()
    return stroke, repaint

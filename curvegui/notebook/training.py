"""A training as ``plot_training`` makes it: its loop, what is shown of it, and how it ends."""

import time
import warnings
from base64 import b64encode
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from curvegui.core.argument_checks import LARGEST, checked_matrix, checked_real, checked_whole
from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.engine.backend import AUTO, Backend
from curvegui.core.learner.caption import SEPARATOR, layers, short_cost
from curvegui.core.learner.engines import builder, usable_backend
from curvegui.files.disk.progress_line import ProgressLine, cell_number, cell_output, duration
from curvegui.notebook.functions import PARAMETERS, Calls, FunctionError, Functions, views_of

if TYPE_CHECKING:
    from curvegui.figure.picture.growing_picture import GrowingPicture
    from curvegui.figure.picture.training_picture import ThinnedTrail, TrainingPicture

FRAME_SECONDS = 0.5
PAINTING_SHARE = 0.3  # of the time, at most
BAR_WIDTH = 20


class Shown:
    """The outputs of a training; ``title`` names its functions, ``live`` says whether its picture is shown early."""

    def __init__(self, title: str, target: FloatArray, live: bool) -> None:
        self.line, self._output = ProgressLine(title=title), cell_output()
        self._target, self._start = target, time.monotonic()
        self._frame_due = self._start + FRAME_SECONDS if live and self._output else float("inf")
        self._painter: GrowingPicture | None = None

    def frame_is_due(self) -> bool:
        return time.monotonic() >= self._frame_due

    def tell(self, reached: str, made: int, left: int) -> None:
        """Say how far the training has come, and how long it still takes."""
        full = BAR_WIDTH * made // (made + left)
        seconds = (time.monotonic() - self._start) / made * left
        bar = f"[{'#' * full}{'.' * (BAR_WIDTH - full)}]"
        self.line.show(f"{bar} {reached}, {left:,} to go, {duration(seconds)} left")

    def paint(self, trail: "ThinnedTrail", fit: FloatArray) -> None:
        from curvegui.figure.picture.growing_picture import GrowingPicture

        start = time.monotonic()
        self._painter = self._painter or GrowingPicture(self._target)
        self._put(self._painter.png(trail.curves(), fit), "Training…")
        now = time.monotonic()
        self._frame_due = now + max(FRAME_SECONDS - (now - start), (now - start) / PAINTING_SHARE)

    def finish(self, picture: "TrainingPicture", reached: str) -> "TrainingPicture":
        """Show the last words and the last picture; returns the picture, which this cell does not show again."""
        self.line.finish(reached)
        if self._output is None:
            return picture
        self._put(picture._repr_png_()[0], picture.caption)
        return replace(picture, shown_in=cell_number())

    def _put(self, png: bytes, words: str) -> None:
        from curvegui.figure.picture.training_picture import CELL_SIZE

        assert self._output is not None
        output = {"image/png": b64encode(png).decode(), "text/plain": words}
        self._output(output, metadata={"image/png": CELL_SIZE})


PIECE = 100  # iterations at once
PIECE_WORK = 2e8  # or less, in multiplications: how long the stop button waits
CALLS_WORK = 25_000  # of NumPy's calls in an iteration


class Task:
    """The points to train on, x (1, N) and y (2, N), which nobody can change, and how large the steps are."""

    def __init__(self, x: Any, y: Any, iterations: Any, aggression: Any, noise: Any) -> None:
        self.x = read_only(checked_matrix("x", x, 1, None))
        self.y = read_only(checked_matrix("y", y, 2, self.x.size))
        self.rate, self.noise = checked_real("aggression", aggression), checked_real("noise", noise)
        self.iterations = checked_whole("iterations", iterations, 0)

    def factors(self, count: int) -> FloatArray:
        """The factors of the Jacobians in the next iterations, shape (count, 6), as in the exercise; they may
        overflow."""
        random: Any = np.random  # its shared generator: a seeded run gives the exercise's own numbers
        return np.asarray(self.rate * (1 + random.randn(count, len(PARAMETERS)) * self.noise))


class OwnSteps:
    """Iterations with CurveGUI's own functions, by the engine that the app takes automatically, at most ``most`` at
    once. ``joined`` moves as a whole or not at all, whatever interrupts an iteration."""

    def __init__(self, joined: FloatArray, shapes: list[tuple[int, int]], task: Task) -> None:
        self._joined, self._task = joined, task
        self.most = max(1, min(PIECE, int(PIECE_WORK // (CALLS_WORK + task.x.size * joined.size))))
        sizes = (1, *(rows for rows, _ in shapes[:3]))
        self._engine = builder(usable_backend(Backend(AUTO), sizes))(sizes, "logistic", "logistic", task.x, task.y)
        indices = views_of(np.arange(joined.size, dtype=np.float64), shapes)
        layers = [np.hstack(each) for each in zip(indices[:3], indices[3:], strict=True)]
        self._order = np.concatenate([layer.ravel() for layer in layers]).astype(np.intp)
        self._engine.parameters = joined[self._order]

    def make(self, count: int) -> int:
        """Make ``count`` iterations; returns how many were made before the numbers overflowed."""
        with np.errstate(all="ignore"):  # what overflows is made again, to the last iteration before that
            factors = self._task.factors(count)
            if self._make_bounded(factors):
                return count
            self._engine.parameters = self._joined[self._order]
            return next((made for made in range(count) if not self._make_bounded(factors[made : made + 1])), count)

    def curve(self) -> FloatArray:
        return self._engine.evaluate()[0]

    def _make_bounded(self, factors: FloatArray) -> bool:
        """Make an iteration for each row, unless the numbers overflow; returns whether they were made."""
        self._engine.step_by(factors)
        moved = self._engine.parameters
        if not _is_bounded(moved):
            return False
        self._joined[self._order] = moved
        return True


class LearnersSteps:
    """Iterations with some functions of the learner's."""

    most = 1

    def __init__(self, joined: FloatArray, shapes: list[tuple[int, int]], task: Task, calls: Calls) -> None:
        self._joined, self._task, self._calls = joined, task, calls
        self._step = np.empty_like(joined)
        self._parts = views_of(self._step, shapes)

    def make(self, count: int) -> int:
        """Like `OwnSteps.make`; raises ``FunctionError`` where one of the learner's functions fails."""
        for made in range(count):
            with np.errstate(all="ignore"):
                jacobians = self._calls.jacobians()
                for factor, jacobian, part in zip(self._task.factors(1)[0], jacobians, self._parts, strict=True):
                    np.multiply(jacobian, factor, part)
                moved = self._joined - self._step
                bounded = _is_bounded(moved)
            if not bounded:
                self._calls.refuse_what_is_not_finite(jacobians)
                return made
            self._joined[:] = moved
        return count

    def curve(self) -> FloatArray:
        return self._calls.curve()


def _is_bounded(parameters: FloatArray) -> bool:
    return bool(np.dot(parameters, parameters) <= LARGEST**2)  # false for nan too


class Training:
    """A training of the network that ``functions`` share, and how far it is."""

    def __init__(self, functions: Functions, task: Task, every: Any) -> None:
        from curvegui.figure.picture.training_picture import ThinnedTrail

        self._functions, self._task = functions, task
        self._left, self._made = task.iterations, 0
        self._trail = ThinnedTrail(task.iterations, task.x.size, checked_whole("every", every, 1))
        self._joined, self._shapes = functions.join()
        self._calls = Calls(functions, self._shapes, task.x, task.y)
        self._own_calls = Calls(Functions(functions.ours, {}), self._shapes, task.x, task.y)

    def run(self, shown: Shown) -> "TrainingPicture":
        """Train to the end, an interrupt or a fault; then the network is as the last iteration left it. Raises
        ``FunctionError`` about a function of the learner's, after the picture so far has been shown."""
        try:
            self._calls.curve(), self._calls.cost()  # what is wrong with them is said at once
            self._loop(shown)
        except KeyboardInterrupt:
            pass  # the picture so far is what the person waits for
        except FloatingPointError as error:
            warnings.warn(str(error), RuntimeWarning, stacklevel=3)
        except FunctionError as error:
            self._functions.share()
            shown.finish(self._picture(self._own_calls), self._reached(self._own_calls))
            raise error from None
        self._functions.share()
        return shown.finish(self._picture(self._calls), self._reached(self._calls))

    def _loop(self, shown: Shown) -> None:
        given = self._joined, self._shapes, self._task
        steps = OwnSteps(*given) if self._functions.are_all_ours else LearnersSteps(*given, self._calls)
        while self._left >= 0:
            count = min(steps.most, self._left % self._trail.every + 1)
            made = steps.make(count)
            self._made, self._left = self._made + made, self._left - made
            if made < count:
                raise FloatingPointError("The numbers overflowed: lower the aggression, then reset.")
            if (self._left + 1) % self._trail.every == 0:
                self._trail.add(steps.curve())
            if shown.line.due():
                shown.tell(self._reached(self._calls), self._made, self._left + 1)
            if shown.frame_is_due():
                shown.paint(self._trail, steps.curve())

    def _reached(self, calls: Calls) -> str:
        made = f"{self._made:,} iteration{'' if self._made == 1 else 's'}"
        return f"{made}, cost {short_cost(calls.cost())}"

    def _picture(self, calls: Calls) -> "TrainingPicture":
        from curvegui.figure.picture.training_picture import TrainingPicture

        sizes = 1, *(rows for rows, _ in self._shapes[:3])
        settings = [layers(sizes), f"aggression {self._task.rate:,g}", f"noise {self._task.noise:,g}"]
        caption = SEPARATOR.join([*settings, *self._reached(calls).split(", ")])
        return TrainingPicture(self._task.y, self._trail.curves(), calls.curve(), caption)

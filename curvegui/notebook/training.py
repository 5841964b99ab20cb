"""A training as ``plot_training`` makes it: its loop, what is shown of it, and how it ends."""

import warnings
from typing import TYPE_CHECKING, Any

from curvegui.core.argument_checks import checked_whole
from curvegui.core.learner.caption import SEPARATOR, layers, short_cost
from curvegui.notebook.calls import Calls
from curvegui.notebook.faults import FunctionError
from curvegui.notebook.namespaces import Functions
from curvegui.notebook.shown import Shown
from curvegui.notebook.steps import LearnersSteps, OwnSteps, Steps, Task

if TYPE_CHECKING:
    from curvegui.figure.picture.training_picture import TrainingPicture

OVERFLOW = "The numbers overflowed: lower the aggression, then reset."


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
        """Train to the end, to an interrupt, or to a fault, after which the network is as the last iteration left it.

        Raises ``FunctionError`` about a function of the learner's, after it has shown the picture so far.
        """
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

    def _begin(self) -> Steps:
        given = self._joined, self._shapes, self._task
        return OwnSteps(*given) if self._functions.are_all_ours else LearnersSteps(*given, self._calls)

    def _loop(self, shown: Shown) -> None:
        steps = self._begin()
        while self._left >= 0:
            count = min(steps.most, self._left % self._trail.every + 1)
            made = steps.make(count)
            self._made, self._left = self._made + made, self._left - made
            if made < count:
                raise FloatingPointError(OVERFLOW)
            if (self._left + 1) % self._trail.every == 0:
                self._trail.add(steps.curve())
            if shown.line_is_due():
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

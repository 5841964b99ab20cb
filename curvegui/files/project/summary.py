"""What a list of thousands of projects shows of each: a summary, read from the manifest alone, and a small preview."""

import math
import os
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import tr
from curvegui.core.learner.learner import Learner
from curvegui.core.learner.recording import thin_points
from curvegui.core.run.record import RunRecord
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.curves.format import CURVES, read_curves
from curvegui.files.format.container import Container
from curvegui.files.format.opening import opened
from curvegui.files.format.section import Section, damaged
from curvegui.files.project.record import read_config

PREVIEW_POINTS = 200  # a thumbnail is no larger
PREVIEW_ARRAYS = ("target", "fit")


@dataclass(frozen=True)
class Summary:
    """A project without its arrays; the first four fields are as in `Project`."""

    name: str
    look: str
    made_by: str
    saved_at: str
    config: TrainingConfig
    iteration: int
    goal: int
    cost: float  # of the parameters at that iteration; infinite where it is beyond all numbers
    best: tuple[int, float]  # the iteration with the lowest cost, and that cost
    diverged: bool
    parameters: int  # how many weights and biases there are

    @property
    def curve(self) -> str:
        """The name of the curve."""
        return self.config.curve_name

    @property
    def layers(self) -> tuple[int, ...]:
        """Neurons of every layer, input and output included."""
        return self.config.sizes

    @property
    def seed(self) -> int:
        """Where the random numbers come from."""
        return self.config.seed


@dataclass(frozen=True, eq=False)
class Preview:
    """The target and the fit of a run in a few points, shape (2, n), and the cost."""

    target: NDArray[np.float32]
    fit: NDArray[np.float32]
    cost: float

    @classmethod
    def of(cls, record: RunRecord) -> "Preview":
        """A preview of a run's end."""
        learner = Learner(record.config)
        fit, cost, _ = learner.evaluate(record.parameters)
        return cls(_few_points(learner.target.outline), _few_points(fit), cost)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays of a file."""
        return {"target": self.target, "fit": self.fit}

    @property
    def finite_cost(self) -> float | None:
        """The cost, or None where it is beyond all numbers."""
        return self.cost if math.isfinite(self.cost) else None


def _few_points(curve: FloatArray) -> NDArray[np.float32]:
    return thin_points(np.nan_to_num(curve), PREVIEW_POINTS)  # what is beyond all numbers is drawn somewhere


def read_summary(path: str | os.PathLike[str]) -> Summary:
    """What the manifest of a project says, without reading the rest; raises ``ProjectError`` if it cannot be read."""
    with opened(path) as file:
        return _summary(Container(file))


def _summary(container: Container) -> Summary:
    manifest = Section(container.manifest)
    arrays = {name: container.read(name) for name in container.names if name == CURVES}
    run = manifest.section("run")
    cost = manifest.section("summary").optional_number("cost")
    config = read_config(manifest, read_curves(manifest, arrays))
    return Summary(
        name=manifest.text("name", ""),
        look=manifest.text("look", ""),
        made_by=manifest.text("made_by", ""),
        saved_at=manifest.text("saved_at", ""),
        config=config,
        iteration=run.whole("iteration"),
        goal=run.whole("goal"),
        cost=float("inf") if cost is None else cost,
        best=(run.whole("best_iteration"), run.number("best_cost")),
        diverged=run.flag("diverged"),
        parameters=manifest.section("summary").whole("parameters"),
    )


def read_preview(path: str | os.PathLike[str]) -> tuple[NDArray[np.float32], NDArray[np.float32], str]:
    """The target and the fit in a few points, each of shape (2, n), and the name of the look.

    Raises ``ProjectError`` if they cannot be read.
    """
    with opened(path) as file:
        container = Container(file)
        look = Section(container.manifest).text("look", "")
        target, fit = (_points(container, name) for name in PREVIEW_ARRAYS)
    return target, fit, look


def _points(container: Container, name: str) -> NDArray[np.float32]:
    if name not in container.names:
        raise damaged(tr("the numbers in “{name}” are missing", name=name))
    facts = container.manifest["arrays"][name]
    shape = facts["shape"]
    if facts["dtype"] != "<f4" or len(shape) != 2 or shape[0] != 2 or not 0 < shape[1] <= PREVIEW_POINTS:
        raise damaged(tr("the numbers in “{name}” are no curve", name=name))
    points = container.read(name)
    if not np.isfinite(points).all():
        raise damaged(tr("the numbers in “{name}” are not all finite", name=name))
    return points

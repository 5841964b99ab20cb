"""How a finished training is reported: lines for people, or one JSON object for programs."""

import json
import math
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any, TextIO

from curvegui.core.diagnosis.finding import Diagnosis
from curvegui.core.engine.backend import NUMPY, Backend
from curvegui.core.language.text import mark, tr, within
from curvegui.core.learner.caption import layers, short_cost
from curvegui.core.learner.engines import words_for
from curvegui.core.learner.learner import Snapshot
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.presets.names import worded
from curvegui.core.settings.config import SETTINGS
from curvegui.files.disk.progress_line import ProgressLine, duration

LOG_LINES = 10


class SparseLine:
    """A line of progress towards a goal: on a terminal four times a second, elsewhere at each tenth of the goal."""

    def __init__(
        self,
        goal: int,
        reached: int = 0,
        quiet: bool = False,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        stream = None if quiet else stream or sys.stderr  # None where a program has no console
        self.goal, self._tenths = goal, reached * LOG_LINES // goal
        self._line = ProgressLine(stream, clock) if stream else None
        self._is_terminal = bool(stream and stream.isatty())

    def show(self, reached: int, text: Callable[[], str]) -> None:
        """Show a text if a line of progress is due; at the goal, `end` shows the last one."""
        tenths = reached * LOG_LINES // self.goal
        is_next, self._tenths = tenths > self._tenths, tenths
        if self._line and reached < self.goal and (self._line.due() if self._is_terminal else is_next):
            self._line.show(text())

    def end(self, text: str) -> None:
        """Show the last line of progress."""
        if self._line:
            self._line.finish(text)


class Progress(SparseLine):
    """Shows the progress of a run to its last iteration."""

    def update(self, iteration: int, cost: float, seconds: float) -> None:
        """Show the iteration, the cost and the time that is left, if a line of progress is due."""
        left, words = seconds / max(iteration, 1) * (self.goal - iteration), mark("{iteration}, {left} left")
        text = partial(self._text, iteration, cost, seconds)
        self.show(iteration, lambda: tr(words, iteration=text(), left=duration(left)))

    def finish(self, iteration: int, cost: float, seconds: float) -> None:
        self.end(f"{self._text(iteration, cost, seconds)}, {duration(seconds)}")

    def _text(self, iteration: int, cost: float, seconds: float) -> str:
        rate = iteration / seconds if seconds else 0
        words = mark("{iteration:,} of {goal:,} iterations, cost {cost}, {rate:,.0f} it/s")
        return tr(words, iteration=iteration, goal=self.goal, cost=short_cost(cost), rate=rate)


@dataclass(frozen=True)
class Result:
    """The result of a training, for a report."""

    snapshot: Snapshot
    seconds: float  # of training
    diagnosis: Diagnosis
    saved: tuple[str, ...]  # the files that were written
    interrupted: bool  # a signal ended it before its last iteration
    backend: Backend = NUMPY
    stopped: str = ""  # the rule that ended it before its last iteration, in words

    def as_json(self) -> str:
        """One JSON object (RFC 8259) on one line, of ASCII alone."""
        snapshot, diagnosis, config = self.snapshot, self.diagnosis, self.snapshot.config
        found = {"condition": diagnosis.condition.value, "headline": diagnosis.headline, "detail": diagnosis.detail}
        facts = {
            "curve": snapshot.target.name,
            **cost_facts(snapshot),
            "iterations": snapshot.iteration,
            "seconds": self.seconds,
            "parameters": shapes(config.sizes),
            "seed": config.seed,
            **engine_facts(self.backend),
            "optimizer": config.optimizer,
            "stopped": self.stopped,
            "diagnosis": found,
            "saved": list(self.saved),
            "interrupted": self.interrupted,
        }
        return json.dumps(facts, allow_nan=False)

    def as_text(self) -> str:
        snapshot, config = self.snapshot, self.snapshot.config
        rate = snapshot.iteration / self.seconds if self.seconds else 0
        made = mark("{iteration:,} (interrupted)") if self.interrupted else "{iteration:,}"
        rows = [
            (tr("curve"), tr("{name}, {points:,} points", name=worded(snapshot.target.name), points=config.points)),
            *cost_rows(snapshot),
            (within(SETTINGS["iterations"]), tr(made, iteration=snapshot.iteration)),
            *([(tr("stopped"), self.stopped)] if self.stopped else []),
            (tr("seconds"), tr("{seconds:.2f} ({rate:,.0f} iterations a second)", seconds=self.seconds, rate=rate)),
            (within(SETTINGS["optimizer"]), OPTIMIZERS[config.optimizer].label),
            (tr("engine"), words_for(self.backend, is_exact=True)),
            (within(SETTINGS["hidden"]), layers(config.sizes)),
            (tr("parameters"), parameters_text(config.sizes)),
            (within(SETTINGS["seed"]), str(config.seed)),
            (tr("state"), f"{self.diagnosis.headline} {self.diagnosis.detail}"),
            *((tr("saved"), path) for path in self.saved),
        ]
        return table(rows)


def engine_facts(backend: Backend) -> dict[str, Any]:
    """The engine that has computed a run, for JSON and CSV."""
    return {"engine": backend.engine, "precision": backend.precision, "engine_version": backend.version}


def cost_facts(snapshot: Snapshot) -> dict[str, float | None]:
    """The cost, and the test cost where there is one, for JSON; null for what is not finite."""
    costs = {"cost": snapshot.cost}
    if snapshot.test_cost is not None:
        costs["test_cost"] = snapshot.test_cost
    return {name: cost if math.isfinite(cost) else None for name, cost in costs.items()}


def cost_rows(snapshot: Snapshot) -> list[tuple[str, str]]:
    rows = [(tr("cost"), short_cost(snapshot.cost))]
    if snapshot.test_cost is not None:
        rows.append((tr("test cost"), short_cost(snapshot.test_cost)))
    return rows


def table(rows: list[tuple[str, str]]) -> str:
    width = max([11, *(len(name) for name, _ in rows)])
    return "\n".join(f"{name:<{width}} {value}" for name, value in rows)


def parameters_text(sizes: tuple[int, ...]) -> str:
    """The names and shapes of the parameters in words: "W1 6×1, W2 7×6, ..."."""
    return ", ".join(f"{name} {rows}×{columns}" for name, (rows, columns) in shapes(sizes).items())


def shapes(sizes: tuple[int, ...]) -> dict[str, tuple[int, int]]:
    """The shapes of W1, W2, ... and then of b1, b2, ..."""
    pairs = list(enumerate(pairwise(sizes), start=1))
    weights = {f"W{layer}": (after, before) for layer, (before, after) in pairs}
    return weights | {f"b{layer}": (after, 1) for layer, (_, after) in pairs}

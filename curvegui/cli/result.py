"""How a finished training is reported: lines for people, or one JSON object for programs."""

import json
import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from curvegui.core.diagnosis.finding import Diagnosis
from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.core.language.text import localised, tr, within
from curvegui.core.learner.caption import layers, short_cost
from curvegui.core.learner.engines import words_for
from curvegui.core.learner.learner import Snapshot
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.presets.names import worded
from curvegui.core.settings.config import SETTINGS


@dataclass(frozen=True)
class Result:
    """A training and its result."""

    snapshot: Snapshot
    seconds: float  # of training
    diagnosis: Diagnosis
    saved: tuple[str, ...]  # the files that were written
    interrupted: bool  # a signal ended it before its last iteration
    arithmetic: Arithmetic = USUAL
    stopped: str = ""  # the rule that ended it before its last iteration, in words

    def as_json(self) -> str:
        """One JSON object (RFC 8259) on one line, of ASCII alone."""
        snapshot, diagnosis = self.snapshot, self.diagnosis
        facts = {
            "curve": snapshot.target.name,
            **cost_facts(snapshot),
            "iterations": snapshot.iteration,
            "seconds": self.seconds,
            "parameters": shapes(snapshot.config.sizes),
            "seed": snapshot.config.seed,
            **engine_facts(self.arithmetic),
            "optimizer": snapshot.config.optimizer,
            "stopped": self.stopped,
            "diagnosis": {
                "condition": diagnosis.condition.value,
                "headline": diagnosis.headline,
                "detail": diagnosis.detail,
            },
            "saved": list(self.saved),
            "interrupted": self.interrupted,
        }
        return json.dumps(facts, allow_nan=False)

    def as_text(self) -> str:
        """The same in a few lines."""
        snapshot, config = self.snapshot, self.snapshot.config
        rate = snapshot.iteration / self.seconds if self.seconds else 0
        rows = [
            (tr("curve"), tr("{name}, {points:,} points", name=worded(snapshot.target.name), points=config.points)),
            *cost_rows(snapshot),
            (
                within(SETTINGS["iterations"]),
                tr("{iteration:,} (interrupted)", iteration=snapshot.iteration)
                if self.interrupted
                else localised(f"{snapshot.iteration:,}"),
            ),
            *([(tr("stopped"), self.stopped)] if self.stopped else []),
            (tr("seconds"), tr("{seconds:.2f} ({rate:,.0f} iterations a second)", seconds=self.seconds, rate=rate)),
            (within(SETTINGS["optimizer"]), OPTIMIZERS[config.optimizer].label),
            (tr("engine"), words_for(self.arithmetic, is_exact=True)),
            (within(SETTINGS["hidden"]), layers(config.sizes)),
            (tr("parameters"), parameters_text(config.sizes)),
            (within(SETTINGS["seed"]), str(config.seed)),
            (tr("state"), f"{self.diagnosis.headline} {self.diagnosis.detail}"),
            *((tr("saved"), path) for path in self.saved),
        ]
        return table(rows)


def engine_facts(arithmetic: Arithmetic) -> dict[str, Any]:
    """What computed a run, for JSON and CSV."""
    names = {"engine": arithmetic.engine, "precision": arithmetic.precision}
    return {**names, "engine_version": arithmetic.version}


def cost_facts(snapshot: Snapshot) -> dict[str, float | None]:
    """The cost, and the test cost where there is one, for JSON; null for what is not finite."""
    costs = {"cost": snapshot.cost}
    if snapshot.test_cost is not None:
        costs["test_cost"] = snapshot.test_cost
    return {name: cost if math.isfinite(cost) else None for name, cost in costs.items()}


def cost_rows(snapshot: Snapshot) -> list[tuple[str, str]]:
    """The same in words."""
    rows = [(tr("cost"), short_cost(snapshot.cost))]
    if snapshot.test_cost is not None:
        rows.append((tr("test cost"), short_cost(snapshot.test_cost)))
    return rows


def table(rows: list[tuple[str, str]]) -> str:
    """Names and values, one pair a line."""
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

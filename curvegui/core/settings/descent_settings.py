"""The settings of the optimiser, the schedule, the mini-batches and the stop rules: one field each."""

from dataclasses import dataclass

from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.optimizers.descent import WHOLE
from curvegui.core.optimizers.schedules import SCHEDULES
from curvegui.core.optimizers.stop_rules import NEVER
from curvegui.core.settings.run_settings import RunSettings
from curvegui.core.settings.setting import Effect, declared

MOST_ITERATIONS = 1_000_000_000
OPTIMIZER_READER = 5  # readers before it know plain descent alone


@dataclass(frozen=True)
class DescentSettings(RunSettings):
    """The settings that follow those of the run."""

    optimizer: str = declared(
        "descent",
        "Optimiser",
        "How the Jacobians are used.",
        choice_tips=lambda: [(entry.label, entry.tip) for entry in OPTIMIZERS.values()],
        choices=lambda: [(name, entry.label) for name, entry in OPTIMIZERS.items()],
        group="optimizer",
        letter="m",
        changes_pace=True,
        one_each=True,
        example="descent, momentum, adam",
        reader=OPTIMIZER_READER,
    )
    momentum: float = declared(
        0.9,
        "Momentum",
        "How much of the last step is repeated in the next one: 0 for nothing; close to 1, the network rolls on for a "
        "long time.",
        high=0.999,
        window_high=0.999,
        group="optimizer",
        example="0.5, 0.9, 0.99",
    )
    memory: float = declared(
        0.99,
        "Memory",
        "How far back each weight looks to choose its own step size: close to 1, over many iterations. "
        "Most software has 0.999 for Adam; with 0.99, Adam learns the heart in about half as many iterations.",
        high=0.9999,
        window_high=0.9999,
        group="optimizer",
        example="0.9, 0.99, 0.999",
    )
    schedule: str = declared(
        "constant",
        "Schedule",
        "How the aggression changes.",
        choice_tips=lambda: [(entry.label, entry.tip) for entry in SCHEDULES.values()],
        choices=lambda: [(name, entry.label) for name, entry in SCHEDULES.items()],
        group="optimizer",
        example="constant, cosine, step",
        reader=OPTIMIZER_READER,
    )
    schedule_over: int = declared(
        50_000,
        "Schedule over",
        "How many iterations the schedule takes before it starts again. While it equals Iterations, it changes with "
        "it.",
        unit="iterations",
        low=1,
        high=MOST_ITERATIONS,
        window_high=MOST_ITERATIONS,
        whole=True,
        logarithmic=True,
        group="optimizer",
        example="1000, 2000",
    )
    batch: int = declared(
        WHOLE,
        "Mini-batch",
        "How many randomly chosen points each iteration uses; 0 for all. For thousands of points: iterations are "
        "faster but less exact.",
        high=100_000,
        window_high=5_000,
        whole=True,
        group="optimizer",
        letter="b",
        zero="all points",
        changes_pace=True,
        example="0, 10, 50",
        reader=OPTIMIZER_READER,
    )
    weight_decay: float = declared(
        0.0,
        "Weight decay",
        "How strongly every weight is pulled towards 0, for a smoother curve: weight decay · w is added to the "
        "Jacobian of w, as if half of weight decay times the sum of all squared weights were part of the cost. Biases "
        "are not affected; 0 for none.",
        high=1_000,
        window_high=1,
        logarithmic=True,
        group="optimizer",
        is_plain=True,
        one_each=True,
        to_try=lambda optimizer: (0.00001, 0.01),
        example="0, 0.0001, 0.001",
        reader=6,  # readers before it would go on without it
    )
    stop_cost: float = declared(
        NEVER,
        "Stop when cost is below",
        "The run finishes when its cost is below this; 0 for never.",
        effect=Effect.DISPLAY,
        high=1_000,
        window_high=1,
        group="stop",
        letter="w",
        zero="never",
        example="0, 0.01, 0.001",
    )
    stop_patience: int = declared(
        NEVER,
        "Stop without progress for",
        "The run finishes when its lowest cost has not fallen by 1 % in this many iterations; 0 for never.",
        effect=Effect.DISPLAY,
        unit="iterations",
        high=MOST_ITERATIONS,
        window_high=MOST_ITERATIONS,
        whole=True,
        group="stop",
        zero="never",
        example="0, 200, 1000",
    )
    stop_seconds: float = declared(
        NEVER,
        "Stop after",
        "The run finishes this long after it was last started; 0 for never.",
        effect=Effect.DISPLAY,
        unit="s",
        high=10_000_000,
        window_high=100_000,
        group="stop",
        zero="never",
        example="0.1, 1",
    )

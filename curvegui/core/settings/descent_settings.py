"""The settings of the optimiser, the schedule, the mini-batches and the stop rules: their words and bounds."""

from math import log10

from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.optimizers.schedules import SCHEDULES
from curvegui.core.settings.setting import Effect, Setting

MOST_ITERATIONS = 1_000_000_000
RATES_TO_TRY = 0.1, 100.0  # with plain descent: from too slow to be seen to learn, to too wild to learn

OPTIMIZER = Setting(
    "Optimiser",
    " ".join(["How the Jacobians are followed.", *(f"{each.label}: {each.tip}" for each in OPTIMIZERS.values())]),
    choices=lambda: [(name, entry.label) for name, entry in OPTIMIZERS.items()],
)
MOMENTUM = Setting(
    "Momentum",
    "How much of the last iteration's direction goes on in the next one: 0 for none; nearer to 1, it rolls farther.",
    high=0.999,
    window_high=0.999,
)
MEMORY = Setting(
    "Memory",
    "How slowly the pace of each weight forgets how steep it was: nearer to 1, it goes by more iterations.",
    high=0.9999,
    window_high=0.9999,
)
SCHEDULE = Setting(
    "Schedule",
    " ".join(["How the aggression changes.", *(f"{each.label}: {each.tip}" for each in SCHEDULES.values())]),
    choices=lambda: [(name, entry.label) for name, entry in SCHEDULES.items()],
)
SCHEDULE_OVER = Setting(
    "Schedule over",
    "How many iterations the schedule takes; then it begins anew. It goes along with Iterations while it is the same.",
    unit="iterations",
    low=1,
    high=MOST_ITERATIONS,
    window_high=MOST_ITERATIONS,
    logarithmic=True,
)
BATCH = Setting(
    "Mini-batch",
    "How many points each iteration learns, drawn by chance; 0 for all. For thousands of points: an iteration takes "
    "less time and is less exact.",
    high=100_000,
    window_high=5_000,
)
STOP_COST = Setting(
    "Stop below",
    "The run finishes where its cost is below this; 0 for never.",
    effect=Effect.DISPLAY,
    high=1_000,
    window_high=1,
)
STOP_PATIENCE = Setting(
    "Stop if stuck",
    "The run finishes where its lowest cost has not fallen by a hundredth in so many iterations; 0 for never.",
    effect=Effect.DISPLAY,
    unit="iterations",
    high=MOST_ITERATIONS,
    window_high=MOST_ITERATIONS,
)
STOP_SECONDS = Setting(
    "Stop after",
    "The run finishes when it has learnt for so long since it was last set going; 0 for never.",
    effect=Effect.DISPLAY,
    unit="s",
    high=10_000_000,
    window_high=100_000,
)


def rates_to_try(optimizer: str) -> tuple[float, float]:
    """Two aggressions, the lower one too slow and the higher one too wild, for an optimiser of this name."""
    usual, plain = OPTIMIZERS[optimizer].usual, OPTIMIZERS["descent"].usual
    factor = 10.0 ** round(log10(usual / plain)) if usual else 1.0
    low, high = (float(f"{rate * factor:g}") for rate in RATES_TO_TRY)
    return low, high

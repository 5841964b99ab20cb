"""The settings of the network, of the curve and of the run: one field each, with all that is known of it."""

from dataclasses import dataclass
from math import log10

from curvegui.core.curve.curve import Curve
from curvegui.core.language.text import mark
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.presets.presets import PRESETS
from curvegui.core.settings.setting import Effect, LinearScale, LogScale, declared

MAX_NEURONS = 20_000
WINDOW_NEURONS = 64
MAX_SEED = 2**31 - 1  # what every spin box and file format can hold
LOOK_ONLY = mark("it changes nothing but the look of a run")
RATES_TO_TRY = 0.1, 100.0  # with plain descent: from too slow to be seen to learn, to too wild to learn
ADAPTIVE = 0.01  # times that where steps are as large whatever the Jacobians


def rates_to_try(optimizer: str) -> tuple[float, float]:
    """Two aggressions, the lower one too slow and the higher one too wild, for an optimiser of this name."""
    entry, plain = OPTIMIZERS[optimizer], OPTIMIZERS["descent"].usual
    factor = 10.0 ** round(log10(entry.usual / plain)) if entry.usual else 1.0
    if entry.is_adaptive:
        factor = ADAPTIVE
    low, high = (float(f"{rate * factor:g}") for rate in RATES_TO_TRY)
    return low, high


def _activation_choices(hidden: bool) -> list[tuple[str, str]]:
    return [(name, entry.label) for name, entry in ACTIVATIONS.items() if entry.is_hidden or not hidden]


@dataclass(frozen=True)
class RunSettings:
    """The first settings, in the order in which files, options and comparisons have them."""

    curve: str | Curve = declared(
        "heart",
        "Curve",
        "The curve to train on.",
        choices=lambda: [(name, preset.label) for name, preset in PRESETS.items()],
        of_target=True,
        of_engine=True,
        is_plain=True,
        example="heart, circle",
    )
    hidden: tuple[int, ...] = declared(
        (6, 7),
        "Layers",
        "How many neurons each hidden layer has.",
        effect=Effect.SURGERY,
        low=1,
        high=MAX_NEURONS,
        window_high=WINDOW_NEURONS,
        is_plain=True,
        example="6-7, 8-8",
    )
    activation: str = declared(
        "logistic",
        "Neurons",
        "What a hidden neuron does with its weighted sum. Each kind needs its own aggression: the guide has a table.",
        choices=lambda: _activation_choices(hidden=True),
        group="network",
        letter="u",
        of_engine=True,
        is_plain=True,
        one_each=True,
        example="logistic, tanh",
    )
    output_activation: str = declared(
        "logistic",
        "Output",
        "What the two output neurons, x and y, do with their weighted sums. "
        "Linear outputs can reach any point, and need a much lower aggression.",
        choices=lambda: _activation_choices(hidden=False),
        group="network",
        letter="O",
        of_engine=True,
        is_plain=True,
        example="logistic, linear",
    )
    aggression: float = declared(
        7.0,
        "Aggression",
        "How far each iteration moves against the Jacobians: the learning rate. "
        "Too low is slow; too high saturates the neurons.",
        high=1_000_000,
        window_high=1_000,
        logarithmic=True,
        letter="g",
        slider=LogScale(0.01, 1_000, at_start=0.0),
        is_plain=True,
        one_each=True,
        to_try=rates_to_try,
        example="0.1..100*7",
    )
    noise: float = declared(
        1.0,
        "Noise",
        "How random each step is: each Jacobian is multiplied by 1 + noise · N(0, 1). At 0, nothing is random but "
        "mini-batches: steepest descent then steps straight against the Jacobians.",
        high=1_000,
        window_high=10,
        letter="N",
        slider=LinearScale(0, 5),
        is_plain=True,
        one_each=True,
        to_try=lambda optimizer: (0.0, 5.0),
        example="0, 1, 3",
    )
    iterations: int = declared(
        50_000,
        "Iterations",
        "How many updates a run makes before it stops. Press Run again for as many more.",
        effect=Effect.DISPLAY,
        low=1,
        high=1_000_000_000,
        window_high=1_000_000_000,
        logarithmic=True,
        whole=True,
        group="stop",
        letter="I",
        example="1000, 10000",
    )
    seed: int = declared(
        5,
        "Seed",
        "Where the random numbers come from. On the same engine, the same settings and seed give the same run.",
        effect=Effect.RESTART,
        high=MAX_SEED,
        window_high=MAX_SEED,
        whole=True,
        letter="S",
        grouped=False,
        is_plain=True,
        one_each=True,
        example="1..20",
    )
    points: int = declared(
        100,
        "Points",
        "How many training points there are along the curve.",
        low=2,
        high=100_000,
        window_high=5_000,
        logarithmic=True,
        whole=True,
        group="data",
        letter="P",
        of_target=True,
        of_engine=True,
        is_plain=True,
        changes_pace=True,
        example="20, 50, 100",
    )
    data_noise: float = declared(
        0.0,
        "Data noise",
        "How far each training point is moved at random, as by an error of measurement: at 0.01, by about a hundredth "
        "of the width of the picture. data noise · N(0, 1) is added to each x and each y.",
        high=10,
        window_high=0.5,
        group="data",
        letter="a",
        of_target=True,
        of_engine=True,
        is_plain=True,
        one_each=True,
        to_try=lambda optimizer: (0.0, 0.1),
        example="0, 0.01, 0.03",
    )
    train_one_in: int = declared(
        1,
        "Train on 1 point in",
        "At 4, the network trains on every fourth point and is tested on the others: "
        "their cost shows whether it has understood the curve or only memorised it.",
        low=1,
        high=100_000,
        window_high=100,
        whole=True,
        group="data",
        letter="T",
        of_target=True,
        of_engine=True,
        is_plain=True,
        changes_pace=True,
        example="1..4",
    )
    trail_every: int = declared(
        100,
        "Draw trail every",
        "How often the fit is added to the trail.",
        effect=Effect.DISPLAY,
        unit="iterations",
        low=1,
        high=1_000_000,
        window_high=1_000_000,
        logarithmic=True,
        whole=True,
        group="drawing",
        letter="y",
        why_not_varied=LOOK_ONLY,
    )

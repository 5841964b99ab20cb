"""The settings of a run as one value: checked, changed with what goes along, and whether each one does anything."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from math import log10
from typing import Any

from curvegui.core.curve.curve import Curve
from curvegui.core.language.text import either, english, mark, tr
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.network.network import INPUTS, OUTPUTS, parameter_count
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.optimizers.descent import SCHEDULES, WHOLE, Descent
from curvegui.core.optimizers.levenberg_marquardt import JACOBIAN_BYTES, jacobian_bytes
from curvegui.core.optimizers.stop_rules import NEVER, StopRules
from curvegui.core.presets.names import titled
from curvegui.core.presets.presets import PRESETS
from curvegui.core.settings.setting import Effect, LinearScale, LogScale, Setting, declared
from curvegui.core.settings.usual_aggression import usual_rate

CONFIRM_PARAMETERS = 1_000_000  # beyond it, one iteration takes a noticeable part of a second
MAX_PARAMETERS = 20_000_000  # 160 MB a copy, and a run takes about sixteen


def check_size(sizes: tuple[int, ...]) -> None:
    """Raise ``ValueError``, which says how much memory is needed, for a network that would not fit."""
    count = parameter_count(sizes)
    if count > MAX_PARAMETERS:
        words = mark(
            "Layers: this network has {count:,} weights and biases and would take about {gigabytes:,.1f} GB. "
            "At most {most:,} are possible; use fewer or smaller layers."
        )
        raise ValueError(tr(words, count=count, gigabytes=memory_gigabytes(count), most=MAX_PARAMETERS))


def size_concern(sizes: tuple[int, ...]) -> str | None:
    """A question to ask before a network this large is built, or None where there is no reason to ask."""
    count = parameter_count(sizes)
    if count <= CONFIRM_PARAMETERS:
        return None
    words = mark(
        "This network has {count:,} weights and biases: it takes about {gigabytes:,.1f} GB of memory, and each "
        "iteration takes long."
    )
    return tr(words, count=count, gigabytes=memory_gigabytes(count))


def memory_gigabytes(parameters: int) -> float:
    """About how much memory a run with so many parameters takes, in GB (10⁹ bytes)."""
    copies = 16  # live, the gradient and its parts, noise, keyframes, a record of them, snapshots on their way
    return parameters * 8 * copies / 1e9


def check_optimizer(descent: Descent, parameters: int, points: int, trained: int) -> None:
    """Raise ``ValueError`` if an optimiser needs too much memory for a network and ``points``, ``trained`` of them."""
    optimizer = OPTIMIZERS[descent.optimizer]
    most = MAX_PARAMETERS // (1 + optimizer.vectors)
    if parameters > most:
        words = mark(
            "Optimiser: with {label}, a network can have at most {most:,} weights and biases, not "
            "{parameters:,}. Choose another optimiser, or smaller layers."
        )
        raise ValueError(tr(words, label=optimizer.label, most=most, parameters=parameters))
    needed = jacobian_bytes(trained, parameters) + bool(descent.weight_decay) * 8 * parameters**2
    if optimizer.takes_jacobian and needed > JACOBIAN_BYTES:
        words = mark(
            "Optimiser: {label} would need {megabytes:,.0f} MB for {points:,} points and {parameters:,} weights and "
            "biases; at most {most:,.0f} MB are possible. Choose L-BFGS, fewer points, or smaller layers."
        )
        bounds = {"megabytes": needed / 1e6, "most": JACOBIAN_BYTES / 1e6}
        raise ValueError(tr(words, label=optimizer.label, points=points, parameters=parameters, **bounds))


MAX_LAYERS = 64
WINDOW_LAYERS = 8
MAX_FROZEN = 1_000_000
FULL_SPEED = 0.0  # iterations a second; no pacing at all
MOST_ITERATIONS = 1_000_000_000
OPTIMIZER_READER = 5  # readers before it know plain descent alone
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
class TrainingConfig:
    """The settings of a run, in the order of files and options. Raises ``ValueError``, a sentence, for a wrong
    value."""

    curve: str | Curve = declared(
        "heart", "Curve",
        "The curve to train on.",
        choices=lambda: [(name, preset.label) for name, preset in PRESETS.items()], of_target=True, of_engine=True,
        is_plain=True, example="heart, circle",
    )  # fmt: skip
    hidden: tuple[int, ...] = declared(
        (6, 7), "Layers",
        "How many neurons each hidden layer has.",
        effect=Effect.SURGERY, low=1, high=MAX_NEURONS, window_high=WINDOW_NEURONS, is_plain=True, example="6-7, 8-8",
    )  # fmt: skip
    activation: str = declared(
        "logistic", "Neurons",
        "What a hidden neuron does with its weighted sum. Each kind needs its own aggression: the guide has a table.",
        choices=lambda: _activation_choices(hidden=True), group="network", letter="u", of_engine=True, is_plain=True,
        one_each=True, example="logistic, tanh",
    )  # fmt: skip
    output_activation: str = declared(
        "logistic", "Output",
        "What the two output neurons, x and y, do with their weighted sums. Linear outputs can reach any point, and "
        "need a much lower aggression.",
        choices=lambda: _activation_choices(hidden=False), group="network", letter="O", of_engine=True, is_plain=True,
        example="logistic, linear",
    )  # fmt: skip
    aggression: float = declared(
        7.0, "Aggression",
        "How far each iteration moves against the Jacobians: the learning rate. Too low is slow; too high saturates "
        "the neurons.",
        high=1_000_000, window_high=1_000, logarithmic=True, letter="g", slider=LogScale(0.01, 1_000, at_start=0.0),
        is_plain=True, one_each=True, to_try=rates_to_try, example="0.1..100*7",
    )  # fmt: skip
    noise: float = declared(
        1.0, "Noise",
        "How random each step is: each Jacobian is multiplied by 1 + noise · N(0, 1). At 0, nothing is random but "
        "mini-batches: steepest descent then steps straight against the Jacobians.",
        high=1_000, window_high=10, letter="N", slider=LinearScale(0, 5), is_plain=True, one_each=True,
        to_try=lambda optimizer: (0.0, 5.0), example="0, 1, 3",
    )  # fmt: skip
    iterations: int = declared(
        50_000, "Iterations",
        "How many updates a run makes before it stops. Press Run again for as many more.",
        effect=Effect.DISPLAY, low=1, high=1_000_000_000, logarithmic=True, whole=True, group="stop", letter="I",
        example="1000, 10000",
    )  # fmt: skip
    seed: int = declared(
        5, "Seed",
        "Where the random numbers come from. On the same engine, the same settings and seed give the same run.",
        effect=Effect.RESTART, high=MAX_SEED, whole=True, letter="S", grouped=False, is_plain=True, one_each=True,
        example="1..20",
    )  # fmt: skip
    points: int = declared(
        100, "Points",
        "How many training points there are along the curve.",
        low=2, high=100_000, window_high=5_000, logarithmic=True, whole=True, group="data", letter="P",
        of_target=True, of_engine=True, is_plain=True, changes_pace=True, example="20, 50, 100",
    )  # fmt: skip
    data_noise: float = declared(
        0.0, "Data noise",
        "How far each training point is moved at random, as by an error of measurement: at 0.01, by about a "
        "hundredth of the width of the picture. data noise · N(0, 1) is added to each x and each y.",
        high=10, window_high=0.5, group="data", letter="a", of_target=True, of_engine=True, is_plain=True,
        one_each=True, to_try=lambda optimizer: (0.0, 0.1), example="0, 0.01, 0.03",
    )  # fmt: skip
    train_one_in: int = declared(
        1, "Train on 1 point in",
        "At 4, the network trains on every fourth point and is tested on the others: their cost shows whether it has "
        "understood the curve or only memorised it.",
        low=1, high=100_000, window_high=100, whole=True, group="data", letter="T", of_target=True, of_engine=True,
        is_plain=True, changes_pace=True, example="1..4",
    )  # fmt: skip
    trail_every: int = declared(
        100, "Draw trail every",
        "How often the fit is added to the trail.",
        effect=Effect.DISPLAY, unit="iterations", low=1, high=1_000_000, logarithmic=True, whole=True,
        group="drawing", letter="y", why_not_varied=LOOK_ONLY,
    )  # fmt: skip
    optimizer: str = declared(
        "descent", "Optimiser",
        "How the Jacobians are used.",
        choice_tips=lambda: [(entry.label, entry.tip) for entry in OPTIMIZERS.values()],
        choices=lambda: [(name, entry.label) for name, entry in OPTIMIZERS.items()], group="optimizer", letter="m",
        changes_pace=True, one_each=True, example="descent, momentum, adam", reader=OPTIMIZER_READER,
    )  # fmt: skip
    momentum: float = declared(
        0.9, "Momentum",
        "How much of the last step is repeated in the next one: 0 for nothing; close to 1, the network rolls on for "
        "a long time.",
        high=0.999, group="optimizer", example="0.5, 0.9, 0.99",
    )  # fmt: skip
    memory: float = declared(
        0.99, "Memory",
        "How far back each weight looks to choose its own step size: close to 1, over many iterations. Most software "
        "has 0.999 for Adam; with 0.99, Adam learns the heart in about half as many iterations.",
        high=0.9999, group="optimizer", example="0.9, 0.99, 0.999",
    )  # fmt: skip
    schedule: str = declared(
        "constant", "Schedule",
        "How the aggression changes.",
        choice_tips=lambda: [(entry.label, entry.tip) for entry in SCHEDULES.values()],
        choices=lambda: [(name, entry.label) for name, entry in SCHEDULES.items()], group="optimizer",
        example="constant, cosine, step", reader=OPTIMIZER_READER,
    )  # fmt: skip
    schedule_over: int = declared(
        50_000, "Schedule over",
        "How many iterations the schedule takes before it starts again. While it equals Iterations, it changes with "
        "it.",
        unit="iterations", low=1, high=MOST_ITERATIONS, whole=True, logarithmic=True, group="optimizer",
        example="1000, 2000",
    )  # fmt: skip
    batch: int = declared(
        WHOLE, "Mini-batch",
        "How many randomly chosen points each iteration uses; 0 for all. For thousands of points: iterations are "
        "faster but less exact.",
        high=100_000, window_high=5_000, whole=True, group="optimizer", letter="b", zero="all points",
        changes_pace=True, example="0, 10, 50", reader=OPTIMIZER_READER,
    )  # fmt: skip
    weight_decay: float = declared(
        0.0, "Weight decay",
        "How strongly every weight is pulled towards 0, for a smoother curve: weight decay · w is added to the "
        "Jacobian of w, as if half of weight decay times the sum of all squared weights were part of the cost. "
        "Biases are not affected; 0 for none.",
        high=1_000, window_high=1, logarithmic=True, group="optimizer", is_plain=True, one_each=True,
        to_try=lambda optimizer: (0.00001, 0.01), example="0, 0.0001, 0.001", reader=6,
    )  # fmt: skip
    stop_cost: float = declared(
        NEVER, "Stop when cost is below",
        "The run finishes when its cost is below this; 0 for never.",
        effect=Effect.DISPLAY, high=1_000, window_high=1, group="stop", letter="w", zero="never",
        example="0, 0.01, 0.001",
    )  # fmt: skip
    stop_patience: int = declared(
        NEVER, "Stop without progress for",
        "The run finishes when its lowest cost has not fallen by 1 % in this many iterations; 0 for never.",
        effect=Effect.DISPLAY, unit="iterations", high=MOST_ITERATIONS, whole=True, group="stop", zero="never",
        example="0, 200, 1000",
    )  # fmt: skip
    stop_seconds: float = declared(
        NEVER, "Stop after",
        "The run finishes this long after it was last started; 0 for never.",
        effect=Effect.DISPLAY, unit="s", high=10_000_000, window_high=100_000, group="stop", zero="never",
        example="0.1, 1",
    )  # fmt: skip
    speed: float = declared(
        2_000.0, "Speed",
        "Iterations per second; 0 is as fast as possible.",
        effect=Effect.DISPLAY, unit="/s", high=1_000_000, window_high=100_000, logarithmic=True, letter="d",
        zero="max", why_not_varied=LOOK_ONLY,
    )  # fmt: skip
    frozen: tuple[int, ...] = declared(
        (), "Frozen",
        "The weights and biases that stay as they are while the others learn, by their place in the network.",
        has_editor=False, why_not_varied="it belongs to one network", is_plain=True, one_each=True, reader=3,
    )  # fmt: skip

    def __post_init__(self) -> None:
        for name in SETTINGS:
            object.__setattr__(self, name, checked_value(name, getattr(self, name)))
        check_size(self.sizes)
        count, trained = parameter_count(self.sizes), -(-self.points // self.train_one_in)
        check_optimizer(self.descent, count, self.points, trained)
        if self.frozen and self.frozen[-1] >= count:
            raise ValueError(tr("Frozen: this network has only {count:,} weights and biases.", count=count))

    def changed(self, **changes: Any) -> "TrainingConfig":
        """The settings with some changed, and with these consequences unless they are given: with other layers, nothing
        is frozen; a new optimiser keeps the aggression's ratio to the usual one; a schedule over the whole run stays
        so."""
        hidden = changes.get("hidden", self.hidden)
        if isinstance(hidden, tuple | list) and tuple(hidden) != self.hidden:
            changes = {"frozen": ()} | changes
        return replace(self, **{**self._going_along(changes), **changes})

    def refusal(self, **changes: Any) -> str:
        """Why the settings cannot be `changed` in this way, in a sentence for people, or nothing."""
        try:
            self.changed(**changes)
        except ValueError as error:
            return str(error)
        return ""

    def _going_along(self, changes: dict[str, Any]) -> dict[str, Any]:
        found = dict[str, Any]()
        optimizer = changes.get("optimizer", self.optimizer)
        if optimizer in OPTIMIZERS and optimizer != self.optimizer:
            neurons = self.activation, self.output_activation
            then = changes.get("activation", neurons[0]), changes.get("output_activation", neurons[1])
            # an optimiser without a usual aggression counts as plain descent
            before = usual_rate(self.optimizer, *neurons) or usual_rate("descent", *neurons)
            after = usual_rate(optimizer, *then) or usual_rate("descent", *then)
            is_same = before == after
            found["aggression"] = self.aggression if is_same else float(f"{self.aggression / before * after:.6g}")
        is_new, as_long = self.schedule == "constant", self.schedule_over == self.iterations
        if changes.get("schedule", self.schedule) != "constant" and (is_new or as_long):
            found["schedule_over"] = changes.get("iterations", self.iterations)
        return found

    @property
    def descent(self) -> Descent:
        alike = {each.name: getattr(self, each.name) for each in fields(Descent) if each.name in SETTINGS}
        return Descent(learning_rate=self.aggression, **alike)

    @property
    def is_plain(self) -> bool:
        """Whether the run is plain descent only, as a batch of networks and the Maths panel compute it."""
        return all(getattr(self, name) == getattr(type(self), name) for name in NOT_PLAIN if self.uses(name))

    def differs(self, other: "TrainingConfig", names: Iterable[str]) -> bool:
        """Whether any of some settings has another value in the other config."""
        return any(getattr(self, name) != getattr(other, name) for name in names)

    @property
    def stop_rules(self) -> StopRules:
        return StopRules(self.stop_cost, self.stop_patience, self.stop_seconds)

    def uses(self, name: str) -> bool:
        """Whether a setting has an effect with this optimiser and this schedule."""
        if name == "schedule_over" and self.schedule == "constant":
            return False
        return name not in OPTIMIZER_SETTINGS or name in OPTIMIZERS[self.optimizer].settings

    @property
    def sizes(self) -> tuple[int, ...]:
        """Neurons of every layer, input and output included: ``(1, 6, 7, 2)``."""
        return (INPUTS, *self.hidden, OUTPUTS)

    @property
    def curve_name(self) -> str:
        """What people call the curve: ``"heart"``, or the name of a curve of their own."""
        return self.curve.name if isinstance(self.curve, Curve) else english(PRESETS[self.curve], "label").lower()

    @property
    def curve_title(self) -> str:
        """The curve's name where it stands alone: ``"Heart"``, ``"Formula"``; a person's own name stays as it is."""
        return titled(self.curve_name)


OPTIMIZER_SETTINGS = frozenset(name for entry in OPTIMIZERS.values() for name in entry.settings)


SETTINGS: dict[str, Setting] = {each.name: each.metadata["setting"] for each in fields(TrainingConfig)}
EDITED_SETTINGS = tuple(name for name, setting in SETTINGS.items() if setting.has_editor)
TARGET_SETTINGS = tuple(name for name, setting in SETTINGS.items() if setting.of_target)
ENGINE_SETTINGS = tuple(name for name, setting in SETTINGS.items() if setting.of_engine)
NOT_PLAIN = tuple(
    name for name, setting in SETTINGS.items() if not setting.is_plain and setting.effect is not Effect.DISPLAY
)


def checked_value(name: str, value: Any) -> Any:
    """A setting's value in its proper type; raises ``ValueError``, a sentence, for a value that no run can have."""
    setting, count = SETTINGS[name], len(value) if isinstance(value, tuple | list) else -1
    if name == "hidden":
        if not 1 <= count <= MAX_LAYERS:
            raise ValueError(tr("{label}: from 1 to {most} hidden layers.", label=setting.label, most=MAX_LAYERS))
        return tuple(setting.check_number(neurons, whole=True) for neurons in value)
    if name == "frozen":
        if not 0 <= count <= MAX_FROZEN:
            raise ValueError(tr("{label}: at most {most:,} weights and biases.", label=setting.label, most=MAX_FROZEN))
        return tuple(sorted({setting.check_number(index, whole=True) for index in value}))
    if isinstance(value, Curve) and name == "curve":
        return value
    return setting.check_number(value) if setting.choices is tuple else setting.check_choice(value)


CONSTANT = "constant"
TIMID = 0.5  # times the usual aggression


def usual(config: TrainingConfig) -> float:
    """The aggression with which this kind of network learns well; unchanged where the optimiser has no usual one."""
    return usual_rate(config.optimizer, config.activation, config.output_activation) or config.aggression


def is_timid(config: TrainingConfig) -> bool:
    """Whether the aggression is far below the usual one, and should be the first setting to change."""
    return config.aggression < TIMID * usual(config)


def why_unused(name: str, ways: Sequence[TrainingConfig]) -> str:
    """A sentence on why a setting has no effect in any of these configs, and what would change that; else nothing."""
    if any(way.uses(name) for way in ways):
        return ""
    label, tried = SETTINGS[name].label, dict.fromkeys(way.optimizer for way in ways)
    owners = [each for each, optimizer in OPTIMIZERS.items() if name in optimizer.settings]
    if not tried.keys() & set(owners):
        words = mark("{label}: it has no effect with the optimiser {either}. Use it with {owners}.")
        return tr(words, label=label, either=either(list(tried)), owners=either(owners))
    others = either([schedule for schedule in SCHEDULES if schedule != CONSTANT])
    words = mark("{label}: it has no effect with the schedule {constant}. Use it with {others}.")
    return tr(words, label=label, constant=CONSTANT, others=others)

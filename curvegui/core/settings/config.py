"""Every setting of a run: one field each, from which its editor, its option and its tooltip follow."""

from collections.abc import Iterator
from dataclasses import Field, dataclass, field, fields, replace
from typing import Any

from curvegui.core.curve.curve import DRAWING, Curve
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.network.network import INPUTS, OUTPUTS, parameter_count
from curvegui.core.optimizers.all import OPTIMIZERS, carried
from curvegui.core.optimizers.descent import WHOLE, Descent
from curvegui.core.optimizers.residual_jacobian import JACOBIAN_BYTES, jacobian_bytes
from curvegui.core.optimizers.stop_rules import NEVER, StopRules
from curvegui.core.presets.all import PRESETS
from curvegui.core.settings import descent_settings
from curvegui.core.settings.setting import Effect, Setting

MAX_PARAMETERS = 20_000_000  # 160 MB a copy, and a run takes about sixteen
MAX_LAYERS = 64
MAX_NEURONS = 20_000
WINDOW_LAYERS = 8
WINDOW_NEURONS = 64
MAX_SEED = 2**31 - 1  # what every spin box and file format can hold
MAX_FROZEN = 1_000_000
FULL_SPEED = 0.0  # iterations a second; no pacing at all


def _setting(default: Any, label: str, tip: str, **kinds: Any) -> Any:
    return _declared(default, Setting(label, tip, **kinds))


def _declared(default: Any, setting: Setting) -> Any:
    return field(default=default, metadata={"knob": setting})


def _activation_choices(hidden: bool) -> list[tuple[str, str]]:
    return [(name, entry.label) for name, entry in ACTIVATIONS.items() if entry.is_hidden or not hidden]


@dataclass(frozen=True)
class TrainingConfig:
    """The settings of a run.

    Raises
    ------
    ValueError
        If a value is not allowed; the message is a sentence for people.
    """

    curve: str | Curve = _setting(
        "heart",
        "Curve",
        "The curve to learn.",
        choices=lambda: [(name, preset.label) for name, preset in PRESETS.items()],
    )
    hidden: tuple[int, ...] = _setting(
        (6, 7),
        "Layers",
        "How many neurons each hidden layer has.",
        effect=Effect.SURGERY,
        low=1,
        high=MAX_NEURONS,
        window_high=WINDOW_NEURONS,
    )
    activation: str = _setting(
        "logistic",
        "Neurons",
        "What a hidden neuron makes of its weighted sum. "
        "Others than logistic ones learn best with an aggression of 0.1 to 1.",
        choices=lambda: _activation_choices(hidden=True),
    )
    output_activation: str = _setting(
        "logistic",
        "Output",
        "What the two output neurons, x and y, make of their weighted sums. "
        "Linear ones can reach any point, and need an aggression of 0.1 or so.",
        choices=lambda: _activation_choices(hidden=False),
    )
    aggression: float = _setting(
        7.0,
        "Aggression",
        "How far each iteration moves against the Jacobians: the learning rate. "
        "Too low is slow; too high and the neurons saturate.",
        high=1_000_000,
        window_high=1_000,
        logarithmic=True,
    )
    noise: float = _setting(
        1.0,
        "Noise",
        "How strongly chance scales each Jacobian, by 1 + noise · N(0, 1). At 0 the descent is exactly the steepest.",
        high=1_000,
        window_high=10,
    )
    iterations: int = _setting(
        50_000,
        "Iterations",
        "How many updates a run makes before it stops. Run again to go on for as many.",
        effect=Effect.DISPLAY,
        low=1,
        high=1_000_000_000,
        window_high=1_000_000_000,
        logarithmic=True,
    )
    seed: int = _setting(
        5,
        "Seed",
        "Where the random numbers come from: the same seed gives the same run.",
        effect=Effect.RESTART,
        high=MAX_SEED,
        window_high=MAX_SEED,
    )
    points: int = _setting(
        100,
        "Points",
        "How many training points lie along the curve.",
        low=2,
        high=100_000,
        window_high=5_000,
        logarithmic=True,
    )
    data_noise: float = _setting(
        0.0,
        "Data noise",
        "How far chance moves each training point, as measuring does: at 0.01, by about a hundredth of the width "
        "of the picture. Each x and each y has data noise · N(0, 1) added to it.",
        high=10,
        window_high=0.5,
    )
    train_one_in: int = _setting(
        1,
        "Learn 1 point in",
        "The network trains on one in so many points and is tested on the others: "
        "the cost of those shows whether it has understood the curve or learnt it by heart.",
        low=1,
        high=100_000,
        window_high=100,
    )
    trail_every: int = _setting(
        100,
        "Trail every",
        "The network's curve is added to the trail once in so many iterations.",
        effect=Effect.DISPLAY,
        unit="iterations",
        low=1,
        high=1_000_000,
        window_high=1_000_000,
        logarithmic=True,
    )
    optimizer: str = _declared("descent", descent_settings.OPTIMIZER)
    momentum: float = _declared(0.9, descent_settings.MOMENTUM)
    memory: float = _declared(0.99, descent_settings.MEMORY)
    schedule: str = _declared("constant", descent_settings.SCHEDULE)
    schedule_over: int = _declared(50_000, descent_settings.SCHEDULE_OVER)
    batch: int = _declared(WHOLE, descent_settings.BATCH)
    stop_cost: float = _declared(NEVER, descent_settings.STOP_COST)
    stop_patience: int = _declared(NEVER, descent_settings.STOP_PATIENCE)
    stop_seconds: float = _declared(NEVER, descent_settings.STOP_SECONDS)
    speed: float = _setting(
        2_000.0,
        "Speed",
        "Iterations a second; 0 is as fast as it goes.",
        effect=Effect.DISPLAY,
        unit="/s",
        high=1_000_000,
        window_high=100_000,
        logarithmic=True,
    )
    frozen: tuple[int, ...] = _setting(
        (),
        "Frozen",
        "The weights and biases that stay as they are while the others learn, by their places in the network.",
        has_editor=False,
    )

    def __post_init__(self) -> None:
        for name, setting in settings():
            object.__setattr__(self, name, _checked(name, setting, getattr(self, name)))
        check_size(self.sizes)
        self._check_optimizer()
        if self.frozen and self.frozen[-1] >= parameter_count(self.sizes):
            raise ValueError(f"Frozen: this network has only {parameter_count(self.sizes):,} weights and biases.")

    def _check_optimizer(self) -> None:
        """Refuse an optimiser that would take too much memory for this network and these points."""
        entry, count = OPTIMIZERS[self.optimizer], parameter_count(self.sizes)
        most = MAX_PARAMETERS // (1 + entry.vectors)
        if count > most:
            raise ValueError(
                f"Optimiser: {entry.label} remembers {entry.vectors} times as much as the network, which may have "
                f"{most:,} weights and biases with it, not {count:,}. Choose another one, or smaller layers."
            )
        needed = jacobian_bytes(-(-self.points // self.train_one_in), count)
        if entry.takes_jacobian and needed > JACOBIAN_BYTES:
            raise ValueError(
                f"Optimiser: {entry.label} would need {needed / 1e6:,.0f} MB for how {self.points:,} points depend on "
                f"{count:,} weights and biases; {JACOBIAN_BYTES / 1e6:,.0f} MB are possible. Choose L-BFGS, or fewer "
                "points or smaller layers."
            )

    def changed(self, **changes: Any) -> "TrainingConfig":
        """The settings with some of them changed, and with what goes along unless it is given.

        Where the layers change, nothing is frozen. With another optimiser the aggression is as much bolder or gentler
        than usual as it was. A schedule takes as long as the run, as long as it did.

        Raises
        ------
        ValueError
            If a value is not allowed.
        """
        hidden = changes.get("hidden", self.hidden)
        if isinstance(hidden, tuple | list) and tuple(hidden) != self.hidden:
            changes = {"frozen": ()} | changes
        return replace(self, **{**self._going_along(changes), **changes})

    def _going_along(self, changes: dict[str, Any]) -> dict[str, Any]:
        found = dict[str, Any]()
        before, after = (OPTIMIZERS.get(name) for name in (self.optimizer, changes.get("optimizer", self.optimizer)))
        if before is not None and after is not None and before.usual != after.usual:
            found["aggression"] = carried(self.aggression, before.usual, after.usual)
        is_new, as_long = self.schedule == "constant", self.schedule_over == self.iterations
        if changes.get("schedule", self.schedule) != "constant" and (is_new or as_long):
            found["schedule_over"] = changes.get("iterations", self.iterations)
        return found

    @property
    def descent(self) -> Descent:
        """How to go down."""
        return Descent(
            learning_rate=self.aggression,
            noise=self.noise,
            seed=self.seed,
            optimizer=self.optimizer,
            momentum=self.momentum,
            memory=self.memory,
            schedule=self.schedule,
            schedule_over=self.schedule_over,
            batch=self.batch,
        )

    @property
    def is_plain(self) -> bool:
        """Whether it goes down as versions without optimisers did: steeply, at one aggression, on all points."""
        return self.optimizer == "descent" and self.schedule == "constant" and self.batch == WHOLE

    @property
    def stop_rules(self) -> StopRules:
        """What ends the run before its last iteration."""
        return StopRules(self.stop_cost, self.stop_patience, self.stop_seconds)

    def uses(self, name: str) -> bool:
        """Whether a setting does anything, with this optimiser and this schedule."""
        if name == "schedule_over" and self.schedule == "constant":
            return False
        return name not in OPTIMIZER_SETTINGS or name in OPTIMIZERS[self.optimizer].settings

    @property
    def sizes(self) -> tuple[int, ...]:
        """Neurons of every layer, input and output included: ``(1, 6, 7, 2)``."""
        return (INPUTS, *self.hidden, OUTPUTS)

    @property
    def curve_name(self) -> str:
        """What people call the curve: ``"heart"``, or the name of one of their own."""
        return self.curve.name if isinstance(self.curve, Curve) else PRESETS[self.curve].label.lower()

    @property
    def curve_title(self) -> str:
        """The same where it stands alone: ``"Heart"``; names that are not ours stay as they are."""
        name, comma, more = self.curve_name.partition(",")  # as in "fish, reshaped"
        return TITLES.get(name, name) + comma + more


TITLES = {DRAWING: "Drawing"} | {preset.label.lower(): preset.label for preset in PRESETS.values()}
WHOLE_NUMBERS = frozenset(
    {"iterations", "seed", "points", "train_one_in", "trail_every", "schedule_over", "batch", "stop_patience"}
)
OPTIMIZER_SETTINGS = frozenset(name for entry in OPTIMIZERS.values() for name in entry.settings)
TARGET_SETTINGS = frozenset({"curve", "points", "data_noise", "train_one_in"})  # other ones make other costs


def settings() -> Iterator[tuple[str, Setting]]:
    """Every field's name and its setting, in order."""
    for each in fields(TrainingConfig):
        yield each.name, setting_of(each)


def setting_of(each: "Field[Any]") -> Setting:
    """The setting declared with a field."""
    setting: Setting = each.metadata["knob"]
    return setting


SETTINGS: dict[str, Setting] = dict(settings())
EDITED_SETTINGS = tuple(name for name, setting in SETTINGS.items() if setting.has_editor)


def checked_value(name: str, value: Any) -> Any:
    """A setting's value as the settings have it, judged by itself.

    Raises
    ------
    ValueError
        If it is not allowed, whatever the other settings are; a sentence for people.
    """
    return _checked(name, SETTINGS[name], value)


def _checked(name: str, setting: Setting, value: Any) -> Any:
    if name == "hidden":
        return _checked_layers(setting, value)
    if name == "frozen":
        return _checked_places(setting, value)
    if isinstance(value, Curve) and name == "curve":
        return value
    if setting.choices():
        return setting.check_choice(value)
    return setting.check_number(value, whole=name in WHOLE_NUMBERS)


def _checked_layers(setting: Setting, value: Any) -> tuple[int, ...]:
    if not isinstance(value, tuple | list) or not 1 <= len(value) <= MAX_LAYERS:
        raise ValueError(f"{setting.label}: from 1 to {MAX_LAYERS} hidden layers.")
    return tuple(int(setting.check_number(neurons, whole=True)) for neurons in value)


def _checked_places(setting: Setting, value: Any) -> tuple[int, ...]:
    if not isinstance(value, tuple | list) or len(value) > MAX_FROZEN:
        raise ValueError(f"{setting.label}: at most {MAX_FROZEN:,} weights and biases.")
    places = {int(setting.check_number(place, whole=True)) for place in value}
    return tuple(sorted(places))


def check_size(sizes: tuple[int, ...]) -> None:
    """Refuse a network that would not fit, before anything is allocated.

    Raises
    ------
    ValueError
        Above ``MAX_PARAMETERS``, with the memory it would take.
    """
    count = parameter_count(sizes)
    if count > MAX_PARAMETERS:
        raise ValueError(
            f"Layers: this network has {count:,} weights and biases and would take about "
            f"{memory_gigabytes(count):,.1f} GB. At most {MAX_PARAMETERS:,} are possible; use fewer or smaller layers."
        )


def memory_gigabytes(parameters: int) -> float:
    """About how much memory a run with so many parameters takes, in GB (10⁹ bytes)."""
    copies = 16  # live, the gradient and its parts, noise, keyframes, a record of them, snapshots on their way
    return parameters * 8 * copies / 1e9

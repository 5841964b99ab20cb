"""The settings of a run as one value: checked, changed with what goes along, and whether each one does anything."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from curvegui.core.curve.curve import Curve
from curvegui.core.language.text import either, english, tr
from curvegui.core.network.network import INPUTS, OUTPUTS, parameter_count
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.optimizers.descent import Descent
from curvegui.core.optimizers.schedules import SCHEDULES
from curvegui.core.optimizers.stop_rules import StopRules
from curvegui.core.presets.names import titled
from curvegui.core.presets.presets import PRESETS
from curvegui.core.settings.descent_settings import DescentSettings
from curvegui.core.settings.run_settings import LOOK_ONLY
from curvegui.core.settings.setting import Effect, LogScale, Setting, declared
from curvegui.core.settings.size import check_optimizer, check_size
from curvegui.core.settings.usual_rates import usual_rate

MAX_LAYERS = 64
WINDOW_LAYERS = 8
MAX_FROZEN = 1_000_000
FULL_SPEED = 0.0  # iterations a second; no pacing at all


@dataclass(frozen=True)
class TrainingConfig(DescentSettings):
    """The settings of a run. A value that is not allowed raises ``ValueError`` with a sentence for people."""

    speed: float = declared(
        2_000.0,
        "Speed",
        "Iterations per second; 0 is as fast as possible.",
        effect=Effect.DISPLAY,
        unit="/s",
        high=1_000_000,
        window_high=100_000,
        logarithmic=True,
        letter="d",
        zero="max",
        why_not_varied=LOOK_ONLY,
        slider=LogScale(1, 100_000, at_end=FULL_SPEED),
    )
    frozen: tuple[int, ...] = declared(
        (),
        "Frozen",
        "The weights and biases that stay as they are while the others learn, by their place in the network.",
        has_editor=False,
        why_not_varied="it belongs to one network",
        is_plain=True,
        one_each=True,
        reader=3,
    )

    def __post_init__(self) -> None:
        for name, setting in SETTINGS.items():
            object.__setattr__(self, name, _checked(name, setting, getattr(self, name)))
        check_size(self.sizes)
        count, trained = parameter_count(self.sizes), -(-self.points // self.train_one_in)
        check_optimizer(self.descent, count, self.points, trained)
        if self.frozen and self.frozen[-1] >= count:
            raise ValueError(tr("Frozen: this network has only {count:,} weights and biases.", count=count))

    def changed(self, **changes: Any) -> "TrainingConfig":
        """The settings with some of them changed, and with what goes along unless it is given.

        Where the layers change, nothing is frozen. With another optimiser the aggression is as much bolder or gentler
        than usual as it was. A schedule takes as long as the run, as long as it did. Raises ``ValueError`` where a
        value is not allowed.
        """
        hidden = changes.get("hidden", self.hidden)
        if isinstance(hidden, tuple | list) and tuple(hidden) != self.hidden:
            changes = {"frozen": ()} | changes
        return replace(self, **{**self._going_along(changes), **changes})

    def refusal(self, **changes: Any) -> str:
        """Why the settings cannot be `changed` so, in a sentence for people, or nothing."""
        try:
            self.changed(**changes)
        except ValueError as error:
            return str(error)
        return ""

    def _going_along(self, changes: dict[str, Any]) -> dict[str, Any]:
        found = dict[str, Any]()
        optimizer = changes.get("optimizer", self.optimizer)
        if optimizer in OPTIMIZERS and optimizer != self.optimizer:
            found["aggression"] = self._carried_to(optimizer, changes)
        is_new, as_long = self.schedule == "constant", self.schedule_over == self.iterations
        if changes.get("schedule", self.schedule) != "constant" and (is_new or as_long):
            found["schedule_over"] = changes.get("iterations", self.iterations)
        return found

    def _carried_to(self, optimizer: str, changes: dict[str, Any]) -> float:
        """The aggression for another optimiser: as many times its usual one as it was before, to six digits.

        Where there is no usual one, a rate is kept as plain descent would have it, for the optimiser that comes next.
        """
        neurons = self.activation, self.output_activation
        then = changes.get("activation", neurons[0]), changes.get("output_activation", neurons[1])
        before = usual_rate(self.optimizer, *neurons) or usual_rate("descent", *neurons)
        after = usual_rate(optimizer, *then) or usual_rate("descent", *then)
        return self.aggression if before == after else float(f"{self.aggression / before * after:.6g}")

    @property
    def descent(self) -> Descent:
        """How to go down."""
        alike = {each.name: getattr(self, each.name) for each in fields(Descent) if each.name in SETTINGS}
        return Descent(learning_rate=self.aggression, **alike)

    @property
    def is_plain(self) -> bool:
        """Whether plain descent, as a batch of networks and the Maths panel compute it, is all that it is."""
        return all(getattr(self, name) == getattr(type(self), name) for name in NOT_PLAIN if self.uses(name))

    def differs(self, other: "TrainingConfig", names: Iterable[str]) -> bool:
        """Whether any of some settings has another value there."""
        return any(getattr(self, name) != getattr(other, name) for name in names)

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
        return self.curve.name if isinstance(self.curve, Curve) else english(PRESETS[self.curve], "label").lower()

    @property
    def curve_title(self) -> str:
        """The same where it stands alone: ``"Heart"``, ``"Formula"``; names that are not ours stay as they are."""
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
    """A setting's value as the settings have it, judged by itself.

    Raises ``ValueError``, a sentence for people, if it is not allowed whatever the other settings are.
    """
    return _checked(name, SETTINGS[name], value)


def _checked(name: str, setting: Setting, value: Any) -> Any:
    if name == "hidden":
        return _checked_layers(setting, value)
    if name == "frozen":
        return _checked_places(setting, value)
    if isinstance(value, Curve) and name == "curve":
        return value
    if setting.choices is not tuple:
        return setting.check_choice(value)
    return setting.check_number(value)


def _checked_layers(setting: Setting, value: Any) -> tuple[int, ...]:
    if not isinstance(value, tuple | list) or not 1 <= len(value) <= MAX_LAYERS:
        raise ValueError(tr("{label}: from 1 to {most} hidden layers.", label=setting.label, most=MAX_LAYERS))
    return tuple(int(setting.check_number(neurons, whole=True)) for neurons in value)


def _checked_places(setting: Setting, value: Any) -> tuple[int, ...]:
    if not isinstance(value, tuple | list) or len(value) > MAX_FROZEN:
        raise ValueError(tr("{label}: at most {most:,} weights and biases.", label=setting.label, most=MAX_FROZEN))
    places = {int(setting.check_number(place, whole=True)) for place in value}
    return tuple(sorted(places))


CONSTANT = "constant"


def why_unused(name: str, ways: Sequence[TrainingConfig]) -> str:
    """Why a setting does nothing in any of some settings, in a sentence with the names that change that; else nothing.

    ``name`` is a field of `TrainingConfig`; there is at least one way.
    """
    if any(way.uses(name) for way in ways):
        return ""
    label, tried = SETTINGS[name].label, dict.fromkeys(way.optimizer for way in ways)
    owners = [each for each, optimizer in OPTIMIZERS.items() if name in optimizer.settings]
    if not tried.keys() & set(owners):
        return tr(
            "{label}: it has no effect with the optimiser {either}. Use it with {owners}.",
            label=label,
            either=either(list(tried)),
            owners=either(owners),
        )
    others = [schedule for schedule in SCHEDULES if schedule != CONSTANT]
    return tr(
        "{label}: it has no effect with the schedule {constant}. Use it with {others}.",
        label=label,
        constant=CONSTANT,
        others=either(others),
    )

"""Two runs side by side, in words: which of their settings differ, and how."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from curvegui.core.curve.curve import Curve
from curvegui.core.language.text import in_own_order, localised, mark, tr
from curvegui.core.presets.names import worded
from curvegui.core.settings.config import SETTINGS, TrainingConfig
from curvegui.core.settings.setting import Effect, Setting

NOT_THERE = mark("none")  # of a setting that an optimiser does not have
Number = Callable[[float], str]
"""Writes a number: the window does it as the person's language has it."""


@dataclass(frozen=True)
class SettingsComparison:
    """One setting of two runs: its name, such as "Aggression", and its value in each of the runs."""

    label: str
    one: str
    other: str

    @property
    def is_same(self) -> bool:
        """Whether both values read the same."""
        return self.one == self.other

    @property
    def words(self) -> str:
        """``"Aggression: 7 and 3"``, or ``"Noise: the same (1)"``."""
        if self.is_same:
            return tr("{label}: the same ({one})", label=self.label, one=self.one)
        return tr("{label}: {one} and {other}", label=self.label, one=self.one, other=self.other)


def plain_number(number: float) -> str:
    """A number with a decimal point, its thousands grouped: ``"50,000"``."""
    return localised(f"{number:,g}" if number != int(number) else f"{int(number):,}")


def compare_settings(
    one: TrainingConfig, other: TrainingConfig, number: Number = plain_number
) -> tuple[SettingsComparison, ...]:
    """Compare the settings of two runs, without those of the display; the settings that differ come first."""
    compared = [
        SettingsComparison(setting.label, *_values(name, setting, (one, other), number))
        for name, setting in SETTINGS.items()
        if setting.effect is not Effect.DISPLAY and (one.uses(name) or other.uses(name))
    ]
    return tuple(sorted(compared, key=lambda each: each.is_same))


def _values(name: str, setting: Setting, configs: tuple[TrainingConfig, ...], number: Number) -> list[str]:
    """A setting's value in each of two runs; curves of the same name are told apart."""
    values: list[Any] = [getattr(config, name) if config.uses(name) else None for config in configs]
    written = [tr(NOT_THERE) if value is None else _value(setting, value, number) for value in values]
    if name != "curve" or written[0] != written[1] or values[0] == values[1]:
        return written
    sizes = [tr("{n} points", n=number(curve.t.size)) if isinstance(curve, Curve) else tr("preset") for curve in values]
    if sizes[0] == sizes[1]:
        sizes = [f"{size}, {curve.digest.hex()[:6]}" for size, curve in zip(sizes, values, strict=True)]
    return [f"{curve} ({size})" for curve, size in zip(written, sizes, strict=True)]


def _value(setting: Setting, value: Any, number: Number) -> str:
    if not setting.has_editor:
        return number(len(value)) if value else tr("none")
    if isinstance(value, Curve):
        return worded(value.name)
    if isinstance(value, tuple):
        return in_own_order("–".join(map(number, value)))
    if isinstance(value, str):
        return dict(setting.choices()).get(value, value)
    if value == 0 and setting.zero:
        return setting.zero
    return f"{number(value) if setting.grouped else value} {setting.unit}".strip()

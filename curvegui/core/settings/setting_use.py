"""Whether a setting does anything with the settings that are tried, and if not, what would use it."""

from collections.abc import Sequence

from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.optimizers.schedules import SCHEDULES
from curvegui.core.settings.config import SETTINGS, TrainingConfig

CONSTANT = "constant"


def why_unused(name: str, ways: Sequence[TrainingConfig]) -> str:
    """Why a setting does nothing in any of some settings, in a sentence with the names that change that; else nothing.

    ``name``: a field of `TrainingConfig`. ``ways``: at least one.
    """
    if any(way.uses(name) for way in ways):
        return ""
    label, tried = SETTINGS[name].label, dict.fromkeys(way.optimizer for way in ways)
    owners = [each for each, optimizer in OPTIMIZERS.items() if name in optimizer.settings]
    if not tried.keys() & set(owners):
        return f"{label}: it does nothing with the optimiser {_either(list(tried))}, but with {_either(owners)}."
    others = [schedule for schedule in SCHEDULES if schedule != CONSTANT]
    return f"{label}: it does nothing with the schedule {CONSTANT}, but with {_either(others)}."


def _either(names: list[str]) -> str:
    """One of several: ``"momentum, nesterov or adam"``."""
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last

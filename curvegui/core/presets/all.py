"""All curves that come with the app, by name, in the order in which people see them."""

from curvegui.core.presets import classics, drawings, named
from curvegui.core.presets.preset import PRESETS, Function, Preset, preset

__all__ = ["PRESETS", "SUBJECTS", "Function", "Preset", "preset"]

SUBJECTS = (classics, named, drawings)  # whose import fills PRESETS

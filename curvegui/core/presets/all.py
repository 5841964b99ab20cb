"""All curves that come with the app, by name, in the order in which people see them."""

from curvegui.core.presets import classics as preset_classics
from curvegui.core.presets import drawings as preset_outlines
from curvegui.core.presets import named as preset_curves
from curvegui.core.presets.preset import PRESETS, Function, Preset, preset

__all__ = ["PRESETS", "SUBJECTS", "Function", "Preset", "preset"]

SUBJECTS = (preset_classics, preset_curves, preset_outlines)  # whose import fills PRESETS

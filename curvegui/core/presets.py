"""All curves that come with the app, by name, in the order in which people see them."""

from curvegui.core import preset_classics, preset_curves, preset_outlines
from curvegui.core.preset import PRESETS, Function, Preset, preset

__all__ = ["PRESETS", "SUBJECTS", "Function", "Preset", "preset"]

SUBJECTS = (preset_classics, preset_curves, preset_outlines)  # whose import fills PRESETS

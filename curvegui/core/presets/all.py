"""All curves that come with the app, by name, in the order in which people see them."""

from importlib import import_module

from curvegui.core.presets.preset import PRESETS, Function, Preset, preset

__all__ = ["PRESETS", "SUBJECTS", "Function", "Preset", "preset"]

SUBJECTS = tuple(import_module(f"curvegui.core.presets.{name}") for name in ("classics", "named", "drawings"))
"""The modules whose import fills `PRESETS`, one after the other."""

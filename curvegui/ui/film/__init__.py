"""Saving a film of the run: see `dialog`."""

from curvegui.core.language.text import mark

GUIDE = "Exporting/" + mark("Videos")

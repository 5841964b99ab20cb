"""Saving a film of the run."""

from curvegui.core.language.text import mark

GUIDE = "Exporting/" + mark("Videos")

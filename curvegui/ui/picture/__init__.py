"""Saving a picture of the run. Read `dialog` first."""

from curvegui.core.language.text import mark

GUIDE = "Exporting/" + mark("Pictures")

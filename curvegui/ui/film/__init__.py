"""Saving a film of the run. Read `dialog` first."""

GUIDE = "Exporting/Videos"

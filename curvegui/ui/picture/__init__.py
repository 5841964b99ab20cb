"""Saving a picture of the run. Read `dialog` first."""

GUIDE = "Exporting/Pictures"

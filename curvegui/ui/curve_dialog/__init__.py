"""The dialog that brings a curve in, with a page for each source; begin with ``dialog.py``."""

GUIDE = "Any curve"

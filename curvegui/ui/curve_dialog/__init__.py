"""The dialog that brings a curve in, with a page for each source; begin with ``dialog.py``, then ``source.py``."""

GUIDE = "Any curve"

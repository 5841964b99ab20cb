"""The error along t, under the canvas; begin with ``plot.py``."""

"""The tools on the canvas: draw a curve, reshape it, ask what draws a part; begin with ``tools.py``."""

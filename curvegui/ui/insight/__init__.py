"""What explains the fit, over it on the canvas: errors, pulls, a curve without a part; begin with ``insight.py``."""

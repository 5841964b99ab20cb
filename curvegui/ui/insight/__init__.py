"""What explains the fit, drawn over it: errors, pulls, the curve without a part; begin with ``insight.py``."""

"""What a run gives to other programs: numbers, points, scripts that draw or train; begin with ``data.py``."""

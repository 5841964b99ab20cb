"""What a run gives to other programs: numbers, points, a script; begin with ``data.py``."""

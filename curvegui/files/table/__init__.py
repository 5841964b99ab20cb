"""Tables of points: CSV and any text with numbers in columns; begin with ``points.py``."""

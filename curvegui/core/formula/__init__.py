"""Formulas of t, read from text and computed by NumPy, never run as a program. Read `curve.py` first."""

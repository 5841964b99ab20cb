"""Choosing the curve to train on: the list at the left, and what is dropped or pasted; begin with ``actions.py``."""

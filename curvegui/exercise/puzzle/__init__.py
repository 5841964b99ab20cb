"""A Jacobian put together from its shuffled lines and from others that do not belong; begin with ``puzzle.py``."""

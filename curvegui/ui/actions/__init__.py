"""Actions and features as records, what the window offers to features, and the docks; begin with ``feature.py``."""

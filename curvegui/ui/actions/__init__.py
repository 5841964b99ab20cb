"""Actions and features as records, what the window offers to features, and the panels; begin with ``feature.py``."""

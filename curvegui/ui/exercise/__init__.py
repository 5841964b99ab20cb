"""A learner's own Jacobians: their file, the verdicts, and training with them; begin with ``panel.py``."""

"""The Jacobians of all layers as heat maps; begin with ``panel.py``."""

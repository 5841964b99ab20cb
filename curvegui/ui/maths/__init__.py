"""The chain rule of one parameter with its present numbers; begin with ``panel.py``."""

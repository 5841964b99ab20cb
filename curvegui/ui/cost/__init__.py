"""The cost over the iterations as a plot, which the timeline is made of; begin with ``curves.py``."""

GUIDE = "Looking back"

"""The network as a diagram, to look at: neurons, edges and signs; begin with ``picture.py``."""

GUIDE = "The network"

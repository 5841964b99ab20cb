"""CurveGUI: a small neural network learns, before your eyes, to draw a curve."""

__version__ = "0.1.0"

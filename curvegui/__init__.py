"""CurveGUI: a small neural network learns, before your eyes, to draw a curve."""

__version__ = "0.1.0"
APP_ID = "io.github.curvegui.CurveGUI"  # by which a desktop knows the app, its window, its icons and its files

"""Everything that lives while the window is open, without widgets: QtCore only. Read run/session.py first."""

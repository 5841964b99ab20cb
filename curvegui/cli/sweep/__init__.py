"""``curvegui sweep``: many runs without a window, and their table. Read `command.py` first."""

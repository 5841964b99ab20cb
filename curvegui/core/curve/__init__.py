"""A person's own curve: drawn, typed or opened, it becomes points in the unit square. Read `curve.py` first."""

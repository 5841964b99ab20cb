"""Many networks at once, which learn the same curve: the wall. Read `ensemble.py` first."""

"""A sweep: many runs over a grid or a random sample of settings. Read `plan.py` first, then `task.py`."""

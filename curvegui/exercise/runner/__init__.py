"""Running a learner's functions in child processes with limits; begin with ``runner.py``."""

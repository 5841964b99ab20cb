"""The verdict on a learner's functions and its words; begin with ``judge.py``."""

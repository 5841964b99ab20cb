"""A learner's file: read without running it, and a new one to begin with; begin with ``learner_file.py``."""

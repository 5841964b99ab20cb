"""A learner's own Jacobians: read, run in a child process, judged, trained with; begin with ``verdict/judge.py``."""

"""The timeline and the controls of a run: run, pause, step, reset, play back; begin with ``timeline.py``."""

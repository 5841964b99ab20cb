"""The status of a run: what is wrong with a run, in words, and what would help. Read `diagnosis.py` first."""

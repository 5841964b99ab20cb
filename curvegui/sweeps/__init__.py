"""Sweeps carried out, on this machine or a cluster, and their results in a file; begin with ``executor.py``."""

"""Sweeps carried out: on the cores of this machine or on a cluster, with the results kept as they arrive."""

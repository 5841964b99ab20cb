"""A Fourier series beside the network: the same target with as many numbers, as circles that turn.

Read `series` first.
"""

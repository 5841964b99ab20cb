"""The mathematics: networks, their Jacobians, and how they learn. NumPy and the standard library only.

Read `network/network` first.
"""

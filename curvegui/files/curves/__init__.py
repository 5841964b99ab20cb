"""Curves of the user's own on disk: how they are written, and the list of the latest ones; begin with ``format.py``."""

"""Bytes on the disk: files written whole or not at all, names that every system takes; begin with ``atomic.py``."""

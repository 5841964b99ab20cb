"""The guided tour, and lessons that a teacher has written; begin with ``actions.py``."""

"""Lessons for the guided tour, read from text files; begin with ``lesson.py``, and with ``words.py`` to add a word."""

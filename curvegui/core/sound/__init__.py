"""Sounds: a curve and a cost as samples, and samples as a WAV file. Read ``waves.py`` first."""

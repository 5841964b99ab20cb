"""One run, alive: its thread, its undo history, its preferences. QtCore only."""

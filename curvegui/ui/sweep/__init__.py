"""Sweeps: many runs with other settings, carried out beside the run. Read `dialog` first."""

"""Paints a run as the frames of a film. Read `film` first."""

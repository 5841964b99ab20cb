"""Paints a run on any paint device: curves, axes, captions, expressions. Read `figure` first."""

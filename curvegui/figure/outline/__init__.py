"""Reads outlines from SVG drawings, pictures and words. Read `svg` first."""

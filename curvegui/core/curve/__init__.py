"""Curve."""

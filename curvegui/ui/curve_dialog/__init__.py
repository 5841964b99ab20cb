"""Curve dialog."""

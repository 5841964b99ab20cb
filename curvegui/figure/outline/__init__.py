"""Outline."""

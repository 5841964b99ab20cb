"""Jacobians."""

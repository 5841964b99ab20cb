"""Child."""

"""Wall."""

"""Actions and features as records, the services that the window offers to features, and the panels; begin with
``feature.py``."""

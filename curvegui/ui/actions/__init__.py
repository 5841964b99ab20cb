"""Records of actions and features, the services that features get, and the panels; begin with ``feature.py``."""

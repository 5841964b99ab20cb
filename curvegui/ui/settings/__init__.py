"""The panel with every setting and its editor, and the status card; begin with ``form.py``."""

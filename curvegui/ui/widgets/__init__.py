"""Widgets and number formats that belong to no feature; begin with ``number_box.py`` or ``labels.py``."""

"""How the window looks: themes, icons, layouts; begin with ``theme.py``."""

"""How the window looks: themes, icons, layouts and the colours of weights; begin with ``theme.py``."""

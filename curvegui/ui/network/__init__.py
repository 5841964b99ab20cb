"""The network and what a person can do to it: select, mute, freeze, set, grow; begin with ``panel.py``."""

"""The network under a person's hands: select, mute, freeze, set, grow; begin with ``panel.py``."""

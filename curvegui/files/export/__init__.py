"""What a run gives to other programs: numbers, points, a sound, scripts that draw or train; begin with ``data.py``."""


class ExportError(ValueError):
    """What cannot be saved so, and why, in a sentence for people."""

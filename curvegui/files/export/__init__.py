"""What a run gives to other programs: numbers, points, a sound, scripts that draw or train; begin with ``data.py``."""


class ExportError(ValueError):
    """Something cannot be saved in a format; the message says why, in a sentence for people."""

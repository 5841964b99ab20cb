"""Films as files, one format a file, frame by frame; begin with ``animation.py``, formats: ``figure/formats.py``."""

"""Films as files, one format a file, frame by frame; begin with ``animation.py``, add a format in ``formats.py``."""

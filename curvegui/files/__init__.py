"""All that is read from and written to disk, without Qt; begin with ``project/project.py``, the file of a run."""

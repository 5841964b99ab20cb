"""The favourites: a folder of project files with an index and a trash; begin with ``folder.py``."""

"""The favourites: a folder of project files with a trash; begin with ``folder.py``."""

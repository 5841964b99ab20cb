"""The run as a file, in whatever form: a project, a picture, a line of text; begin with ``project.py``."""

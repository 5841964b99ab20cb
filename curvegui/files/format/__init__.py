"""The format that project files are made of: a checked archive of JSON and arrays; begin with ``container.py``."""

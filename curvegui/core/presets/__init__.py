"""The curves that come with the app, one decorated function each. Read `presets.py` first, then `names.py`."""

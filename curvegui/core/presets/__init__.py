"""The curves that come with the app, one decorated function each. Read `preset.py` first; `all.py` collects them."""

"""Starts the app from a checkout: ``python main.py``."""

from curvegui.__main__ import main

if __name__ == "__main__":
    raise SystemExit(main())

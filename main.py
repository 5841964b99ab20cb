"""Starts the app from a checkout: ``python main.py``."""

from curvegui.__main__ import main

raise SystemExit(main())

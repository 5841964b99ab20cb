"""The canvas: target, trail and fit over each other, at 60 frames a second; begin with ``canvas.py``."""

GUIDE = "What you see"

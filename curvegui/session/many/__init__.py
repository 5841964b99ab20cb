"""Many networks at once: walls and sweeps. Read wall.py first."""

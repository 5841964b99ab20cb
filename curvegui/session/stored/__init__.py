"""What outlasts the window: preferences, favourites, recent curves. Read preferences.py first."""

"""The file that the run belongs to, its autosaves, and what a crash has left. Read document.py first."""

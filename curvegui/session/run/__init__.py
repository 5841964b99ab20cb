"""The run that is alive: a session, its undo history, and the thread that computes it. Read session.py first."""

"""Challenges: curves to meet by hand, and what counts as the smallest network; begin with by_hand.py."""

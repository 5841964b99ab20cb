"""Posters and cards: a whole run as one long exposure. Read poster.py first."""

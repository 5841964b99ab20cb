"""Favourites."""

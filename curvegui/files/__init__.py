"""Readers and writers of files. No Qt."""

"""Every text that a person reads, in their language: as gettext has it, with catalogues read when they are needed.

Read `text` first.
"""

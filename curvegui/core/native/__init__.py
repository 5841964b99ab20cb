"""The engine in C: the same iterations as NumPy's engine, faster, and the same bits on every processor.

Read ``engine.c`` first. The library is built when the package is installed: see ``packaging/native.py``.
"""

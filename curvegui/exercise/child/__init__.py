"""What runs in the child process, where anything may go wrong; begin with ``main.py``."""

"""Known mistakes in Jacobians and how to recognise them; begin with ``recognition.py``; add one in ``factors.py``."""

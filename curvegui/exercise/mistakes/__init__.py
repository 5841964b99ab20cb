"""Known mistakes in Jacobians and how to recognise them; begin with ``recognition.py``, or ``factors.py`` to add one."""

"""Known mistakes in Jacobians and how to recognise them; begin with ``all.py``, and with ``factors.py`` to add one."""

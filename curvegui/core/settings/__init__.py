"""Every setting of a run, declared once with all that is known of it; read ``setting`` first, then ``config``."""

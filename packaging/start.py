"""What a bundle begins with."""

import os
import sys
from multiprocessing import freeze_support
from types import ModuleType

from curvegui.__main__ import main

NEVER_USED = {"PySide6.QtOpenGL": (), "PySide6.QtOpenGLWidgets": ("QOpenGLWidget",)}


def leave_others_alone() -> None:
    """On Linux, let editors and other programs of the system find their own libraries, and not those of the bundle."""
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before
    else:
        os.environ.pop("LD_LIBRARY_PATH", None)


def stand_in_for_opengl() -> None:
    """Let pyqtgraph import what the app never has it use, and what would be 10 MB of the bundle."""
    for name, classes in NEVER_USED.items():
        sys.modules[name] = module = ModuleType(name)
        for each in classes:
            setattr(module, each, type(each, (), {}))


if __name__ == "__main__":
    if sys.platform == "linux":
        leave_others_alone()
    stand_in_for_opengl()
    freeze_support()  # for a library that starts processes of its own
    sys.exit(main())

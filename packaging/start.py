"""What a bundle begins with."""

import os
import sys
from multiprocessing import freeze_support

from curvegui.__main__ import main


def leave_others_alone() -> None:
    """On Linux, let editors and other programs of the system find their own libraries, and not those of the bundle."""
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before
    else:
        os.environ.pop("LD_LIBRARY_PATH", None)


if __name__ == "__main__":
    if sys.platform == "linux":
        leave_others_alone()
    freeze_support()  # for a library that starts processes of its own
    sys.exit(main())

"""What a bundle begins with."""

import sys
from multiprocessing import freeze_support

from curvegui.__main__ import main

if __name__ == "__main__":
    freeze_support()  # for a library that starts processes of its own
    sys.exit(main())

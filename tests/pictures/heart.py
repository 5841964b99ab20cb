"""The one run that is made in the window: `curvegui train` would make all of its iterations."""

from pathlib import Path

from trained import STEPS
from visitor import Visitor


def make_heart(visitor: Visitor, path: Path) -> None:
    """Make the first iterations of the usual run, and save it while it is paused."""
    visitor.wait_for_window()
    visitor.pause_at_start()
    visitor.learn(STEPS)
    visitor.while_chosen("file.save_as", lambda dialog: visitor.name_file(dialog, path))
    visitor.wait("the run is saved", lambda: path.is_file() and not visitor.window.isWindowModified())

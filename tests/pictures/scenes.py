"""The table of all scenes."""

from scene import Scene
from scenes_canvas import CANVAS
from scenes_curves import CURVES
from scenes_docks import DOCKS
from scenes_docs import DOCS
from scenes_files import FILES
from scenes_help import HELP
from scenes_saving import SAVING
from scenes_study import STUDY
from scenes_window import WINDOW

SCENES: dict[str, Scene] = {
    scene.name: scene for scene in (*WINDOW, *CANVAS, *DOCKS, *STUDY, *SAVING, *CURVES, *FILES, *HELP, *DOCS)
}

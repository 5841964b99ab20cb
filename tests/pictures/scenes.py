"""The table of all scenes."""

from scene import Scene
from scenes_dialogs import CURVES, DOCS, FILES, HELP, SAVING, STUDY
from scenes_window import CANVAS, DOCKS, WINDOW

SCENES: dict[str, Scene] = {
    scene.name: scene for scene in (*WINDOW, *CANVAS, *DOCKS, *STUDY, *SAVING, *CURVES, *FILES, *HELP, *DOCS)
}

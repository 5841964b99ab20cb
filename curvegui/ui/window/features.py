"""The table of features. A name brings a folder's actions, panels and classes into the window; without it, they go.

The order is that of the panels, of the actions within a menu, and of what is made after the first painting.
"""

from importlib import import_module

from curvegui.ui.actions.feature import Feature

FOLDERS = (
    "settings", "status", "timeline", "curves", "study", "network", "maths", "jacobians", "valley", "fourier", "morph",
    "documents", "second_start", "exercise", "puzzle", "export", "report", "favourites", "tools", "wall", "sweep",
    "errors", "insight", "tour", "experiments", "challenges", "help", "aloud", "palette", "preferences", "window",
    "watch", "gallery",
)  # fmt: skip


def features_in(folder: str) -> tuple[Feature, ...]:
    """The features that a folder of the window declares, in the order in which they stand there."""
    return tuple(each for each in vars(import_module(f"curvegui.ui.{folder}")).values() if isinstance(each, Feature))


FEATURES = tuple(feature for folder in FOLDERS for feature in features_in(folder))
PANELS = tuple(dock.name for feature in FEATURES for dock in feature.docks)

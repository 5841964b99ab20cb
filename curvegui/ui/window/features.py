"""The table of features. A folder's name in the table brings the actions, panels and classes of the folder into the
window. The order of the table is the order of the panels, of the actions within a menu, and in which features are made
after the window was first painted."""

from importlib import import_module

from curvegui.ui.actions.feature import Feature

FOLDERS = (
    "settings", "status", "timeline", "curves", "study", "network", "maths", "jacobians", "valley", "fourier", "morph",
    "documents", "second_start", "exercise", "puzzle", "share", "favourites", "tools", "compare",
    "errors", "insight", "tour", "challenges", "help", "aloud", "palette", "preferences", "window",
    "watch", "gallery",
)  # fmt: skip


def features_in(folder: str) -> tuple[Feature, ...]:
    """The features that a folder of the window declares in its ``__init__``, in the order of their declarations."""
    return tuple(each for each in vars(import_module(f"curvegui.ui.{folder}")).values() if isinstance(each, Feature))


FEATURES = tuple(feature for folder in FOLDERS for feature in features_in(folder))
PANELS = tuple(dock.name for feature in FEATURES for dock in feature.docks)

"""The wall: many networks that learn side by side; begin with ``dialog.py``."""

from curvegui.ui.actions.feature import ActionRecord, Feature

GUIDE = "The wall of seeds"

FEATURE = Feature(
    "wall",
    "curvegui.ui.wall.actions:WallActions",
    needs=("documents", "favourites"),
    actions=(
        ActionRecord("wall.open", "Run", "&Wall of seeds…",
                     "Train many networks side by side, each from another seed or with another value of a setting",
                     "open", keys=("Ctrl+L",), icon="wall", separated=True, about=("setting.seed",)),
        ActionRecord("wall.race", "Run", "Race of &optimisers…",
                     "Train the same network with every optimiser side by side, and see which cost falls fastest",
                     "race", about=("setting.optimizer",)),
    ),
)  # fmt: skip

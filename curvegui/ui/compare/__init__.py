"""Many networks side by side: walls, races and sweeps; begin with ``dialog.py`` and ``sweep.py``."""

from curvegui.ui.actions.feature import ActionRecord, Feature

GUIDE = "The wall of seeds"

WALLS = Feature(
    "wall",
    "curvegui.ui.compare.actions:WallActions",
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
SWEEPS = Feature(
    "sweep",
    "curvegui.ui.compare.sweep:SweepActions",
    needs=("documents",),
    actions=(
        ActionRecord("run.sweep", "Run", "&Sweep…", "Try many settings at once, on all cores, and open the best run",
                     "open_dialog", about=("action.sweep",)),
    ),
)  # fmt: skip

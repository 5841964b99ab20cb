"""Networks compared: walls and races, that learn side by side, and sweeps; begin with ``dialog.py``."""

from curvegui.ui.actions.feature import ActionRecord, Feature

GUIDE = "The wall of seeds"

FEATURE = Feature(
    "compare",
    "curvegui.ui.compare.actions:CompareActions",
    needs=("documents", "favourites"),
    actions=(
        ActionRecord("wall.open", "Run", "C&ompare…",
                     "Train many networks side by side, each from another seed or with another value of a setting",
                     "open", keys=("Ctrl+L",), icon="wall", separated=True, about=("setting.seed",)),
        ActionRecord("wall.seeds", "/Run", "&Wall of seeds…",
                     "Train many networks side by side, each from another seed or with another value of a setting",
                     "open", ("seed",), about=("setting.seed",)),
        ActionRecord("wall.race", "/Run", "Race of &optimisers…",
                     "Train the same network with every optimiser side by side, and see which cost falls fastest",
                     "open", ("optimizer",), about=("setting.optimizer",)),
        ActionRecord("run.sweep", "/Run", "&Sweep…", "Try many settings at once, on all cores, and open the best run",
                     "open", ("many",), about=("action.sweep",)),
    ),
)  # fmt: skip

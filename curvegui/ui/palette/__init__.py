"""The command palette: every action and setting by its name."""

from curvegui.ui.actions.feature import ActionRecord, Feature

GUIDE = "The command palette"

FEATURE = Feature(
    "palette",
    "curvegui.ui.palette.dialog:PaletteActions",
    actions=(
        ActionRecord("help.palette", "Help", "&Command palette…", "Find any action or setting by typing its name",
                     "open", keys=("Ctrl+Shift+P",), separated=True, before="help.log"),
    ),
)  # fmt: skip

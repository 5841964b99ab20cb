"""How the app looks, starts, computes and saves, in one dialog. Read rows.py first."""

from curvegui.ui.actions.feature import ActionRecord, Feature, Role

GUIDE = "Preferences, colours, motion, keyboard"

FEATURE = Feature(
    "preferences",
    "curvegui.ui.preferences.dialog:PreferencesActions",
    needs=("documents",),
    actions=(
        ActionRecord("app.preferences", "Edit", "Prefere&nces…",
                     "Choose how CurveGUI looks, starts, computes and saves", "open", keys=("Ctrl+,",),
                     separated=True, role=Role.PreferencesRole, about=("action.preferences",)),
    ),
)  # fmt: skip

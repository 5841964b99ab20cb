"""Help about the app: the guide, the keys, the log and the versions. Read actions.py first."""

from curvegui.ui.actions.feature import ActionRecord, Feature, Key, Role

FEATURE = Feature(
    "help",
    "curvegui.ui.help.actions:HelpActions",
    actions=(
        ActionRecord("help.guide", "Help", "User's &guide", "Everything in CurveGUI, explained", "show_guide",
                     keys=(Key.HelpContents,), separated=True),
        ActionRecord("help.keys", "Help", "&Keyboard shortcuts", "All keys, and what they do", "show_keys"),
        ActionRecord("help.log", "Help", "Show &log", "Show the app's log, newest lines last", "show_log"),
        ActionRecord("help.copy_details", "/&Help", "Copy &details",
                     "Copy which version this is and what it runs on, to report a fault", "copy_details"),
        ActionRecord("help.about", "Help", "&About CurveGUI", "Version and licences", "show_about",
                     role=Role.AboutRole),
    ),
)  # fmt: skip

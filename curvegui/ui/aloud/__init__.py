"""What a person hears: the summary of a view, and what happens; begin with ``aloud.py``."""

from curvegui.ui.actions.feature import ActionRecord, Feature

GUIDE = "Hearing the run"

FEATURE = Feature(
    "aloud",
    "curvegui.ui.aloud.aloud:Aloud",
    starts=True,
    actions=(
        ActionRecord("help.summary", "Help", "&Say how it stands",
                     "Say what this view shows now, and what would help, in the status bar and to a screen reader",
                     "say_summary", keys=("F9",), separated=True, before="help.log"),
    ),
)  # fmt: skip

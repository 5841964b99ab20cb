"""Words and sound for people who do not see the picture; begin with ``aloud.py``."""

from curvegui.ui.actions.feature import ActionRecord, Feature

GUIDE = "Hearing the run"

FEATURE = Feature(
    "aloud",
    "curvegui.ui.aloud.aloud:Aloud",
    starts=True,
    actions=(
        ActionRecord("help.summary", "Help", "&Say how it stands",
                     "Say what this view shows now, and what would help, on the screen and to a screen reader",
                     "say_summary", keys=("F9",), separated=True, before="help.palette"),
    ),
)  # fmt: skip

HEARING = Feature(
    "hearing",
    "curvegui.ui.aloud.listening:Hearing",
    needs=("aloud",),
    actions=(
        ActionRecord("hear.curve", "Help", "&Listen to the curve",
                     "Hear the fit along t: its height is the pitch, and it is heard where it is from left to right",
                     "listen", keys=("A",), checkable=True, before="help.palette"),
        ActionRecord("hear.learning", "/&Hearing", "&Hear it learn",
                     "A soft tone that falls as the cost does, and clicks where noise throws the fit back",
                     "hear_learning", checkable=True),
    ),
)  # fmt: skip

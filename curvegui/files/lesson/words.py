"""The words that a lesson may use: parts of the window, what can be waited for, and settings; add one here."""

from collections.abc import Iterable
from difflib import get_close_matches

from curvegui.core.diagnosis.diagnosis import Condition
from curvegui.core.settings.config import SETTINGS, TrainingConfig

PLACES = (
    "canvas",
    "timeline",
    "run button",
    "step button",
    "transport",
    "knobs",
    "aggression",
    "noise",
    "layers",
    "doctor",
    "network",
    "maths",
    "jacobians",
    "exercise",
    "curves",
    "favourites",
    "status",
    "toolbar",
)
"""What a lesson can point at."""

STATES = {
    "running": "the run makes iterations",
    "paused": "it makes none",
    "finished": "it has reached its goal",
    "live": "the newest iteration is seen",
    "looked back": "an earlier iteration is seen",
    "selected neuron": "a neuron is selected in the network",
    "selected weight": "a weight is selected",
    "selected bias": "a bias is selected",
    "muted": "the curve is drawn without some part",
    "soloed": "the curve is drawn with one part alone",
    "brushed": "a stretch of the curve is brushed",
    "stepped forward": "the Maths dock stands in the forward pass",
    "stepped backward": "it stands in the backward pass",
    "stepped update": "it stands at the update",
}
"""What may hold at any time."""

FINDINGS = {f"finding {each.value}": f"the doctor's finding is “{each.value}”" for each in Condition}
"""The same of what the doctor says."""

EVENTS = {
    "reset": "another run has begun: by Reset, a new seed, another curve or other layers",
    "curve changed": "another curve is learnt than when the step began",
    "undone": "Undo has taken something back",
    "saved favourite": "a moment was kept as a favourite",
    "saved picture": "a picture was saved or copied",
}
"""What may happen while a step is shown."""

COUNTS = {
    "iteration": "how many updates the run has made",
    "iterations made": "how many of them since the step began",
    "cost": "the newest cost",
    "steps": "how often Step was pressed since the step began",
    "hidden neurons": "how many neurons the hidden layers have, all together",
}
"""Numbers that are no settings."""

_DEFAULTS = {name: getattr(TrainingConfig(), name) for name in SETTINGS}
NUMBERS = {name.replace("_", " "): name for name, value in _DEFAULTS.items() if type(value) in (int, float)}
"""Settings that are numbers: their word, and their field of the configuration."""

CHOICES = {name.replace("_", " "): name for name, value in _DEFAULTS.items() if isinstance(value, str)}
"""Settings that are one of several names."""

LAYERS = "layers"
FLAGS = (*STATES, *FINDINGS, *EVENTS)
LESSON_SETTINGS = (*NUMBERS, *CHOICES, LAYERS)


def not_among(kind: str, word: str, allowed: Iterable[str]) -> str:
    """A sentence that says there is no such word, and which one may be meant, or which ones there are."""
    allowed = list(allowed)
    close = get_close_matches(word.lower(), allowed, n=1, cutoff=0.6)
    hint = f"Did you mean “{close[0]}”?" if close else f"There are: {', '.join(allowed)}."
    return f"there is no {kind} called “{shortened(word)}”. {hint}"


def shortened(text: str, most: int = 60) -> str:
    """A text, cut to what a sentence can quote."""
    return text if len(text) <= most else f"{text[: most - 1]}…"

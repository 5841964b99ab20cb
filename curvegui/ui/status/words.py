"""What the status says: a sign, a headline, the detail, and the words on the buttons."""

from dataclasses import dataclass

from curvegui.core.diagnosis.finding import Condition, Diagnosis, Remedy
from curvegui.core.language.text import lowered, mark, tr
from curvegui.core.settings.config import SETTINGS
from curvegui.session.run.delivery import Phase
from curvegui.session.run.history import Change
from curvegui.ui.widgets.numbers import format_number

DRAWINGS = {
    Condition.LEARNING: "check", Condition.SLOW: "wait", Condition.STARTING: "wait", Condition.PLATEAU: "wait",
}  # fmt: skip
ROLES = {"check": "good", "warning": "warning"}
READY, START_WORDS = mark("Ready."), mark("Press Run to start.")
MORE_WORDS = mark("Press Run to continue.")
LATEST = mark("Latest iteration:")


@dataclass(frozen=True)
class Told:
    """The status in words. ``drawing`` is a name under ``resources/icons``, ``role`` its colour in a theme."""

    headline: str
    detail: str
    remedies: tuple[Remedy, ...] = ()
    section: str = ""  # of the guide
    drawing: str = "wait"

    @property
    def role(self) -> str:
        """The colour of the sign, as a field of `Theme`."""
        return ROLES.get(self.drawing, "muted")


def told(diagnosis: Diagnosis | None, phase: Phase, cause: str, is_past_shown: bool = False) -> Told:
    """Speak of training in the present tense while it goes on, and else in the past.

    ``cause`` is the change that Undo would take back, in words, or nothing. Where ``is_past_shown``, the headline says
    that it is not about what is shown.
    """
    if diagnosis is None:
        return Told(tr(READY), tr(START_WORDS))
    headline, detail = diagnosis.headline, diagnosis.detail
    if not phase.is_learning and diagnosis.at_rest:
        headline = diagnosis.at_rest
        if phase is Phase.FINISHED:
            headline, detail = diagnosis.finished or headline, f"{detail} {tr(MORE_WORDS)}"
    remedies: tuple[Remedy, ...] = tuple(each for each in diagnosis.remedies if each is not Remedy.UNDO)
    if Remedy.UNDO in diagnosis.remedies and cause:
        remedies = (Remedy.UNDO, *remedies)  # it loses nothing
    drawing = DRAWINGS.get(diagnosis.condition, "warning")
    headline = f"{tr(LATEST)} {headline}" if is_past_shown else headline
    return Told(headline, detail, remedies, diagnosis.section, drawing)


def cause_words(cause: Change) -> str:
    """A change, with the number that it set: "aggression 210"."""
    name = next((name for name, setting in SETTINGS.items() if setting.label == cause.label), "")
    value = getattr(cause.after.config, name, None)
    number = f" {format_number(value)}" if isinstance(value, int | float) else ""
    return f"{lowered(cause.label)}{number}"


def button_words(remedy: Remedy, cause: str) -> str:
    """What a button says: which change Undo takes back."""
    return tr("Undo {cause}", cause=cause) if remedy is Remedy.UNDO else tr(remedy.value)

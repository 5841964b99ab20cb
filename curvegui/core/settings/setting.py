"""What a setting is: one setting's name, bounds and effect, from which its editor and its option follow."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from numbers import Real
from typing import Any


class Effect(Enum):
    """What changing a setting does to a run that is under way."""

    LIVE = "The run goes on from where it is."
    SURGERY = "The network grows and shrinks without forgetting; Reset begins a new one, Undo brings the old one back."
    RESTART = "A change starts a new network; Undo brings the old one back."
    DISPLAY = "The mathematics stays the same."


@dataclass(frozen=True)
class Setting:
    """One setting, declared once.

    Attributes
    ----------
    label : str
        Its name beside the editor.
    tip : str
        One or two sentences for a tooltip and for ``--help``.
    effect : Effect
    unit : str
        Shown after the value, or empty.
    low, high : float
        The bounds that the mathematics accepts.
    window_high : float
        The largest value that the window offers; beyond it, the command line.
    logarithmic : bool
        A slider moves evenly in the value's logarithm.
    choices : callable
        Returns (name, label) pairs; none where the value is a number.
    has_editor : bool
        Else it is turned on the network itself.
    """

    label: str
    tip: str
    effect: Effect = Effect.LIVE
    unit: str = ""
    low: float = 0.0
    high: float = float("inf")
    window_high: float = float("inf")
    logarithmic: bool = False
    choices: Callable[[], Sequence[tuple[str, str]]] = tuple
    has_editor: bool = True

    def check_number(self, value: Any, whole: bool) -> float:
        """Return the number if it is allowed.

        Parameters
        ----------
        value : object
        whole : bool
            Whether only whole numbers are allowed.

        Raises
        ------
        ValueError
            With a sentence that says what is allowed.
        """
        number = _as_number(value)
        if number is None or not self.low <= number <= self.high or (whole and number != int(number)):
            raise ValueError(f"{self.label}: {self.allowed(whole)}.")
        return int(number) if whole else number

    def check_choice(self, value: Any) -> str:
        """Return the name if it is one of the choices, else raise ``ValueError``."""
        names = [name for name, _ in self.choices()]
        if not isinstance(value, str) or value not in names:
            raise ValueError(f"{self.label}: choose one of {', '.join(names)}.")
        return str(value)

    def allowed(self, whole: bool) -> str:
        """What may be entered, in words: "a whole number from 1 to 64"."""
        kind = "a whole number" if whole else "a number"
        if self.high == float("inf"):
            return f"{kind}, {_plain(self.low)} or more"
        return f"{kind} from {_plain(self.low)} to {_plain(self.high)}"


def _as_number(value: Any) -> float | None:
    """The value as a finite float, or None where it is not one (True is not a number here)."""
    if isinstance(value, bool) or not isinstance(value, Real):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if number - number == 0 else None


def _plain(number: float) -> str:
    return f"{int(number):,}" if number == int(number) else f"{number:g}"

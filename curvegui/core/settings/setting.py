"""What a setting is: its name, bounds, effect and slider, from which its editor and its option follow."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from math import log10
from numbers import Real
from typing import Any

from curvegui.core.language.text import localised, mark, said, tr

POSITIONS = 1_000  # fine enough that a drag looks smooth on a wide screen


@dataclass(frozen=True)
class LinearScale:
    """Proportional to the value; a drag rounds to ``digits`` decimals."""

    low: float
    high: float
    digits: int = 2  # decimals that a drag rounds to

    def value(self, position: int) -> float:
        """The value at a position from 0 to ``POSITIONS``."""
        return round(self.low + (self.high - self.low) * position / POSITIONS, self.digits)

    def position(self, value: float) -> int:
        """The position nearest to a value."""
        return _clamp((value - self.low) / (self.high - self.low))


@dataclass(frozen=True)
class LogScale:
    """Proportional to the logarithm of the value, over 0; ``at_start`` is the value at the very start."""

    low: float
    high: float
    at_start: float | None = None

    def value(self, position: int) -> float:
        """The value at a position from 0 to ``POSITIONS``, rounded to two digits."""
        if position == 0 and self.at_start is not None:
            return self.at_start
        return float(f"{self.low * (self.high / self.low) ** (position / POSITIONS):.2g}")

    def position(self, value: float) -> int:
        """The position nearest to a value."""
        if value == self.at_start:
            return 0
        return _clamp(log10(max(value, self.low) / self.low) / log10(self.high / self.low))


def _clamp(fraction: float) -> int:
    return round(min(max(fraction, 0.0), 1.0) * POSITIONS)


class Effect(Enum):
    """The effect of a change of a setting on a run that is under way."""

    LIVE = mark("The run continues.")
    SURGERY = mark("The network grows and shrinks without forgetting; Reset starts a new one.")
    RESTART = mark("A change starts a new network; Undo returns to the old one.")
    DISPLAY = mark("This does not change the mathematics.")


GROUPS = {
    "network": mark("Network"),
    "data": mark("Data"),
    "optimizer": mark("Optimiser"),
    "stop": mark("When to stop"),
    "drawing": mark("Drawing"),
}
"""The settings that are less often changed, by what they are about; those in none of these are always in sight."""


@said("label", "tip", "unit", "zero", "why_not_varied", within=("label",))
@dataclass(frozen=True)
class Setting:
    """All facts about one setting, declared once: whoever needs them iterates over `SETTINGS`."""

    label: str  # beside the editor
    tip: str  # one or two sentences for a tooltip and for ``--help``
    effect: Effect = Effect.LIVE
    unit: str = ""  # shown after the value
    low: float = 0.0  # the bounds that the mathematics accepts
    high: float = float("inf")
    window_high: float = float("inf")  # the largest value that the window offers, where that is less than ``high``
    whole: bool = False  # only whole numbers
    logarithmic: bool = False  # steps of an editor, a wall and a sweep are even in the value's logarithm
    choices: Callable[[], Sequence[tuple[str, str]]] = tuple  # (name, label) pairs; none where the value is a number
    choice_tips: Callable[[], Sequence[tuple[str, str]]] = tuple  # (label, tip) pairs, where they say more

    # Its editor
    has_editor: bool = True  # else it is turned on the network itself
    group: str = ""  # of `GROUPS`, where the window has its editor among those
    letter: str = ""  # with Alt, it leads to the editor; the menus have F, E, R, T, V and H
    zero: str = ""  # what the editor shows for 0
    grouped: bool = True  # thousands are told apart; not in a number that is only a name
    slider: LinearScale | LogScale | None = None

    # What depends on it
    of_target: bool = False  # another value makes other training points, and so other costs
    of_engine: bool = False  # an engine is built for one value
    changes_pace: bool = False  # an iteration takes another time with another value
    is_plain: bool = False  # plain descent has it, as a batch of networks and the Maths panel compute it
    one_each: bool = False  # networks that learn together may each have their own
    to_try: Callable[[str], tuple[float, float]] | None = None  # from where to where a wall goes, by the optimiser
    example: str = ""  # of the values of a sweep
    why_not_varied: str = ""  # why a sweep cannot vary it
    reader: int = 0  # the version of the file format that a reader must know where it is not its default

    def __post_init__(self) -> None:
        object.__setattr__(self, "window_high", min(self.window_high, self.high))

    @property
    def whole_tip(self) -> str:
        """The tip, followed by the tips of the choices."""
        return " ".join([self.tip, *(f"{label}: {tip}" for label, tip in self.choice_tips())])

    @property
    def words(self) -> dict[float, str]:
        """The values that are shown, and may be typed, as words."""
        return {0.0: self.zero} if self.zero else {}

    def check_number(self, value: Any, whole: bool | None = None) -> float:
        """The number, if allowed; else raises ``ValueError``, which says what is. ``whole`` overrides the setting's."""
        number, whole = _as_number(value), self.whole if whole is None else whole
        if number is None or not self.low <= number <= self.high or (whole and number != int(number)):
            raise ValueError(tr("{label}: {allowed}.", label=self.label, allowed=self.allowed(whole)))
        return int(number) if whole else number

    def check_choice(self, value: Any) -> str:
        """The name, if it is one of the choices; else raises ``ValueError``."""
        names = [name for name, _ in self.choices()]
        if not isinstance(value, str) or value not in names:
            raise ValueError(tr("{label}: choose one of {names}.", label=self.label, names=", ".join(names)))
        return str(value)

    def allowed(self, whole: bool | None = None) -> str:
        """The allowed numbers, in words: "a whole number from 1 to 64"."""
        is_whole, low = self.whole if whole is None else whole, _plain(self.low)
        if self.high == float("inf"):
            words = mark("a whole number, {low} or more") if is_whole else mark("a number, {low} or more")
            return tr(words, low=low)
        words = mark("a whole number from {low} to {high}") if is_whole else mark("a number from {low} to {high}")
        return tr(words, low=low, high=_plain(self.high))


def declared(default: Any, label: str, tip: str, **facts: Any) -> Any:
    """A field of the settings with its default, and with the facts of a `Setting`."""
    return field(default=default, metadata={"setting": Setting(label, tip, **facts)})


def _as_number(value: Any) -> float | None:
    """A value as a finite float, or None for other values; True is not a number here."""
    if isinstance(value, bool) or not isinstance(value, Real):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if number - number == 0 else None


def _plain(number: float) -> str:
    return localised(f"{int(number):,}" if number == int(number) else f"{number:g}")

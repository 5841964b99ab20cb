"""What a curve was typed as: two formulas of t, and the values of the letters in them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import isfinite
from typing import Any

from curvegui.core.language.text import tr

LONGEST = 1_000  # characters of a formula
LARGEST = 1e9  # value of a parameter, or end of its range
MOST = 30  # parameters


@dataclass(frozen=True)
class Parameter:
    """A letter in a formula, its value, and the range of its slider. Raises ``ValueError`` if they do not fit."""

    name: str
    value: float = 1.0
    low: float = -5.0
    high: float = 5.0

    def __post_init__(self) -> None:
        for each in ("value", "low", "high"):
            object.__setattr__(self, each, float(getattr(self, each)))
        numbers = self.low, self.value, self.high
        if not all(isfinite(each) and abs(each) <= LARGEST for each in numbers):
            raise ValueError(
                tr("{name}: choose numbers from −{largest:,.0f} to {largest:,.0f}.", name=self.name, largest=LARGEST)
            )
        if not (self.low <= self.value <= self.high and self.low < self.high):
            raise ValueError(tr("{name}: the range must go from a smaller number to a larger one.", name=self.name))


@dataclass(frozen=True)
class Typed:
    """The formulas as they were typed, and their parameters."""

    x: str
    y: str
    parameters: tuple[Parameter, ...] = ()

    @property
    def values(self) -> dict[str, float]:
        """The value of each parameter."""
        return {each.name: each.value for each in self.parameters}

    def plain(self) -> dict[str, Any]:
        """The same as JSON has it."""
        return asdict(self)


def typed_of(values: Mapping[str, Any]) -> Typed:
    """What `Typed.plain` made plain; raises ``ValueError`` if that is not what it is."""
    try:
        x, y, rows = (values[name] for name in ("x", "y", "parameters"))
        found = [Parameter(row["name"], row["value"], row["low"], row["high"]) for row in rows]
    except (KeyError, TypeError, OverflowError) as error:
        raise ValueError(tr("its formula cannot be used")) from error
    texts = [x, y, *(each.name for each in found)]
    if not all(isinstance(each, str) for each in texts) or len(found) > MOST or max(map(len, texts)) > LONGEST:
        raise ValueError(tr("its formula cannot be used"))
    return Typed(x, y, tuple(found))

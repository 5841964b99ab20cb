"""How much an SVG drawing has in it with all that its ``<use>`` elements repeat.

A few lines can stand for more elements than anyone can draw, or for themselves.
"""

from collections import Counter
from dataclasses import dataclass, field

from curvegui.core.language.text import tr

LONGEST_CHAIN = 10  # of <use> that leads to <use>: Qt draws them by recursion


@dataclass
class Content:
    """What is inside of an element, itself included, and how many times each name is used."""

    elements: int = 0
    uses: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Content") -> None:
        """Put another element into this one."""
        self.elements += other.elements
        if other.uses:
            self.uses.update(other.uses)


class UseError(ValueError):
    """Something is used by itself, or by too many in a row."""


class Uses:
    """What every name stands for."""

    def __init__(self) -> None:
        self._named: dict[str, Content] = {}
        self._known: dict[str, tuple[int, int]] = {}

    def name(self, name: str, content: Content) -> None:
        """An element has this name; where two have the same, it stands for both, which is more than Qt draws."""
        self._named.setdefault(name, Content()).add(content)

    def elements(self, content: Content) -> int:
        """How many elements are drawn for one, with all that it uses.

        Raises ``UseError`` if something is used by itself, or there are more than 10 in a row.
        """
        return content.elements + sum(times * self._expanded(name, ())[0] for name, times in content.uses.items())

    def _expanded(self, name: str, chain: tuple[str, ...]) -> tuple[int, int]:
        """How many elements a name stands for, and how long a chain begins with it."""
        if name in chain:
            raise UseError(tr("what is called “{name}” contains itself", name=name[:40]))
        if name not in self._known:
            if len(chain) >= LONGEST_CHAIN:
                raise UseError(
                    tr(
                        "more than {most} <use> elements lead from one to the next",
                        most=LONGEST_CHAIN,
                    )
                )
            content = self._named.get(name, Content())
            below = {each: self._expanded(each, (*chain, name)) for each in content.uses}
            elements = content.elements + sum(times * below[each][0] for each, times in content.uses.items())
            self._known[name] = (elements, 1 + max((length for _, length in below.values()), default=0))
        if len(chain) + self._known[name][1] > LONGEST_CHAIN:
            raise UseError(tr("more than {most} <use> elements lead from one to the next", most=LONGEST_CHAIN))
        return self._known[name]

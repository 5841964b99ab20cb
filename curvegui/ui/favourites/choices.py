"""How a person likes the favourites to be shown, kept for the next time."""

import json
from dataclasses import asdict, dataclass, fields

from curvegui.ui.favourites.order import ORDERS

SMALLEST_PX, USUAL_PX, LARGEST_PX = 72, 108, 320  # a thumbnail's side


@dataclass(frozen=True)
class FavouritesChoices:
    """How they are sorted, how large they are, and whether their dock has been seen yet.

    Attributes
    ----------
    order : str
        A key of ``ORDERS``.
    side : int
        Of a thumbnail, in logical pixels.
    seen : bool
        The first favourite opens the dock; after that it stays as the person leaves it.
    """

    order: str = "date"
    side: int = USUAL_PX
    seen: bool = False

    def to_text(self) -> str:
        """As JSON, for the preferences."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> "FavouritesChoices":
        """From JSON; the default for each value that is missing, and for all where one is not allowed."""
        try:
            kept = json.loads(text)
        except (ValueError, RecursionError):
            return cls()
        default = cls()
        if not isinstance(kept, dict):
            return default
        made = cls(
            **{
                each.name: kept[each.name]
                for each in fields(cls)
                if type(kept.get(each.name)) is type(getattr(default, each.name))
            }
        )
        return made if made.order in ORDERS and SMALLEST_PX <= made.side <= LARGEST_PX else default

"""The favourites in words: names, costs, what was done with them; and their order, size and search."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

from PySide6.QtCore import QDateTime, QLocale, Qt

from curvegui.core.language.text import mark, tr, tr_n
from curvegui.core.learner.caption import SEPARATOR, layers, setting_words
from curvegui.core.presets.names import worded
from curvegui.core.settings.comparison import SettingsComparison, compare_settings
from curvegui.files.favourites.folder import Favourite
from curvegui.files.project.project import Summary
from curvegui.session.stored.favourites import Deletion, FavouriteStep
from curvegui.ui.dialogs.choices import kept_values
from curvegui.ui.widgets.numbers import format_cost, format_number


def default_name(curve: str, iteration: int) -> str:
    """The name of a favourite that nobody has renamed: "Heart, 12,300 iterations"."""
    count = format_number(iteration)
    return tr_n("{curve}, {count} iteration", "{curve}, {count} iterations", iteration, curve=curve, count=count)


def second_line(favourite: Favourite) -> str:
    return tr("cost {cost}", cost=format_cost(favourite.summary.cost)) if favourite.summary else tr("Cannot be read")


def description(favourite: Favourite) -> str:
    summary = favourite.summary
    if summary is None:
        return favourite.problem
    config = summary.config
    parts = [
        worded(config.curve_name),
        layers(config.sizes),
        tr("{iteration} iterations", iteration=format_number(summary.iteration)),
        *setting_words(config, format_number),
        tr("cost {cost}", cost=format_cost(summary.cost)),
    ]
    return SEPARATOR.join(parts)


def kept_on(favourite: Favourite) -> str:
    moment = QDateTime.fromString(favourite.date, Qt.DateFormat.ISODate).toLocalTime()
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat) if moment.isValid() else favourite.date


def spoken(favourite: Favourite) -> str:
    if favourite.summary is None:
        return tr("{name}, broken: {problem}", name=favourite.name, problem=favourite.problem)
    cost, day = format_cost(favourite.summary.cost), kept_on(favourite)
    return tr("{name}, cost {cost}, saved {favourite}", name=favourite.name, cost=cost, favourite=day)


def done(step: FavouriteStep) -> str:
    if not isinstance(step, Deletion):
        return tr("Renamed “{before}” to “{after}”.", before=step.before, after=step.after)
    if len(step.names) == 1:
        return tr("Deleted “{names}”.", names=step.names[0])
    return tr("Deleted {count} favourites.", count=format_number(len(step.names)))


def undo_words(step: FavouriteStep) -> str:
    """What Undo would take back, for a menu: "delete “heart”"."""
    if not isinstance(step, Deletion):
        return tr("rename to “{after}”", after=step.after)
    return (
        tr("delete “{names}”", names=step.names[0])
        if len(step.names) == 1
        else tr("delete {count}", count=format_number(len(step.names)))
    )


def compare(one: Summary, other: Summary) -> tuple[SettingsComparison, ...]:
    """Two favourites compared: their costs and iterations, then their settings, those that differ before the rest."""
    return (
        SettingsComparison(tr("Cost"), format_cost(one.cost), format_cost(other.cost)),
        SettingsComparison(tr("Iterations"), format_number(one.iteration), format_number(other.iteration)),
        *compare_settings(one.config, other.config, format_number),
    )


ORDERS = {"date": mark("Newest first"), "cost": mark("Lowest cost first"), "name": mark("By name")}
"""How they can be sorted, and what people call it."""


def arranged(favourites: Iterable[Favourite], order: str, search: str) -> list[Favourite]:
    """The favourites that contain every word of the ``search``, sorted by ``order``, a key of ``ORDERS``. Words are
    looked for in the name, the name of the curve, also in English, and the file's name; capital letters do not
    matter."""
    words, found = search.casefold().split(), []
    for each in favourites:
        curve = each.summary.config.curve_name if each.summary else ""
        text = f"{each.name} {curve} {worded(curve)} {each.key}".casefold()
        if all(word in text for word in words):
            found.append(each)
    if order == "date":  # a stable sort: first by the second criterion
        found.sort(key=_name)
        return sorted(found, key=lambda each: (each.date, each.entry.modified), reverse=True)
    if order == "name":
        return sorted(found, key=_name)
    return sorted(found, key=lambda each: (each.summary.cost if each.summary else inf, _name(each)))


def _name(favourite: Favourite) -> tuple[str, str]:
    return favourite.name.casefold(), favourite.key


SMALLEST_PX, USUAL_PX, LARGEST_PX = 72, 108, 320  # a thumbnail's side


@dataclass(frozen=True)
class FavouritesChoices:
    """How the favourites are sorted, how large they are shown, and whether their dock has been seen yet."""

    order: str = "date"  # a key of ``ORDERS``
    side: int = USUAL_PX  # of a thumbnail, in logical pixels
    seen: bool = False  # the first favourite opens the dock; later it stays as the person leaves it

    @classmethod
    def from_text(cls, text: str) -> "FavouritesChoices":
        """Choices from JSON: the default for each value that is missing, and all defaults if a value is not allowed."""
        made = cls(**kept_values(text, cls()))
        return made if made.order in ORDERS and SMALLEST_PX <= made.side <= LARGEST_PX else cls()

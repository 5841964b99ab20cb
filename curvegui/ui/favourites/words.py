"""What is said of favourites: their names, their costs, what became of them."""

from PySide6.QtCore import QDateTime, QLocale, Qt

from curvegui.core.language.text import tr, tr_n
from curvegui.core.learner.caption import SEPARATOR, layers, setting_words
from curvegui.core.presets.names import worded
from curvegui.core.settings.comparison import Comparison, compare_settings
from curvegui.files.favourites.favourite import Favourite
from curvegui.files.project.project import Summary
from curvegui.session.stored.favourite_steps import Deletion, Step
from curvegui.ui.widgets.numbers import format_cost, format_number


def default_name(curve: str, iteration: int) -> str:
    """What a favourite is called until somebody says otherwise: "Heart, 12,300 iterations"."""
    count = format_number(iteration)
    return tr_n("{curve}, {count} iteration", "{curve}, {count} iterations", iteration, curve=curve, count=count)


def second_line(favourite: Favourite) -> str:
    """What is under a thumbnail's name: the cost, or that there is none."""
    return tr("cost {cost}", cost=format_cost(favourite.summary.cost)) if favourite.summary else tr("Cannot be read")


def description(favourite: Favourite) -> str:
    """How it was trained, or why it cannot be read."""
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
    """When it was kept, in the person's own time and way."""
    moment = QDateTime.fromString(favourite.date, Qt.DateFormat.ISODate).toLocalTime()
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat) if moment.isValid() else favourite.date


def spoken(favourite: Favourite) -> str:
    """What a screen reader says of it."""
    if favourite.summary is None:
        return tr("{name}, broken: {problem}", name=favourite.name, problem=favourite.problem)
    return tr(
        "{name}, cost {cost}, saved {favourite}",
        name=favourite.name,
        cost=format_cost(favourite.summary.cost),
        favourite=kept_on(favourite),
    )


def done(step: Step) -> str:
    """What was done, for the bar with Undo."""
    if not isinstance(step, Deletion):
        return tr("Renamed “{before}” to “{after}”.", before=step.before, after=step.after)
    if len(step.names) == 1:
        return tr("Deleted “{names}”.", names=step.names[0])
    return tr("Deleted {count} favourites.", count=format_number(len(step.names)))


def undo_words(step: Step) -> str:
    """What taking it back is called in a menu: "delete “heart”"."""
    if not isinstance(step, Deletion):
        return tr("rename to “{after}”", after=step.after)
    return (
        tr("delete “{names}”", names=step.names[0])
        if len(step.names) == 1
        else tr("delete {count}", count=format_number(len(step.names)))
    )


def compare(one: Summary, other: Summary) -> tuple[Comparison, ...]:
    """How two favourites compare: how far they came first, then their settings, what differs before the rest."""
    return (
        Comparison(tr("Cost"), format_cost(one.cost), format_cost(other.cost)),
        Comparison(tr("Iterations"), format_number(one.iteration), format_number(other.iteration)),
        *compare_settings(one.config, other.config, format_number),
    )

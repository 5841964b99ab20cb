"""What is said of favourites: their names, their costs, what became of them."""

from PySide6.QtCore import QDateTime, QLocale, Qt

from curvegui.core.learner.caption import SEPARATOR, layers, setting_words
from curvegui.core.settings.comparison import Comparison, compare_settings
from curvegui.files.favourites.favourite import Favourite
from curvegui.files.project.project import Summary
from curvegui.session.kept.favourite_steps import Deletion, Step
from curvegui.ui.widgets.numbers import format_cost, format_number


def default_name(curve: str, iteration: int) -> str:
    """What a favourite is called until somebody says otherwise: "Heart, 12,300 iterations"."""
    return f"{curve}, {format_number(iteration)} iteration{'' if iteration == 1 else 's'}"


def second_line(favourite: Favourite) -> str:
    """What is under a thumbnail's name: the cost, or that there is none."""
    return f"cost {format_cost(favourite.summary.cost)}" if favourite.summary else "Cannot be read"


def description(favourite: Favourite) -> str:
    """How it was trained, or why it cannot be read."""
    summary = favourite.summary
    if summary is None:
        return favourite.problem
    config = summary.config
    parts = [
        config.curve_name,
        layers(config.sizes),
        f"{format_number(summary.iteration)} iterations",
        *setting_words(config, format_number),
        f"cost {format_cost(summary.cost)}",
    ]
    return SEPARATOR.join(parts)


def kept_on(favourite: Favourite) -> str:
    """When it was kept, in the person's own time and way."""
    moment = QDateTime.fromString(favourite.date, Qt.DateFormat.ISODate).toLocalTime()
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat) if moment.isValid() else favourite.date


def spoken(favourite: Favourite) -> str:
    """What a screen reader says of it."""
    if favourite.summary is None:
        return f"{favourite.name}, broken: {favourite.problem}"
    return f"{favourite.name}, cost {format_cost(favourite.summary.cost)}, saved {kept_on(favourite)}"


def done(step: Step) -> str:
    """What was done, for the bar with Undo."""
    if not isinstance(step, Deletion):
        return f"Renamed “{step.before}” to “{step.after}”."
    if len(step.names) == 1:
        return f"Deleted “{step.names[0]}”."
    return f"Deleted {format_number(len(step.names))} favourites."


def undo_words(step: Step) -> str:
    """What taking it back is called in a menu: "delete “heart”"."""
    if not isinstance(step, Deletion):
        return f"rename to “{step.after}”"
    return f"delete “{step.names[0]}”" if len(step.names) == 1 else f"delete {format_number(len(step.names))}"


def compare(one: Summary, other: Summary) -> tuple[Comparison, ...]:
    """How two favourites compare: how far they came first, then their settings, what differs before the rest."""
    return (
        Comparison("Cost", format_cost(one.cost), format_cost(other.cost)),
        Comparison("Iterations", format_number(one.iteration), format_number(other.iteration)),
        *compare_settings(one.config, other.config, format_number),
    )

"""The networks of a wall and their costs, in words."""

from curvegui.core.ensemble.ensemble import WallSnapshot
from curvegui.core.ensemble.plan import Value, WallPlan, is_lost, ranks, spread
from curvegui.core.language.text import capitalised, first_sentence, lowered, mark, tr, within
from curvegui.core.learner.engines import words_for
from curvegui.core.settings.config import SETTINGS
from curvegui.ui.widgets.numbers import format_cost, format_number

DIVERGED = mark("diverged")
LONGEST_SPREAD = mark(
    "64 networks at iteration 1,000,000: lowest cost 8.88e-88 (aggression 0.0888), median 8.88e-88, "
    "highest 8.88e-88 (aggression 0.0888); 64 diverged. NumPy engine, single precision."
)


def value_words(varied: str, value: Value) -> str:
    """A network's value of the setting along the wall: "seed 7", "aggression 0.1"; of a choice, its name: "Adam"."""
    short = short_value(varied, value)
    return short if isinstance(value, str) else f"{within(SETTINGS[varied])} {short}"


def short_value(varied: str, value: Value) -> str:
    """A network's value of the setting, without its name: "7", "0.1", "Adam"; a seed's digits are not grouped."""
    if isinstance(value, str):
        label = dict(SETTINGS[varied].choices())[value]
        return label.partition("(")[2].rstrip(")") or label  # of a pet name, the proper one
    return str(int(value)) if varied == "seed" else format_number(value)


def left_out_words(plan: WallPlan) -> str:
    """Which choices are left out of a race, and why."""
    return " ".join(
        tr("{name} is left out: {reason}", name=short_value(plan.varied, name), reason=lowered(first_sentence(reason)))
        for name, reason in plan.left_out
    )


def network_words(plan: WallPlan, value: Value, snapshot: WallSnapshot | None, member: int) -> str:
    """The rank and cost of one network: "Seed 7: rank 3 of 16, cost 5.30e-04."."""
    name = capitalised(value_words(plan.varied, value))
    if snapshot is None:
        return f"{name}."
    cost = float(snapshot.costs[member])
    if is_lost(cost):
        return f"{name}: {tr(DIVERGED)}."
    numbers = {"costs": ranks(snapshot.costs)[member], "count": plan.count, "cost": format_cost(cost)}
    return tr("{name}: rank {costs} of {count}, cost {cost}.", name=name, **numbers)


def spread_words(plan: WallPlan, values: tuple[Value, ...], snapshot: WallSnapshot) -> str:
    """The lowest, median and highest cost of a wall, the networks that have them, and the engine that computes."""
    found = spread(snapshot.costs)
    iteration, backend = format_number(snapshot.iteration), words_for(snapshot.backend)
    values_ = {"count": plan.count, "iteration": iteration, "arithmetic": backend}
    if found.best < 0:
        return tr("{count} networks at iteration {iteration}: all diverged. {arithmetic}.", **values_)
    best, worst = (
        f"{format_cost(float(snapshot.costs[index]))} ({value_words(plan.varied, values[index])})"
        for index in (found.best, found.worst)
    )
    median = tr(DIVERGED) if is_lost(found.median) else format_cost(found.median)
    values_ |= {"best": best, "median": median, "worst": worst}
    some_lost = mark(
        "{count} networks at iteration {iteration}: lowest cost {best}, median {median}, highest {worst}; "
        "{lost} diverged. {arithmetic}."
    )
    none_lost = mark(
        "{count} networks at iteration {iteration}: lowest cost {best}, median {median}, highest {worst}. {arithmetic}."
    )
    return tr(some_lost if found.lost else none_lost, lost=found.lost, **values_)

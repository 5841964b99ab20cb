"""How a run stands, in a few sentences: its network, its cost, where the fit is worst, and what would help."""

from collections.abc import Sequence

from curvegui.core.language.text import in_row, mark, tr, tr_n
from curvegui.core.learner.learner import Snapshot
from curvegui.core.presets.names import worded
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.run.delivery import Phase
from curvegui.ui.status.words import Told, button_words
from curvegui.ui.widgets.fit_words import Farthest, short
from curvegui.ui.widgets.numbers import format_cost, format_number

NEWS = {
    Phase.LEARNING: mark("Learning."),
    Phase.PAUSED: mark("Paused at iteration {iteration}, cost {cost}."),
    Phase.FINISHED: mark("Finished at iteration {iteration}, cost {cost}."),
    Phase.DIVERGED: mark("Stopped at iteration {iteration}: the numbers overflowed."),
    Phase.FAILED: mark("Stopped by an error at iteration {iteration}."),
}


def summary(config: TrainingConfig, snapshot: Snapshot, status: Told, cause: str) -> str:
    """How the run stands at a snapshot. ``cause`` is the change that Undo would take back, in words, or nothing."""
    farthest = Farthest.of(snapshot)
    first = tr(
        "A network with {neurons} has learned the curve {curve} for {iterations} iterations; the cost is {cost}.",
        neurons=neurons_words(config.hidden),
        curve=worded(config.curve_name),
        iterations=format_number(snapshot.iteration),
        cost=format_cost(snapshot.cost),
    )
    parts = [first, status.headline]
    if farthest is not None:
        worst = tr("It is farthest from the curve at {place}, by {far}.", place=farthest.place,
                   far=short(farthest.distance))  # fmt: skip
        parts.append(worst)
    if status.remedies:
        parts.append(tr("What helps: {remedy}.", remedy=button_words(status.remedies[0], cause)))
    return " ".join(parts)


def neurons_words(hidden: Sequence[int]) -> str:
    """The sizes of the hidden layers: "6 and 7 neurons", "5, 6 and 7 neurons"."""
    *first, last = map(str, hidden)
    if not first:
        return tr_n("{layers} neuron", "{layers} neurons", hidden[-1], layers=last)
    return tr("{first} and {last} neurons", first=in_row(first), last=last)


def news_of_phase(phase: Phase, snapshot: Snapshot | None) -> str:
    """What has happened to the run."""
    if snapshot is None:
        return ""
    return tr(NEWS[phase], iteration=format_number(snapshot.iteration), cost=format_cost(snapshot.cost))

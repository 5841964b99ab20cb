"""When a run has learnt enough before its last iteration: rules that look at its costs, and at the clock."""

from dataclasses import dataclass, replace

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import tr, tr_n

NEVER = 0  # of every rule: it is off
PROGRESS = 0.01  # the lowest cost must fall by a hundredth of itself to count


@dataclass(frozen=True)
class StopRules:
    """The rules that end a run."""

    cost_below: float = NEVER
    patience: int = NEVER  # so many iterations in which the lowest cost has not fallen by a hundredth
    seconds: float = NEVER  # of learning; pauses do not count

    def reason(self, costs: FloatArray) -> str:
        """Why a run with these rows (iteration, cost), shape (m, 2), must end, in words for people; else empty."""
        if not len(costs):
            return ""
        if costs[-1, 1] < self.cost_below:
            return tr("The cost is below {goal:g}.", goal=self.cost_below)
        recent = costs[:, 0] > costs[-1, 0] - self.patience
        if not self.patience or recent.all() or costs[recent, 1].min() < (1 - PROGRESS) * costs[~recent, 1].min():
            return ""
        return tr_n("No progress in {n:,} iteration.", "No progress in {n:,} iterations.", self.patience)

    def time_is_up(self, seconds: float) -> str:
        """Why a run that has learned for so many seconds must end, in words for people; else empty."""
        if not self.seconds or seconds < self.seconds:
            return ""
        return tr("The time limit of {seconds:g} s has passed.", seconds=self.seconds)


class StopWatch:
    """Watches a run by its rules, from iteration ``since`` on; ``reason`` says why the run should stop, or nothing. A
    cost that is low enough from the start does not end the run."""

    def __init__(self, rules: StopRules, since: int, cost: float) -> None:
        self.rules, self.reason = rules, ""
        self._obeyed = replace(rules, cost_below=NEVER) if cost < rules.cost_below else rules
        self._since, self._seconds = since, 0.0

    @property
    def looks(self) -> bool:
        """Whether any cost can end the run."""
        return self._obeyed.cost_below > NEVER or self._obeyed.patience > NEVER

    def look(self, costs: FloatArray) -> bool:
        """Whether the run should stop, by its (iteration, cost) rows; see `StopRules.reason`."""
        self.reason = self.reason or self._obeyed.reason(costs[costs[:, 0] >= self._since])
        return bool(self.reason)

    def spend(self, seconds: float) -> None:
        """Note that the run has learnt for so many seconds more."""
        self._seconds += seconds
        self.reason = self.reason or self._obeyed.time_is_up(self._seconds)

"""What can be found of a run: its condition, in words, what would help, and where the guide explains it."""

from dataclasses import dataclass
from enum import Enum

from curvegui.core.language.text import mark, tr


class RunState(Enum):
    """How a run is doing: a name for files, and for trouble the guide's heading about it."""

    section: str

    STARTING = "starting"
    LEARNING = "learning"
    SLOW = "slow"
    PLATEAU = "plateau", mark("On a plateau")
    WORSE = "worse", mark("Worse than before")
    OSCILLATING = "oscillating", mark("Steps that overshoot")
    OUT_OF_REACH = "out-of-reach", mark("A curve out of reach")
    TOO_SMALL = "too-small", mark("A network that is too small")
    VANISHING = "vanishing-gradient", mark("A vanishing gradient")
    DECAYED = "decayed", mark("Weights at zero")
    SATURATED = "saturated", mark("Saturated output neurons")
    DEAD = "dead", mark("Nothing moves")
    NON_FINITE = "non-finite", mark("Numbers that overflow")

    def __new__(cls, name: str, section: str = "") -> "RunState":
        condition = object.__new__(cls)
        condition._value_, condition.section = name, section
        return condition


class Remedy(Enum):
    """What a person can do about a finding, with the words on the remedy's button."""

    UNDO = mark("Undo the change")
    RESET = mark("Reset")
    NEW_SEED = mark("Try another seed")
    LOWER_AGGRESSION = mark("Lower aggression")
    RAISE_AGGRESSION = mark("Raise aggression")
    LOWER_NOISE = mark("Lower noise")
    START_GENTLER = mark("Reset with lower aggression")
    START_QUIETER = mark("Reset with lower noise")
    LESS_DECAY = mark("Lower weight decay")
    START_LESS_DECAY = mark("Reset with lower weight decay")
    BACK_TO_BEST = mark("Return to the best fit, with lower aggression")
    BACK_TO_BEST_QUIETER = mark("Return to the best fit, with lower noise")
    SEE_BEST = mark("Show the best fit")
    FIT_CURVE = mark("Fit the curve into the square")
    LINEAR_OUTPUTS = mark("Use linear outputs")
    MORE_NEURONS = mark("Add neurons")
    FEWER_LAYERS = mark("Use fewer layers")
    TANH_NEURONS = mark("Use tanh neurons")
    ADAM = mark("Use Adam")


DEAD_ENDS = frozenset({RunState.SATURATED, RunState.DECAYED, RunState.DEAD, RunState.NON_FINITE})


@dataclass(frozen=True)
class Diagnosis:
    """A finding in words."""

    condition: RunState
    headline: str  # one short sentence
    detail: str  # why, and what would help
    remedies: tuple[Remedy, ...] = ()
    """The first one helps by itself; Undo comes before it where a change can be undone."""
    at_rest: str = ""  # the headline while no iterations are made, where it is another one
    finished: str = ""  # the same where the run has come to its end
    was_tried: bool = False  # whether what it offers has been tried, on a copy of the run

    @property
    def is_dead_end(self) -> bool:
        """Whether going on from here is of no use."""
        return self.condition in DEAD_ENDS

    @property
    def is_trouble(self) -> bool:
        """Whether learning has stopped, or cannot succeed, and a person should do something."""
        return bool(self.condition.section)

    @property
    def section(self) -> str:
        """The guide's heading about the finding, or nothing where all is well."""
        return tr(self.condition.section)

"""The words that a lesson may use, and the values that a lesson gives to settings; add a word here."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from itertools import chain
from typing import Any

from curvegui.core.diagnosis.finding import RunState
from curvegui.core.language.text import english, mark, tr
from curvegui.core.settings.config import SETTINGS, WINDOW_LAYERS, WINDOW_NEURONS, TrainingConfig

POINTED_AT = (
    "canvas", "timeline", "run button", "step button", "transport", "aggression", "noise", "layers", "status", "curves",
    "toolbar",
)  # fmt: skip
"""What a lesson can point at, besides each panel."""

OLD_NAMES = {"knobs": "settings", "doctor": "status", "status bar": "status"}
"""Names of parts in lessons that were written earlier."""

# docs/lessons.md says what each of these words means
STATES = (
    "running", "paused", "finished", "live", "looked back", "selected neuron", "selected weight", "selected bias",
    "selected point", "selected average", "muted", "soloed", "brushed", "stepped forward", "stepped backward",
    "stepped update",
)  # fmt: skip
"""What may hold at any time."""
FINDINGS = tuple(f"finding {each.value}" for each in RunState)
"""What may hold as the status says it."""
EVENTS = ("reset", "curve changed", "undone", "saved favourite", "saved picture", "compared")
"""What may happen while a step is shown."""
COUNTS = (
    "iteration", "iterations made", "iterations since change", "cost", "steps", "hidden neurons", "output slope",
    "selected layer", "selected value", "jacobian",
)  # fmt: skip
"""Numbers that are no settings."""
_DEFAULTS = {name: getattr(TrainingConfig(), name) for name in SETTINGS}
NUMBERS = {name.replace("_", " "): name for name, value in _DEFAULTS.items() if type(value) in (int, float)}
"""Settings that are numbers: their word, and their field of the configuration."""

CHOICES = {name.replace("_", " "): name for name, value in _DEFAULTS.items() if isinstance(value, str)}
CHOICES["optimiser"] = "optimizer"  # as the window spells it
"""Settings that are one of several names."""

LAYERS = "layers"
FLAGS = (*STATES, *FINDINGS, *EVENTS)
LESSON_SETTINGS = (*NUMBERS, *CHOICES, LAYERS)


def not_among(kind: str, word: str, allowed: Iterable[str]) -> str:
    """A sentence that says that a word is unknown, and which word may be meant, or which words there are."""
    allowed = list(allowed)
    close = close_to(word, allowed)
    there_are = tr("There are: {allowed}.", allowed=", ".join(allowed))
    hint = tr("Did you mean “{close}”?", close=close) if close else there_are
    return tr("there is no {kind} called “{word}”. {hint}", kind=kind, word=shortened(word), hint=hint)


def close_to(word: str, allowed: Iterable[str]) -> str:
    return next(iter(get_close_matches(word.lower(), list(allowed), n=1, cutoff=0.6)), "")


def shortened(text: str, most: int = 60) -> str:
    """A text, cut to what a sentence can quote."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
LONGEST_NUMBER = 40  # characters; Python takes long over the whole numbers that are much longer
SETTING = re.compile(r"([^=<>!]+)=([^=<>!]+)")


def number(text: str) -> float:
    """A finite number: ``7``, ``0.5`` or ``1e-3``."""
    if len(text) > LONGEST_NUMBER or not NUMBER.fullmatch(text) or abs(float(text)) == float("inf"):
        raise ValueError(tr("“{text}” is not a number. Write it as 7, 0.5 or 1e-3.", text=shortened(text)))
    return float(text)


NO_LAYERS = mark(
    "“{text}” is not a list of layers. Write the neurons of each hidden layer, separated by spaces, "
    "as in 6 7: at most {most_layers} layers of 1 to {most_neurons} neurons."
)


def layers(text: str) -> tuple[int, ...]:
    """The neurons of each hidden layer, with blanks between: ``6 7``."""
    words = text.split()
    fits = 1 <= len(words) <= WINDOW_LAYERS and all(re.fullmatch(r"[0-9]{1,4}", word) for word in words)
    if not fits or not all(1 <= int(word) <= WINDOW_NEURONS for word in words):
        said, count = shortened(text), WINDOW_LAYERS
        raise ValueError(tr(NO_LAYERS, text=said, most_layers=count, most_neurons=WINDOW_NEURONS))
    return tuple(int(word) for word in words)


def value(word: str, text: str) -> Any:
    if word == LAYERS:
        return layers(text)
    if word in CHOICES:
        return SETTINGS[CHOICES[word]].check_choice(text)
    setting, read = SETTINGS[NUMBERS[word]], number(text)
    if read > setting.window_high:
        raise ValueError(tr("{label}: at most {most:,g} here.", label=setting.label, most=setting.window_high))
    return setting.check_number(read)


def settings(text: str) -> dict[str, Any]:
    """Settings by their field, from ``aggression = 7, noise = 0``."""
    found: dict[str, Any] = {}
    for part in text.split(","):
        match = SETTING.fullmatch(part)
        if match is None:
            words = mark("“{words}” sets nothing. Write it as in: aggression = 7, noise = 0")
            raise ValueError(tr(words, words=shortened(part.strip())))
        word, given = " ".join(match[1].lower().split()), match[2].strip()
        if word not in LESSON_SETTINGS:
            raise ValueError(not_among(tr("setting"), word, LESSON_SETTINGS))
        name = field_of(word)
        if name in found:
            raise ValueError(tr("{word} is set twice.", word=word))
        found[name] = value(word, given)
    TrainingConfig(**found)  # raises where they do not go together
    return found


def field_of(word: str) -> str:
    return "hidden" if word == LAYERS else (NUMBERS | CHOICES)[word]


VIEWS: dict[str, tuple[str, ...]] = {name: (f"view.{name}",) for name in ("watch", "play", "understand")}
VIEWS["exercise"] = "view.exercise", "panel.exercise"  # the one is nothing without the other

_EDITED = [(name, setting) for name, setting in SETTINGS.items() if setting.has_editor]
OF_SETTINGS: dict[str, tuple[str, ...]] = {
    word: (f"setting.{name}",)
    for name, setting in _EDITED
    for word in (name.replace("_", " "), english(setting, "label").lower())
}
OF_SETTINGS["curve"] = "setting.curve", "panel.curves", "panel.morph"

ACTIONS: dict[str, tuple[str, ...]] = {name: (f"action.{name}",) for name in ("open", "sweep", "preferences")}


def _listed(text: str, allowed: Collection[str], kind: str) -> tuple[str, ...]:
    words = [" ".join(part.lower().split()) for part in text.split(",")]
    words = [word if word in allowed else OLD_NAMES.get(word, word) for word in words]
    for word in words:
        if word not in allowed:
            raise ValueError(not_among(kind, word, allowed))
    return tuple(dict.fromkeys(words))


@dataclass(frozen=True)
class Parts:
    """The parts of a window with these panels that a lesson may name."""

    panels: tuple[str, ...] = ()

    @cached_property
    def kinds(self) -> tuple[dict[str, tuple[str, ...]], ...]:
        """What a lesson may show or hide, by kind: views, panels, settings and some actions. Each word stands for
        parts: a "view.", a "panel." with its dock's name, a "setting.", or an "action." that records of actions are
        about."""
        panels = {name: (f"panel.{name}",) for name in (*self.panels, "curves") if name not in VIEWS}
        return VIEWS, {**panels, "curve list": panels["curves"]}, OF_SETTINGS, ACTIONS  # as the View menu says

    def pointed_at(self, text: str) -> tuple[str, ...]:
        """The parts that a line names, to point at: ``canvas, timeline``."""
        return _listed(text, (*POINTED_AT, *self.panels), tr("part of the window"))

    def shown(self, text: str) -> tuple[str, ...]:
        """The parts that a line shows or hides; raises ``ValueError`` for an unknown word."""
        return _listed(text, [*chain(*self.kinds)], tr("view, panel, setting or action"))

    def meant(self, words: Iterable[str]) -> frozenset[str]:
        return frozenset(thing for word in words for kind in self.kinds for thing in kind.get(word, ()))

    def all_but(self, words: Iterable[str]) -> frozenset[str]:
        """The parts of the same kinds that ``words`` do not name: for two of the four views, the other two."""
        words = tuple(words)
        return self.meant(word for kind in self.kinds if kind.keys() & {*words} for word in kind) - self.meant(words)

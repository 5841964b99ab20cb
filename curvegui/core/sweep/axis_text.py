"""The text of a sweep's axis: ``aggression=0.1..100*7``, ``noise=0,1,3``, ``hidden=6-7,8-8``.

``setting=value,value,...`` is a list of values; layers are joined by hyphens.

``setting=low..high*7`` are seven values at equal factors; as shells treat ``*`` as their own, quote it, or write ``x``.

``setting=low..high+7`` are seven values at equal steps.

``setting=low..high`` is every whole number, or, in a random sample, anything in between: evenly by factors where the
setting's slider is logarithmic, else by steps. A ``*`` or a ``+`` at the end says which.
"""

import re
from typing import Any

from curvegui.core.settings.config import SETTINGS
from curvegui.core.sweep.axis import MOST_VALUES, Axis, Span, check_setting, spread

UNSIGNED = r"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?"
NUMBER = re.compile(UNSIGNED, re.ASCII)
RANGE = re.compile(rf"({UNSIGNED})\.\.({UNSIGNED})(?:([*x+])(\d{{1,9}})?)?", re.ASCII)
LAYERS = re.compile(r"\d{1,9}(-\d{1,9})*", re.ASCII)
EXAMPLE = "Write it as in noise=0,1,3 or aggression=0.1..100*7."
MANY_NUMBERS = "seven values are written 0.1..100*7 at equal factors, 0..3+7 at equal steps"


def parsed_axis(text: str) -> Axis:
    """The axis that a text describes; raises ``ValueError`` with a sentence that says what is wrong with it."""
    name, equals, values = (part.strip() for part in text.partition("="))
    name = name.replace("-", "_")
    if not equals or not name:
        raise ValueError(f"“{text}” does not say which knob takes which values. {EXAMPLE}")
    check_setting(name)
    if ".." in values:
        return _ranged(name, values)
    return Axis(name, tuple(_value(name, word.strip()) for word in values.split(",")))


def _ranged(name: str, text: str) -> Axis:
    label = SETTINGS[name].label
    if name == "hidden" or SETTINGS[name].choices():
        raise ValueError(f"{label}: there are no ranges of these. List them, with commas between.")
    found = RANGE.fullmatch(text)
    if not found:
        raise ValueError(f"{label}: “{text}” is not a range; {MANY_NUMBERS}.")
    low, high = (_number(name, found[group]) for group in (1, 2))
    logarithmic = None if found[3] is None else found[3] != "+"
    bounds = Axis(name, span=Span(low, high, logarithmic))  # which refuses what is not possible
    if found[4] is None:
        return bounds
    count = int(found[4])
    if not 1 <= count <= MOST_VALUES:
        raise ValueError(f"{label}: from 1 to {MOST_VALUES:,} values.")
    return Axis(name, spread(name, low, high, count, bool(logarithmic)))


def _value(name: str, word: str) -> Any:
    if name == "hidden":
        if not LAYERS.fullmatch(word):
            raise ValueError(f"{SETTINGS[name].label}: “{word}” is not layers; two of 6 and 7 neurons are written 6-7.")
        return tuple(map(int, word.split("-")))
    if SETTINGS[name].choices():
        return word
    if not NUMBER.fullmatch(word):
        raise ValueError(f"{SETTINGS[name].label}: “{word}” is not a number; {MANY_NUMBERS}.")
    return _number(name, word)


def _number(name: str, word: str) -> float:
    number = float(word)
    return int(number) if SETTINGS[name].whole and number < float("inf") and number == int(number) else number

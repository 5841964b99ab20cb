"""Numbers, layers and settings as a lesson writes them; each raises ``ValueError``, a sentence for people."""

import re
from typing import Any

from curvegui.core.settings.config import SETTINGS, WINDOW_LAYERS
from curvegui.core.settings.run_settings import WINDOW_NEURONS
from curvegui.files.lesson.words import CHOICES, LAYERS, LESSON_SETTINGS, NUMBERS, not_among, shortened

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
LONGEST_NUMBER = 40  # characters; Python takes long over the whole numbers that are much longer
SETTING = re.compile(r"([^=<>!]+)=([^=<>!]+)")


def number(text: str) -> float:
    """A finite number: ``7``, ``0.5`` or ``1e-3``."""
    if len(text) > LONGEST_NUMBER or not NUMBER.fullmatch(text) or abs(float(text)) == float("inf"):
        raise ValueError(f"“{shortened(text)}” is not a number. Write it as 7, 0.5 or 1e-3.")
    return float(text)


def layers(text: str) -> tuple[int, ...]:
    """The neurons of each hidden layer, with blanks between: ``6 7``."""
    words = text.split()
    fits = 1 <= len(words) <= WINDOW_LAYERS and all(re.fullmatch(r"[0-9]{1,4}", word) for word in words)
    if not fits or not all(1 <= int(word) <= WINDOW_NEURONS for word in words):
        raise ValueError(
            f"“{shortened(text)}” are no layers. Write the neurons of each hidden layer with a blank between, as in "
            f"6 7: at most {WINDOW_LAYERS} layers of 1 to {WINDOW_NEURONS} neurons."
        )
    return tuple(int(word) for word in words)


def value(word: str, text: str) -> Any:
    """The value of a setting, in the bounds that the window offers."""
    if word == LAYERS:
        return layers(text)
    if word in CHOICES:
        return SETTINGS[CHOICES[word]].check_choice(text)
    setting, read = SETTINGS[NUMBERS[word]], number(text)
    if read > setting.window_high:
        raise ValueError(f"{setting.label}: at most {setting.window_high:,g} here.")
    return setting.check_number(read)


def settings(text: str) -> dict[str, Any]:
    """Settings by their field, from ``aggression = 7, noise = 0``."""
    found: dict[str, Any] = {}
    for part in text.split(","):
        match = SETTING.fullmatch(part)
        if match is None:
            raise ValueError(f"“{shortened(part.strip())}” sets nothing. Write it as in: aggression = 7, noise = 0")
        word, given = " ".join(match[1].lower().split()), match[2].strip()
        if word not in LESSON_SETTINGS:
            raise ValueError(not_among("setting", word, LESSON_SETTINGS))
        name = field_of(word)
        if name in found:
            raise ValueError(f"{word} is set twice.")
        found[name] = value(word, given)
    return found


def field_of(word: str) -> str:
    """The field of the configuration that a setting's word stands for."""
    return "hidden" if word == LAYERS else (NUMBERS | CHOICES)[word]

"""What a lesson may show or hide: views, panels, settings and some actions, by their names in the window."""

from collections.abc import Iterable

from curvegui.core.language.text import english, tr
from curvegui.core.settings.config import SETTINGS
from curvegui.files.lesson.words import not_among

VIEWS: dict[str, tuple[str, ...]] = {name: (f"view.{name}",) for name in ("watch", "play", "understand")}
VIEWS["exercise"] = "view.exercise", "panel.exercise"  # the one is nothing without the other

PANELS: dict[str, tuple[str, ...]] = {
    name: (f"panel.{name}",)
    for name in ("settings", "network", "maths", "jacobians", "valley", "fourier", "morph", "favourites", "curves")
}
PANELS["curve list"] = PANELS["curves"]  # as the View menu says

_EDITED = [(name, setting) for name, setting in SETTINGS.items() if setting.has_editor]
OF_SETTINGS: dict[str, tuple[str, ...]] = {
    word: (f"setting.{name}",)
    for name, setting in _EDITED
    for word in (name.replace("_", " "), english(setting, "label").lower())
}
OF_SETTINGS["curve"] = "setting.curve", "panel.curves", "panel.morph"

ACTIONS: dict[str, tuple[str, ...]] = {name: (f"action.{name}",) for name in ("open", "sweep", "preferences")}

KINDS = (VIEWS, PANELS, OF_SETTINGS, ACTIONS)
"""The words of each kind, and what each stands for: a "view.", a "panel." with its dock's name, a "setting.", or an
"action." that the records of such actions are about."""


def things(text: str) -> tuple[str, ...]:
    """The words in a line, separated by commas; raises ``ValueError`` for one that there is not."""
    words = [" ".join(part.lower().split()) for part in text.split(",")]
    for word in words:
        if not any(word in kind for kind in KINDS):
            raise ValueError(
                not_among(tr("view, panel, setting or action"), word, [each for kind in KINDS for each in kind])
            )
    return tuple(words)


def meant(words: Iterable[str]) -> frozenset[str]:
    """What words stand for."""
    return frozenset(thing for word in words for kind in KINDS for thing in kind.get(word, ()))


def all_but(words: Iterable[str]) -> frozenset[str]:
    """All others of the same kinds: with two of the views, the other views."""
    words = tuple(words)
    return meant(word for kind in KINDS if kind.keys() & {*words} for word in kind) - meant(words)

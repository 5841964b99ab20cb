"""What a person has chosen to see: the look, the layers on the canvas, the theme, the size of text, and motion."""

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from curvegui.core.language.text import mark
from curvegui.figure.drawing.figure import FigureOptions
from curvegui.figure.drawing.look import LOOKS, Look
from curvegui.session.stored.preferences import Preferences, PreferencesFile
from curvegui.ui.look.theme import THEMES, current_theme, set_text_size, set_theme, system_wants_contrast, theme_for

INSIGHTS = ("residuals", "pulls", "errors")  # layers that explain the fit
SWITCHES = ("target", "trail", "axes", *INSIGHTS, "before", "log_time", "curves")  # on or off
KEPT = tuple(name for name in SWITCHES if name != "curves")  # each view has its own list of curves
CHOICES = "look_key", "theme", "text_size", "motion", *KEPT  # choices that are saved
MOTIONS = {"system": mark("Follow system"), "reduced": mark("Reduced"), "full": mark("Full")}
SIZES = {percent: f"{percent} %" for percent in range(70, 201, 10)}  # of text


@dataclass(frozen=True)
class Display:
    """The choices of the View menu."""

    look_key: str = "ember"
    theme: str = "system"
    target: bool = True
    trail: bool = True
    axes: bool = False
    residuals: bool = False
    pulls: bool = False
    errors: bool = False
    before: bool = False
    log_time: bool = True
    curves: bool = True
    text_size: int = 100  # percent of the system's
    least_text_size: int = 0  # while text is read from afar; not saved
    motion: str = "system"
    system_is_calm: bool = False  # whether the system's settings ask for less motion

    @classmethod
    def of(cls, preferences: Preferences) -> "Display":
        """The display in the preferences; an unknown value becomes the default, an unknown size the nearest size."""
        return cls(
            look_key=preferences.look if preferences.look in LOOKS else "classic",
            theme=preferences.theme if preferences.theme in THEMES else "system",
            text_size=min(SIZES, key=lambda size: abs(size - preferences.text_size)),
            motion=preferences.motion if preferences.motion in MOTIONS else "system",
            **{name: getattr(preferences, name) for name in KEPT},
        )

    @property
    def text_percent(self) -> int:
        return max(self.text_size, self.least_text_size)

    @property
    def reduced_motion(self) -> bool:
        """Whether needless motion is switched off."""
        return self.system_is_calm if self.motion == "system" else self.motion == "reduced"

    @property
    def look(self) -> Look:
        """The chosen look, or one with high contrast if the window follows a system that asks for it."""
        follows = self.theme == "system" and system_wants_contrast()
        return LOOKS[theme_for(self.theme).key if follows else self.look_key]

    @property
    def options(self) -> FigureOptions:
        return FigureOptions(target=self.target, trail=self.trail, axes=self.axes)

    def as_preferences(self) -> dict[str, Any]:
        """The fields of the preferences that save these choices."""
        own = {"look": self.look_key, "theme": self.theme, "text_size": self.text_size, "motion": self.motion}
        return {**own, **{name: getattr(self, name) for name in KEPT}}


class DisplayOwner(QObject):
    """Owns the present display, and gives the application the theme and the size of text that it asks for."""

    changed = Signal(object)  # the new Display

    def __init__(self, preferences_file: PreferencesFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences_file = preferences_file
        self.now = Display.of(preferences_file.load())
        set_text_size(self.now.text_percent)
        set_theme(theme_for(self.now.theme))
        preferences_file.found.connect(self._see_found)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow_system)

    def see(self, **choices: Any) -> None:
        """Change fields of the display, given by keyword, and save them in the preferences."""
        before, self.now = self.now.as_preferences(), replace(self.now, **choices)
        changed = {name: value for name, value in self.now.as_preferences().items() if value != before[name]}
        self._preferences_file.remember(**changed)  # fields of another version stay as they are
        self._put_all_on()

    @Slot()
    def _see_found(self) -> None:
        """Use the display of the preferences, which could not be read before."""
        found = Display.of(self._preferences_file.present)
        self.now = replace(self.now, **{name: getattr(found, name) for name in CHOICES})
        self._put_all_on()

    def _put_all_on(self) -> None:
        self._put_theme_on()
        set_text_size(self.now.text_percent)
        self.changed.emit(self.now)

    @Slot()
    def _follow_system(self) -> None:
        """Use the theme that the system asks for; if that has high contrast, the canvas has it too."""
        self._put_theme_on()
        self.changed.emit(self.now)

    def _put_theme_on(self) -> None:
        theme = theme_for(self.now.theme)
        if theme is not current_theme():
            set_theme(theme)

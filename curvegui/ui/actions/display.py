"""What a person chose to see: the look, the layers on the canvas, the theme, the motion."""

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from curvegui.figure.drawing.figure import FigureOptions
from curvegui.figure.drawing.look import LOOKS, Look
from curvegui.session.kept.preferences import Preferences, PreferencesFile
from curvegui.ui.look.theme import THEMES, current_theme, set_theme, theme_for

INSIGHTS = ("residuals", "pulls", "errors")  # what explains the fit
SWITCHES = ("target", "trail", "axes", *INSIGHTS, "reduced_motion", "log_time", "curves")  # on or off
KEPT = tuple(name for name in SWITCHES if name != "curves")  # each view has its own


@dataclass(frozen=True)
class Display:
    """What the View menu switches and chooses."""

    look_key: str = "classic"
    theme: str = "system"
    target: bool = True
    trail: bool = True
    axes: bool = False
    residuals: bool = False
    pulls: bool = False
    errors: bool = False
    reduced_motion: bool = False
    log_time: bool = True
    curves: bool = True

    @classmethod
    def of(cls, preferences: Preferences) -> "Display":
        """As it was kept; a look or theme that is not known is the default."""
        return cls(
            look_key=preferences.look if preferences.look in LOOKS else "classic",
            theme=preferences.theme if preferences.theme in THEMES else "system",
            **{name: getattr(preferences, name) for name in KEPT},
        )

    @property
    def look(self) -> Look:
        """The look itself."""
        return LOOKS[self.look_key]

    @property
    def options(self) -> FigureOptions:
        """The layers on the canvas."""
        return FigureOptions(target=self.target, trail=self.trail, axes=self.axes)

    def as_preferences(self) -> dict[str, Any]:
        """The fields of the preferences that keep these choices."""
        return {"look": self.look_key, "theme": self.theme, **{name: getattr(self, name) for name in KEPT}}


class DisplayOwner(QObject):
    """The one owner of the display, which puts on the application the theme that follows from it."""

    changed = Signal(object)  # the new Display

    def __init__(self, preferences_file: PreferencesFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences_file = preferences_file
        self.now = Display.of(preferences_file.load())
        set_theme(theme_for(self.now.theme))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def see(self, **choices: Any) -> None:
        """Change the display, a field of `Display` by keyword, and keep it."""
        self.now = replace(self.now, **choices)
        self._preferences_file.remember(**self.now.as_preferences())
        self._follow_system()
        self.changed.emit(self.now)

    @Slot()
    def _follow_system(self) -> None:
        theme = theme_for(self.now.theme)
        if theme is not current_theme():
            set_theme(theme)

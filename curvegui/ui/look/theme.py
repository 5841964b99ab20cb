"""The window's own colours and shapes: light and dark themes over Qt's Fusion style, and the size of text."""

from collections.abc import Callable
from dataclasses import dataclass
from string import Template

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QGraphicsView, QWidget
from shiboken6 import isValid

from curvegui.core.language.text import mark
from curvegui.files.disk.resources import resource
from curvegui.ui.look.scale import CONTROL_PX, HEADING, RADIUS_PX, SMALL, body_font, points

ARROW_LINES, MOST_ARROW_PX = 0.8, 18  # the arrows of lists and fields: they grow with the text, within their buttons

AROUND_TEXT_PX = {"button_text": 14, "field_text": 10}  # padding and border of buttons, and of fields
SIZES = {"small": SMALL, "heading": HEADING}  # of type, in the style sheet
GLASS = "#e6"  # the opacity of a card over the picture
DARK_GROUND = 0.5  # the lightness below which a picture is dark


@dataclass(frozen=True)
class Theme:
    """Colours, each ``#rrggbb``; ``window``, ``card``, ``chip`` and ``pressed`` are backgrounds, from back to front."""

    key: str
    window: str
    card: str
    chip: str
    pressed: str
    border: str
    groove: str
    text: str  # this and ``muted`` keep a contrast of 4.5
    muted: str  # text that is less important
    faint: str  # the text of disabled widgets
    accent: str  # sliders, links and other things to turn or press
    on_accent: str  # text on the accent colour
    second: str  # a second curve beside one in the accent colour, for colour-blind eyes too
    good: str  # this and ``warning`` are colours of states, which an icon and words always say, too
    warning: str
    edge: str = "transparent"  # of fields and buttons

    @property
    def is_light(self) -> bool:
        """Whether text is darker than its background."""
        return QColor(self.window).lightnessF() > QColor(self.text).lightnessF()


LIGHT = Theme(
    key="light", window="#f2f4f8", card="#ffffff", chip="#edf0f5", pressed="#dfe5ee", border="#dde3ec",
    groove="#dfe3ea", text="#18212f", muted="#566377", faint="#9aa5b5", accent="#2d6cb3", on_accent="#ffffff",
    second="#a87400", good="#1f8a52", warning="#b4460f",
)  # fmt: skip
DARK = Theme(
    key="dark", window="#13171d", card="#1c222a", chip="#27303b", pressed="#323d4b", border="#2c3541",
    groove="#36404d", text="#e8ecf2", muted="#a0acbc", faint="#667283", accent="#6bb0f6", on_accent="#0d1520",
    second="#f2cf5b", good="#4fc387", warning="#ff9d5c",
)  # fmt: skip
CONTRAST = Theme(
    key="contrast", window="#000000", card="#000000", chip="#1a1a1a", pressed="#333333", border="#ffffff",
    groove="#707070", text="#ffffff", muted="#e6e6e6", faint="#a6a6a6", accent="#ffe14d", on_accent="#000000",
    second="#59d9ff", good="#6bf09a", warning="#ffb38a", edge="#8c8c8c",
)  # fmt: skip
"""Text keeps a contrast of 7, and each edge one of 3; so does the next theme."""
LIGHT_CONTRAST = Theme(
    key="contrast-light", window="#ffffff", card="#ffffff", chip="#f0f0f0", pressed="#d9d9d9", border="#000000",
    groove="#767676", text="#000000", muted="#262626", faint="#6b6b6b", accent="#00459e", on_accent="#ffffff",
    second="#8a4b00", good="#005c2e", warning="#992600", edge="#6e6e6e",
)  # fmt: skip
CHOICES = {each.key: each for each in (LIGHT, DARK, CONTRAST, LIGHT_CONTRAST)}
THEMES = {
    "system": mark("Follow system"), "light": mark("Light"), "dark": mark("Dark"),
    "contrast": mark("High contrast, dark"), "contrast-light": mark("High contrast, light"),
}  # fmt: skip


def is_under_glass(picture: QGraphicsView) -> bool:
    """Whether controls over a picture are dark glass: over a dark one, except with high contrast."""
    return picture.backgroundBrush().color().lightnessF() < DARK_GROUND and current_theme() in (LIGHT, DARK)


def system_wants_contrast() -> bool:
    hints = QGuiApplication.styleHints()  # a variable, as PySide must hold the object while its parts are asked
    return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast


def theme_for(choice: str) -> Theme:
    """The theme of a choice in ``THEMES``; "system" asks the system for contrast, and whether it is dark."""
    if choice == "system":
        is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        if system_wants_contrast():
            return CONTRAST if is_dark else LIGHT_CONTRAST
        return DARK if is_dark else LIGHT
    return CHOICES.get(choice, LIGHT)


def palette(theme: Theme) -> QPalette:
    """Qt's palette in the colours of a theme."""
    role = QPalette.ColorRole
    made = QPalette(QColor(theme.chip), QColor(theme.window))
    colours = {
        role.Window: theme.window, role.WindowText: theme.text, role.Base: theme.card,
        role.AlternateBase: theme.chip, role.Text: theme.text, role.Button: theme.chip,
        role.ButtonText: theme.text, role.ToolTipBase: theme.card, role.ToolTipText: theme.text,
        role.PlaceholderText: theme.muted, role.Highlight: theme.accent, role.HighlightedText: theme.on_accent,
        role.Link: theme.accent, role.LinkVisited: theme.accent, role.BrightText: theme.warning,
    }  # fmt: skip
    for each, colour in colours.items():
        made.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, each, QColor(theme.faint))
    return made


def style_sheet(theme: Theme) -> str:
    """The style sheet, in the colours of a theme and for the present font: shapes that Fusion does not have."""
    sheet = Template(resource("style.qss").read_text(encoding="utf-8"))
    icons, fixed = resource("icons").as_posix(), QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    body = QFontInfo(QApplication.font()).pointSizeF()
    type_ = {name: f"{points(size, body):.2f}pt" for name, size in SIZES.items()}
    line = QFontMetricsF(QApplication.font()).height()
    arrow = f"{min(round(ARROW_LINES * line), MOST_ARROW_PX)}px"
    texts = {name: max(CONTROL_PX - around, round(line)) for name, around in AROUND_TEXT_PX.items()}
    glass = theme.card if theme.key.startswith("contrast") else theme.card.replace("#", GLASS)
    lengths = texts | {"arrow": arrow}
    more = {"icons": icons, "fixed": fixed, "radius": f"{RADIUS_PX}px", "glass": glass}
    return sheet.substitute(vars(theme), **more, **type_, **lengths)


class _Present(QObject):
    """The present theme; ``changed`` is emitted when all widgets have another theme or another font."""

    changed = Signal()
    theme = LIGHT


_PRESENT = _Present()


def set_theme(theme: Theme) -> None:
    """Give a theme to the whole application; all widgets are painted anew soon, with `current_theme`."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise RuntimeError("There is no application yet.")
    if theme is current_theme() and application.styleSheet() == style_sheet(theme):
        return  # another window has this theme already, and would be styled anew for nothing
    _PRESENT.theme = theme
    if not application.styleSheet():
        application.setStyle("Fusion")
    application.setPalette(palette(theme))
    restyle(application)


def restyle(application: QApplication) -> None:
    """Style all widgets anew, in the present theme and font, which takes a new style sheet."""
    application.style().unpolish(application)  # else Qt would style each widget twice
    application.setStyleSheet(style_sheet(current_theme()))
    windows = [each for each in application.topLevelWidgets() if each.parentWidget() is None]
    for widget in (each for window in windows for each in (window, *window.findChildren(QWidget))):
        if not isValid(widget):  # another widget may have deleted it while it was styled
            continue
        widget.style().polish(widget)
        QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
        lines = widget.property(ICON_LINES)
        if lines:
            widget.setProperty("iconSize", icon_size(widget, lines))
    _PRESENT.changed.emit()


def current_theme() -> Theme:
    """The present theme of the application; it may be another one at the next painting."""
    return _PRESENT.theme


def follow_theme(draw: Callable[[], object]) -> None:
    """Call a method now, and whenever the theme or the font changes: to draw with its colours anew. It must be the
    method of a QObject; the calls end with the object."""
    draw()
    _PRESENT.changed.connect(draw)


USUAL_PERCENT = 100
PERCENT, POINTS = "text_percent", "text_points"  # of the application: the present size of text, and what 100 % is


def set_text_size(percent: int) -> None:
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        return
    before = application.property(PERCENT)
    if percent == before:
        return
    font = application.font()
    if before is None:
        font = body_font(font)
    if before in (None, USUAL_PERCENT):
        application.setProperty(POINTS, font.pointSizeF() if font.pointSizeF() > 0 else QFontInfo(font).pointSizeF())
    application.setProperty(PERCENT, percent)
    font.setPointSizeF(application.property(POINTS) * percent / USUAL_PERCENT)
    application.setFont(font)
    if application.styleSheet():
        restyle(application)


ICON_LINES = "icon_lines"  # the property of a widget with the height of its icon


def icon_size(widget: QWidget, lines: float) -> QSize:
    """The size of an icon beside a widget's text: a square as high as so many ``lines`` of it. A property ``iconSize``
    of the widget is adapted whenever the font changes."""
    widget.setProperty(ICON_LINES, lines)
    side = round(lines * widget.fontMetrics().height())
    return QSize(side, side)

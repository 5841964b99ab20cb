"""The themes: complete, readable, and put on the whole application."""

import gc
import re
import weakref
from string import Template

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QFileDialog, QToolButton, QWidget

from curvegui.files.disk.resources import resource
from curvegui.session.stored.preferences import PreferencesFile
from curvegui.ui.actions.display import Display
from curvegui.ui.look.theme import (
    AROUND_TEXT_PX,
    CHOICES,
    CONTRAST,
    DARK,
    LIGHT,
    LIGHT_CONTRAST,
    THEMES,
    current_theme,
    follow_theme,
    set_theme,
    style_sheet,
    theme_for,
)
from tests.help.contrast import contrast
from tests.ui.person import pixels_near

BOTH = pytest.mark.parametrize("theme", CHOICES.values(), ids=list(CHOICES))
pytestmark = pytest.mark.usefixtures("qapp")


@BOTH
@pytest.mark.parametrize("background", ["window", "card", "chip"])
@pytest.mark.parametrize("ink", ["text", "muted"])
def test_text_can_be_read_on_every_background(theme, background, ink):
    assert contrast(getattr(theme, ink), getattr(theme, background)) >= 4.5


@BOTH
def test_what_warns_and_what_can_be_pressed_can_be_read(theme):
    assert contrast(theme.warning, theme.card) >= 4.5
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert contrast(theme.accent, theme.window) >= 3
    assert contrast(theme.text, theme.groove) >= 4.5  # a button that is pressed
    assert contrast(theme.good, theme.card) >= 3
    assert contrast(theme.second, theme.window) >= 3


@pytest.mark.parametrize("theme", [CONTRAST, LIGHT_CONTRAST], ids=lambda theme: theme.key)
def test_high_contrast_is_higher_than_usual(theme):
    for ground in ("window", "card", "chip", "pressed"):
        for ink in ("text", "muted"):
            assert contrast(getattr(theme, ink), getattr(theme, ground)) >= 7
        for edge in ("border", "edge"):
            assert contrast(getattr(theme, edge), getattr(theme, ground)) >= 3
    assert contrast(theme.groove, theme.card) >= 3
    for ink in ("accent", "second", "good", "warning"):
        assert contrast(getattr(theme, ink), theme.card) >= 6
    assert contrast(theme.faint, theme.chip) >= 4.5


SCHEMES = [(Qt.ColorScheme.Dark, CONTRAST, DARK), (Qt.ColorScheme.Light, LIGHT_CONTRAST, LIGHT),
           (Qt.ColorScheme.Unknown, LIGHT_CONTRAST, LIGHT)]  # fmt: skip


@pytest.mark.parametrize(("scheme", "high", "usual"), SCHEMES)
def test_a_system_that_asks_for_high_contrast_is_followed_by_window_and_canvas(monkeypatch, scheme, high, usual):
    for module in ("ui.look.theme", "ui.actions.display"):
        monkeypatch.setattr(f"curvegui.{module}.system_wants_contrast", lambda: True)
    monkeypatch.setattr(type(QGuiApplication.styleHints()), "colorScheme", lambda _: scheme)
    assert theme_for("system") is high
    assert Display(look_key="classic").look.key == high.key
    assert Display(look_key="classic", theme="light").look.key == "classic"
    assert [theme_for(key) for key in CHOICES] == list(CHOICES.values())


def test_a_theme_is_chosen_or_follows_the_system(monkeypatch):
    assert theme_for("light") is LIGHT
    assert theme_for("dark") is DARK
    for scheme, _, theme in SCHEMES:
        monkeypatch.setattr(type(QGuiApplication.styleHints()), "colorScheme", lambda _, scheme=scheme: scheme)
        assert theme_for("system") is theme
    assert list(THEMES) == ["system", *CHOICES]


OTHERS = "icons", "glass", "fixed", "small", "heading", "radius", "arrow", "button", "beside", "sign", *AROUND_TEXT_PX


@BOTH
def test_the_style_sheet_names_only_colours_of_the_theme_and_files_that_are_there(theme):
    sheet = style_sheet(theme)
    assert "$" not in sheet
    paths = re.findall(r'url\("([^"]+)"\)', sheet)
    assert paths
    for path in paths:
        assert resource("icons", path.rpartition("/")[2]).as_posix() == path
    written = Template(resource("style.qss").read_text(encoding="utf-8"))
    assert set(written.get_identifiers()) <= {*vars(theme), *OTHERS}


@BOTH
def test_it_is_put_on_the_whole_application(theme):
    set_theme(theme)
    assert QApplication.palette().color(QPalette.ColorRole.Window).name() == theme.window
    assert QApplication.instance().styleSheet() == style_sheet(theme)


@pytest.mark.slow
def test_a_window_that_follows_the_system_follows_at_once(person, monkeypatch):
    hints = QGuiApplication.styleHints()
    person.choose("theme.system")
    monkeypatch.setattr(type(hints), "colorScheme", lambda _: Qt.ColorScheme.Dark)
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert QApplication.palette().color(QPalette.ColorRole.Window).name() == DARK.window


@BOTH
def test_the_arrows_of_qt_s_own_file_dialog_can_be_seen(qtbot, theme):
    set_theme(theme)
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    for name in ("backButton", "forwardButton", "toParentButton"):
        image = dialog.findChild(QToolButton, name).icon().pixmap(64, 64).toImage()
        inks = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
        darkest = max(inks, key=lambda ink: ink.alpha())
        assert contrast(darkest.name(), theme.window) > 3, name


def on_screen(person, name):
    """A picture of the window as the screen has it, with a dock in front."""
    dock = person.window.services.docks[name]
    if not person.window.services.docks.is_seen(name):
        dock.show()
        dock.raise_()
    return person.window.screen().grabWindow(person.window.winId()).toImage()


@pytest.mark.slow
def test_all_that_is_seen_follows_another_theme(open_window, tmp_path):
    def opened(theme):
        file = PreferencesFile(tmp_path / f"{theme}.json")
        file.remember(theme=theme, errors=True)
        file.save()
        someone = open_window(preferences=file.path)
        someone.wait_for_first_picture()
        for name in names_of(someone):  # so that all of them are made
            on_screen(someone, name)
            someone.wait_until(lambda name=name: someone.window.services.docks.is_seen(name))
        return someone

    def names_of(someone):
        return [record.name for record in someone.window.services.docks.records]

    switched = opened("light")
    assert pixels_near(on_screen(switched, "favourites"), LIGHT.window, 0) > 1_000
    switched.choose("theme.dark")
    begun = opened("dark")
    for name in names_of(begun):
        begun.wait_until(lambda name=name: on_screen(switched, name) == on_screen(begun, name))
        assert pixels_near(on_screen(begun, name), DARK.window, 0) > 1_000


def test_what_follows_the_theme_is_told_while_it_lives_and_kept_by_nobody(qtbot):
    class Picture(QWidget):
        """Notes the themes that it is drawn in."""

        def __init__(self):
            super().__init__()
            self.drawn = []
            follow_theme(self._draw)

        def _draw(self):
            self.drawn.append(current_theme())

    set_theme(DARK)
    first, second = Picture(), Picture()
    set_theme(LIGHT)
    assert first.drawn == [DARK, LIGHT]
    left, drawn = weakref.ref(first), second.drawn
    second.deleteLater()
    QCoreApplication.sendPostedEvents(second, QEvent.Type.DeferredDelete.value)
    del first
    gc.collect()
    assert left() is None
    set_theme(DARK)
    assert drawn == [DARK, LIGHT]

"""Every view, panel, menu and dialog has room for longer words and larger letters, and says all in the language."""

from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication, QMenu

from curvegui.files.disk.languages import VARIABLE
from curvegui.ui.look.language import speak_in_window
from curvegui.ui.look.layouts import line_px
from curvegui.ui.look.theme import USUAL_PERCENT
from curvegui.ui.window.features import PANELS
from tests.room.fitting import faults
from tests.room.untranslated import untranslated

pytestmark = pytest.mark.usefixtures("english_again")

VIEWS = "watch", "play", "understand", "exercise"
DIALOGS = (
    "app.preferences", "film.save", "picture.save", "poster.save", "curve.formula", "curve.text", "wall.open",
    "wall.race", "run.sweep", "help.guide", "help.keys", "help.about", "help.challenges",
    "help.palette", "gallery.choose", "exercise.puzzle",
)  # fmt: skip
SIZE = 1180, 760
LARGE = 200  # %, of the text
SAMPLE = "/usr/lib/python3/site-packages/"  # where a line has no place to break
USUAL_LINE_PX, USUAL_SAMPLE_PX = 14, 186  # with 100 %
MOST_WIDE = {"double": 1150} | dict.fromkeys(("en", "es", "ko", "de", "fr", "zh", "ar"), 900)  # px of the window
LOOKS, LOOK_MS = 60, 40  # until it is at rest, on a busy machine too
CASES = [
    ("long", USUAL_PERCENT),
    *(pytest.param(language, USUAL_PERCENT, marks=pytest.mark.slow) for language in ("x", "double", "brackets", "rtl")),
    *(pytest.param(language, LARGE, marks=pytest.mark.slow) for language in ("long", "x", "double", "brackets", "rtl")),
]


@pytest.fixture
def seen(in_language, qtbot):
    """Someone in front of a window in a language, with text of a size, and everything that they open in turn."""

    def open_all(language, percent):
        person = in_language(language, percent)
        services = person.window.services
        yield from _views(person, services)
        if percent == USUAL_PERCENT:  # Qt's menus do not wrap, and no real language is as long as the ones to test with
            yield from _menus(person.window)
        yield from _dialogs(services, qtbot)

    return open_all


@pytest.fixture
def in_language(open_window, monkeypatch, qtbot):
    """Opens a window in a language, with text of a size."""

    def open_in(language, percent):
        monkeypatch.setattr("curvegui.ui.help.about.sysconfig", SimpleNamespace(get_path=lambda _: SAMPLE))
        monkeypatch.setenv(VARIABLE, language)
        speak_in_window("system")
        person = open_window(SIZE, study=True, welcomes=True)
        person.wait_for_first_picture()
        sample = person.window.fontMetrics().horizontalAdvance(SAMPLE)
        usual = max(line_px(person.window) / USUAL_LINE_PX, sample / USUAL_SAMPLE_PX, 1)
        size = percent if percent == USUAL_PERCENT else round(percent / usual)  # larger letters fill as much with less
        person.window.services.display.see(text_size=size, motion="reduced")
        return person

    return open_in


def _views(person, services):
    for view in VIEWS:
        person.choose(f"view.{view}")
        yield view, person.window
    for name in PANELS:
        services.docks.show(name)
        yield f"panel {name}", services.docks[name]


def _menus(window):
    for menu in window.menuBar().findChildren(QMenu):
        if menu.objectName():
            menu.aboutToShow.emit()
            menu.resize(menu.sizeHint())  # which it has when it opens
            yield menu.objectName(), menu


def _dialogs(services, qtbot):
    for id_ in DIALOGS:
        before = set(_windows())
        services.actions[id_].trigger()
        qtbot.waitUntil(lambda before=before: bool(set(_windows()) - before))
        for dialog in set(_windows()) - before:
            yield id_, dialog
            dialog.close()


def _windows():
    return [each for each in QApplication.topLevelWidgets() if each.isVisible()]


@pytest.mark.slow
@pytest.mark.parametrize(("language", "percent"), CASES)
def test_everything_has_room_and_is_translated(seen, qtbot, language, percent):
    found = {}
    for place, widget in seen(language, percent):
        for _ in range(LOOKS):  # what has just come is laid out in turns
            qtbot.wait(LOOK_MS)
            cut = faults(widget)
            if not cut:
                break
        for fault in (*cut, *(untranslated(widget) if language == "brackets" else ())):
            found.setdefault(fault, place)
    assert [f"{place}: {fault}" for fault, place in found.items()] == []


@pytest.mark.slow
@pytest.mark.parametrize(("language", "most"), MOST_WIDE.items())
def test_large_text_leaves_the_window_narrow(in_language, qtbot, language, most):
    person = in_language(language, LARGE)
    needed = {}
    for place, _ in _views(person, person.window.services):
        qtbot.wait(LOOK_MS * 5)  # a panel is filled, and laid out, in turns
        needed[place] = person.window.minimumSizeHint().width()
    assert {place: width for place, width in needed.items() if width > most} == {}

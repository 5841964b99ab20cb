"""The real window to test with: built, driven as a person would, closed, and looked over for what it leaves behind."""

from contextlib import ExitStack, contextmanager, suppress

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QLocale, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QWidget

from curvegui.core.engine.backend import AUTO, Backend
from curvegui.core.language.text import ENGLISH
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.disk.languages import VARIABLE
from curvegui.session.run.session import Session
from curvegui.session.stored.preferences import Preferences, PreferencesFile
from curvegui.ui.look.language import speak_in_window
from curvegui.ui.look.theme import LIGHT, current_theme, set_text_size, set_theme
from curvegui.ui.look.theme import USUAL_PERCENT as USUAL_SIZE
from curvegui.ui.window.features import FEATURES
from curvegui.ui.window.main_window import MainWindow
from tests.help.left_over import held, left_over
from tests.session.conftest import never_ahead  # noqa: F401 - a fixture here too
from tests.ui.person import Person

AUTOMATIC = Backend(AUTO)  # as a person has it
SIZE = 1180, 830  # as on a usual screen; the offscreen one is smaller


@pytest.fixture
def english_again(qapp, monkeypatch):
    """A window that has spoken another language leaves English behind."""
    numbers = QLocale()
    yield
    monkeypatch.delenv(VARIABLE, raising=False)
    speak_in_window(ENGLISH)
    QLocale.setDefault(numbers)


def pytest_collection_modifyitems(items):
    """Let the tests of a file that share a window come first, one after the other."""
    files = {path: place for place, path in enumerate(dict.fromkeys(item.path for item in items))}
    items.sort(key=lambda item: (files[item.path], "visit" not in item.fixturenames))


class Kept(ExitStack):
    """A window that stays open for the next test of the file; ``made_with`` says how it was opened."""

    person = made_with = begun_with = None

    def close(self):
        """Close the window, and look over what is left."""
        self.person = self.made_with = None
        super().close()


@pytest.fixture(scope="module")
def kept():
    with Kept() as window:
        yield window


@pytest.fixture(autouse=True)
def locale():
    """Numbers as the app writes them where the system has no language."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    yield
    QLocale.setDefault(before)


@pytest.fixture(autouse=True)
def lasting(monkeypatch):
    """What the toast says stays until it says something else: on a busy machine, six seconds are no time."""
    monkeypatch.setattr("curvegui.ui.widgets.toast.MESSAGE_MS", 0)


@pytest.fixture(autouse=True)
def without_gliding(monkeypatch):
    """Show what changes at once, so that a picture of the window is a picture of one moment."""
    monkeypatch.setattr("curvegui.ui.look.motion.GLIDE_MS", 0)


@pytest.fixture(autouse=True)
def released():
    """Release what a test has left pressed: the next one's pointer would only drag something that is gone."""
    yield
    for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
        if QGuiApplication.mouseButtons() & button:
            QTest.mouseRelease(QWidget(), button)
    assert QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton


@pytest.fixture(autouse=True)
def first_theme(qapp, kept):
    """Let no test begin in the theme or the style sheet that the one before has put on."""
    set_text_size(USUAL_SIZE)
    yield
    set_text_size(USUAL_SIZE)
    if current_theme() is not LIGHT:
        set_theme(LIGHT)
        qapp.setStyleSheet("")
    if kept.person is None:  # no window is open that is in it
        qapp.setStyleSheet("")


@pytest.fixture
def light_theme(qapp):
    """For a widget without a window that looks as in one."""
    set_theme(LIGHT)
    yield
    qapp.setStyleSheet("")


@contextmanager
def looked_over(qtbot, qapp):
    """See to it that what is done within leaves no widget, timer, thread or open file behind."""

    def wait_until(condition):
        with suppress(qtbot.TimeoutError):  # what is left is told below
            qtbot.waitUntil(condition)

    before = held()
    yield
    assert left_over(before, wait_until) == {}
    qapp.setStyleSheet("")  # or all of the next window is styled twice


@pytest.fixture
def nothing_left(request, qtbot, qapp, kept):
    """See to it that a window leaves no widget, timer, thread or open file behind."""
    if "visit" in request.fixturenames:  # its window is looked over when it is closed
        yield
        return
    kept.close()
    with looked_over(qtbot, qapp):
        yield


@contextmanager
def windows(qtbot, folder):
    """Open windows with some settings set, paused; in the end all are closed.

    With ``study``, the docks about the network are open, as they are for a new user, and with ``welcomes`` a new user
    is welcomed. With ``withheld``, it begins in class mode, without these.
    """
    opened = []

    def open_with(
        size=SIZE,
        preferences=folder / "preferences.json",
        study=False,
        *,
        wanted=AUTOMATIC,
        table=FEATURES,
        complete=True,
        welcomes=False,
        withheld=None,
        **settings,
    ):
        session = Session(TrainingConfig(**settings), wanted=wanted)
        log, favourites = folder / "curvegui.log", folder / "favourites"
        kept = PreferencesFile(preferences)
        window = MainWindow(kept, log, favourites, table)
        is_plain = not (welcomes or kept.present.tour) and kept.present.look == Preferences().look
        if not (welcomes or kept.present.tour):
            kept.remember(tour="{}")
        if withheld is not None:
            window.withhold(withheld, True)
        window.begin(session)
        if is_plain:
            window.services.display.see(look_key="classic")  # whose colours most tests look for
        if complete:
            window.finish()
        shares = any(other.services.preferences.path == preferences for _, other in opened)  # it has kept choices
        has_layout = kept.present.views if shares else preferences.exists()
        if not study and not has_layout and "network" in window.services.docks:
            window.services.docks["network"].hide()  # most tests are about the rest of the window
        opened.append((session, window))
        if size:
            window.resize(*size)
        person = Person(qtbot, window, session)
        window.show()
        window.activateWindow()
        person.wait_until(window.isActiveWindow)
        return person

    yield open_with
    ended = []
    for session, window in opened:
        window.features["documents"].closing.allow()  # without a last copy, which hardly any test is about
        window.close()
        qtbot.waitUntil(lambda: not window.isVisible())  # noqa: B023 - it is called at once
        ended.append(session.close())
        window.deleteLater()
    assert ended == [True] * len(opened)


@pytest.fixture
def open_window(qtbot, nothing_left, tmp_path):
    """Open `windows`; nothing of them is left."""
    with windows(qtbot, tmp_path) as open_with:
        yield open_with


def as_it_stands(person):
    """What the next test must find as it was, but for the run."""
    services, window = person.window.services, person.window
    actions = {record.id: services.actions[record.id] for record in services.actions.records}
    return {
        "preferences": services.preferences.present,
        "display": services.display.now,
        "view": services.views.now,
        "panels": [(dock, dock.isFloating(), dock.size()) for dock in services.docks.in_sight()],
        "document": services.features["documents"].document.path,
        "window": (window.size(), [each for each in window.findChildren(QDialog) if each.isVisible()]),
        "plane": [window.canvas.to_plane(QPointF(*place)) for place in ((0, 0), (100, 100))],
        "checked": [id_ for id_, action in actions.items() if action.isChecked()],
        "pressed": [each.objectName() for each in window.findChildren(QAbstractButton) if each.isChecked()],
    }


def run_of(session):
    """What is learned, how far it is, and what can be undone."""
    shown = session.snapshot and (session.snapshot.iteration, session.phase, session.time.past)
    return session.config, shown, session.history.undo_label, session.history.redo_label


def is_put_back(person, before):
    """Close what is open and take back what was chosen; whether all is as before.

    A window that was closed cannot be put back.
    """
    if not (shiboken6.isValid(person.window) and person.window.isVisible()):
        return False
    services, inspection = person.window.services, person.window.services.inspection
    person.session.pause()
    person.catch_up()  # or what was learned last may come only when the next test is there
    for each in person.window.findChildren(QDialog):
        each.close()
    if services.features["documents"].document.path != before["document"]:
        services.features["documents"].document.new()
    inspection.select(None)
    inspection.unmute_all()
    inspection.brush(None)
    inspection.look_at_point(None)
    inspection.light(None)
    if services.display.now != before["display"]:
        services.display.see(**vars(before["display"]))
    services.views.show(before["view"].id)
    person.window.resize(before["window"][0])
    person.window.findChild(QAbstractButton, "settings.more").setChecked("settings.more" in before["pressed"])
    panels = [dock for dock, *_ in before["panels"]]
    if set(panels) - set(services.docks.in_sight()):
        services.views.reset()
    person.window.canvas.show_all()
    for dock in services.docks.in_sight():
        dock.setVisible(dock in panels)
    person.window.toast.say("")
    services.preferences.remember(**vars(before["preferences"]))
    QCoreApplication.processEvents()  # so that all is laid out
    return as_it_stands(person) == before


@pytest.fixture
def visit(qtbot, qapp, open_window, kept, tmp_path_factory):
    """Like ``open_window``, for a test to which it does not matter what a window has been used for before.

    The next one of the file has the same, with a run begun anew, as with New in its menu; or a new window where more is
    not as it was. ``prepared`` is called with the person where the run is new.
    """
    visits = []

    def visit_with(prepared=Person.wait_for_first_picture, size=SIZE, study=False, **settings):
        if kept.made_with != (size, study):
            kept.close()
            kept.enter_context(looked_over(qtbot, qapp))
            opening = kept.enter_context(windows(qtbot, tmp_path_factory.mktemp("kept")))
            kept.person, kept.made_with, kept.begun_with = opening(size, study=study, **settings), (size, study), None
            prepared(kept.person)
        elif kept.begun_with != (prepared, settings, run_of(kept.person.session)):
            kept.person.window.features["documents"].document.new()
            kept.person.session.pause()  # what follows one that has ended would learn at once
            kept.person.session.begin(TrainingConfig(**settings))
            prepared(kept.person)
        person = kept.person
        person.qtbot = qtbot
        person.window.activateWindow()
        person.wait_until(person.window.isActiveWindow)
        person.window.canvas.setFocus()
        person.catch_up()
        kept.begun_with = prepared, settings, run_of(person.session)
        visits.append(as_it_stands(person))
        return person

    yield visit_with
    if kept.person is not None and visits and not is_put_back(kept.person, visits[0]):
        kept.close()


@pytest.fixture
def visitor(visit):
    """Someone like ``person``, in front of a window that may have been used."""
    return visit()


@pytest.fixture
def person(visitor):
    """Someone in front of a window whose run is paused and shown."""
    return visitor


@pytest.fixture
def newcomer(open_window):
    """Like ``person``, in front of a window that nobody has used."""
    someone = open_window()
    someone.wait_for_first_picture()
    return someone


@pytest.fixture
def window(person):
    return person.window


@pytest.fixture
def canvas(window):
    return window.canvas


@pytest.fixture
def inspection(window):
    return window.features["study"].inspection


@pytest.fixture
def session(person):
    return person.session

"""One thing more in its one place, and the window has it; the command line and the files are in ``tests``."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QFileDialog,
    QLabel,
    QListWidget,
    QMenu,
    QSpinBox,
    QToolBar,
    QWidget,
)

from curvegui.core.settings.config import SETTINGS
from curvegui.ui.actions.feature import ActionRecord, DockRecord, Feature
from curvegui.ui.curves.rail import CURVE
from curvegui.ui.help.keys import keys_table
from curvegui.ui.window.features import FEATURES
from tests.help import new_things
from tests.help.command import environment, run
from tests.ui.document_person import answer, choose_file

TRY_IT = """
from PySide6.QtWidgets import QAbstractButton, QWidget
from curvegui.core.settings.config import TrainingConfig
from tests.help.whole_app import leave, run_app

def try_it(window):
    try:
        window.findChild(QAbstractButton, "settings.more").click()
        editor = window.findChild(QWidget, "editor.calmness")
        editor.setText("4")
        editor.editingFinished.emit()
        print(editor.accessibleName(), window.services.session.config.calmness)
    finally:
        leave(window)

raise SystemExit(run_app(TrainingConfig(), try_it))
"""
ELSEWHERE = {"curve": "curves.list", "frozen": "dock.network", "hidden": "dock.network"}
"""What sets these in the window, where it is no editor: the rail, and the network's own controls."""


class NewFeature:
    """What the action of the new feature is done by."""

    def __init__(self, services):
        self._services = services

    def greet(self, word):
        self._services.notify(word)


class NewPanel(QLabel):
    """The panel of the new feature."""

    def __init__(self, study):
        super().__init__()

    def show_inspected(self, inspected):
        self.setText(f"iteration {inspected.snapshot.iteration}")


NEW = Feature(
    "greeting",
    f"{__name__}:NewFeature",
    actions=(
        ActionRecord("greeting.say", "Help", "&Greet", "Say something friendly", "greet", ("Good day.",),
                     keys=("Ctrl+Shift+Y",), icon="star", toolbar=True),
    ),
    docks=(DockRecord("greeting", "Greeting", f"{__name__}:NewPanel"),),
)  # fmt: skip


def choices(box):
    return [box.itemData(row) for row in range(box.count())]


@pytest.fixture
def new(open_window, monkeypatch):
    """Someone in front of a window with one thing more of each kind, trained for a moment."""
    for name in ("activation", "preset", "optimizer", "picture_format", "film_format", "finding", "mistake"):
        getattr(new_things, f"add_{name}")(monkeypatch.setattr)
    person = open_window(table=(*FEATURES, NEW))
    person.wait_for_first_picture()
    return person


@pytest.mark.slow
def test_an_activation_a_preset_an_optimiser_and_a_finding(new):
    for field, added in (("activation", "gentle"), ("output_activation", "gentle"), ("optimizer", "signs")):
        box = new.find(f"editor.{field}")
        assert added in choices(box)
        box.setCurrentIndex(box.findData(added))
        box.activated.emit(box.currentIndex())
        new.wait_until(lambda field=field, added=added: getattr(new.session.config, field) == added)
    rail = new.find("curves.list", QListWidget)
    (egg,) = [rail.item(row) for row in range(rail.count()) if rail.item(row).data(CURVE) == "egg"]
    assert egg.data(Qt.ItemDataRole.AccessibleTextRole) == "Egg"
    rail.itemClicked.emit(egg)
    new.wait_until(lambda: new.session.config.curve == "egg")
    new.session.pause()
    new.learn(3)
    assert new.session.snapshot.config.optimizer == "signs"
    new.wait_until(lambda: new_things.FINDING in new.find("advice").accessibleName())


@pytest.mark.slow
def test_a_setting(tmp_path):
    places = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(tmp_path))
    env = environment(**places, **new_things.with_a_setting(tmp_path))
    done = run(program=("-c", TRY_IT), env=env, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "Calmness 4.0\n"), done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "added"), [("picture", "bmp"), ("film", "raw")])
def test_a_format(new, kind, added, tmp_path, monkeypatch):
    path = tmp_path / f"new.{added}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    new.learn(20)
    new.choose(f"{kind}.save")
    new.wait_until(lambda: new.window.findChild(QComboBox, f"{kind}.ending"))
    box = new.window.findChild(QComboBox, f"{kind}.ending")
    box.setCurrentIndex(choices(box).index(added))
    for name, least in (("picture.scale", 1), ("film.seconds", 1), ("film.side_px", 64), ("film.frames_per_second", 5)):
        if (number := new.window.findChild(QSpinBox, name)) is not None:
            number.setValue(least)
    with new.qtbot.waitSignal(box.window().saved):
        new.window.findChild(QAbstractButton, "share.save").click()
    assert path.stat().st_size > 10_000


def test_a_feature_with_an_action_and_a_panel(new):
    action = new.action("greeting.say")
    (menu,) = [menu for menu in new.window.findChildren(QMenu) if action in menu.actions()]
    assert menu.title() == "&Help"
    assert action in new.window.findChild(QToolBar, "tools").actions()
    assert action.shortcut() == QKeySequence("Ctrl+Shift+Y")
    assert "| Ctrl+Shift+Y | Say something friendly |" in keys_table(new.window.services.actions.records)
    new.choose("greeting.say")
    assert new.window.toast.words == "Good day."
    toggle = new.window.findChild(QAction, "action.dock.greeting")
    assert toggle.text() == "&Greeting"
    (view,) = [menu for menu in new.window.findChildren(QMenu) if toggle in menu.actions()]
    assert view.title().replace("&", "") == "Panels"
    toggle.trigger()
    new.window.services.docks["greeting"].raise_()
    new.learn(3)
    new.wait_until(lambda: "iteration 3" in [panel.text() for panel in new.window.findChildren(NewPanel)])


def test_a_learners_mistake(new, tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(new_things.LEARNER)
    new.choose("exercise.open")
    choose_file(new, "exercise.open_file", path)
    answer(new, "exercise.consent", "once")
    exercise = new.window.features["exercise"].exercise
    new.wait_until(lambda: exercise.report is not None and not exercise.is_busy)
    assert new_things.MISTAKE in exercise.report.functions["J_b3"].reason
    shown = [label.text() for label in new.find("verdict.J_b3").findChildren(QLabel)]
    assert any(new_things.MISTAKE in text for text in shown)


def test_a_lesson(new, tmp_path):
    path = tmp_path / "new.md"
    path.write_text(new_things.LESSON)
    new.choose("help.lesson")
    choose_file(new, "open_lesson", path)
    new.wait_until(lambda: new.shows("tour"))
    new.wait_until(lambda: new.session.config.activation == "gentle")
    new.learn(1)
    new.wait_until(lambda: new.window.features["tour"].tour.is_done)


def test_every_setting_has_an_editor_or_is_set_elsewhere(person):
    person.click("settings.more")
    for name, setting in SETTINGS.items():
        editor = person.window.findChild(QWidget, f"editor.{name}")
        assert (editor is None) == (name in ELSEWHERE)
        assert editor is not None or person.window.findChild(QWidget, ELSEWHERE[name]) is not None
        if editor is not None:
            assert editor.accessibleName() == setting.label
            assert editor.accessibleDescription() == setting.whole_tip

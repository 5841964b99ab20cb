"""The table of features: a line brings all of a feature, and without it the window does without."""

import re
import threading
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

import curvegui.ui
from curvegui.ui.actions.feature import Feature, Features, in_menu_order, named
from curvegui.ui.study import study
from curvegui.ui.window import feature_loader
from curvegui.ui.window.features import FEATURES

UI = Path(curvegui.ui.__file__).parent
NEEDED = {"documents", "view", *(id_ for feature in FEATURES for id_ in feature.needs)}  # by the app and the window
LEAVES = [feature.id for feature in FEATURES if feature.id not in NEEDED]
FEW = [LEAVES[first::7] for first in range(7)]  # of one window, which takes long to open; neighbours are in others
IDS = [feature.id for feature in FEATURES]
USED = re.compile(r'features\["(\w+)"\]')
ASKED = re.compile(r'"(\w+)" in [\w.]*features\b|features\.is_made\("(\w+)"\)')


def test_every_feature_has_a_name_of_its_own_and_what_it_names_is_there():
    assert len(set(IDS)) == len(IDS)
    for feature in FEATURES:
        assert not feature.made or callable(named(feature.made))
        assert all(callable(named(dock.panel)) for dock in feature.docks if dock.panel)


@pytest.mark.slow
def test_each_says_which_others_it_needs_and_they_are_there():
    assert {*IDS} >= NEEDED
    for folder in {module_of(feature) for feature in FEATURES}:
        of_folder = [feature for feature in FEATURES if module_of(feature) == folder]
        said = {id_ for feature in of_folder for id_ in (feature.id, *feature.needs)}
        for path in (UI / folder).glob("*.py"):
            if path.name in {"start_up.py", "reopening.py"}:
                continue  # they are no features: they hand what a start asked for, or the window before, to those there
            source = path.read_text(encoding="utf-8")
            asked = {name for names in ASKED.findall(source) for name in names}
            assert {*USED.findall(source)} <= said | asked, path


def module_of(feature):
    """The folder of a feature, by its class or its panel."""
    place = feature.made or feature.docks[0].panel
    return place.split(".")[2]


class Fragile:
    """Cannot be made the first time."""

    tries = 0

    def __init__(self, services):
        Fragile.tries += 1
        if Fragile.tries == 1:
            raise OSError("not now")


def test_one_that_cannot_be_made_is_tried_again_when_it_is_wanted_again():
    features = Features((Feature("fragile", f"{__name__}:Fragile"),))
    with pytest.raises(OSError, match="not now"):
        features.want("fragile")
    features.want("fragile")
    assert features.is_made("fragile")


@pytest.mark.parametrize("left_out", FEW, ids=",".join)
def test_without_its_line_a_feature_is_gone_and_the_rest_is_there(open_window, left_out):
    table = tuple(feature for feature in FEATURES if feature.id not in left_out)
    person = open_window(table=table)
    person.wait_for_first_picture()
    for gone in (FEATURES[IDS.index(each)] for each in left_out):
        for record in gone.actions:
            assert person.window.findChild(QAction, f"action.{record.id}") is None
        for record in gone.docks:
            assert person.window.findChild(QAction, f"action.dock.{record.name}") is None
    here = {action.objectName() for action in person.window.actions()}
    assert here == {f"action.{record.id}" for record in in_menu_order(table)}
    assert not [each for each in left_out if each in person.window.features]


def test_a_feature_is_made_when_its_action_is_chosen_and_not_before(person):
    features = person.window.features
    assert not features.is_made("compare")
    person.choose("wall.open")
    assert features.is_made("compare")


def test_a_feature_is_made_when_the_view_has_what_it_shows(person):
    assert not person.window.features.is_made("errors")
    person.choose("view.errors")
    assert person.window.features.is_made("errors")


def test_a_feature_is_made_when_its_dock_is_seen(newcomer, monkeypatch):
    loaded = []
    monkeypatch.setattr(study, "named", lambda place: loaded.append((place, threading.get_ident())) or named(place))
    newcomer.window.services.views.show("exercise")
    newcomer.wait_until(lambda: newcomer.window.findChild(QWidget, "exercise") is not None)
    assert not newcomer.window.features.is_made("favourites")  # a view puts each dock in its place
    assert loaded[0][1] != threading.get_ident()  # what is much to load, in the background
    newcomer.window.services.docks["favourites"].show()
    newcomer.wait_until(lambda: newcomer.window.features.is_made("favourites"))


def test_the_code_of_all_that_can_be_seen_is_loaded_in_the_background_before_anybody_looks(open_window, monkeypatch):
    loaded = []
    monkeypatch.setattr(feature_loader, "named", lambda place: loaded.append((place, threading.get_ident())))
    person = open_window()
    wanted = [place for feature in FEATURES for place in feature.shown]
    assert {"curvegui.ui.exercise.panel:ExercisePanel", "curvegui.ui.watch.watch:Watch"} <= set(wanted)
    person.wait_until(lambda: [place for place, _ in loaded] == wanted)
    assert threading.get_ident() not in {thread for _, thread in loaded}


def test_one_piece_is_made_after_the_other_and_in_the_end_all_that_is_seen_is_there(open_window):
    person = open_window(complete=False)
    with person.qtbot.waitSignal(person.window.completed):
        pass
    assert all(person.window.features.is_made(feature.id) for feature in FEATURES if feature.starts)

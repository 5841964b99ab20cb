"""The table of features: a line brings all of a feature, and without it the window does without."""

import pytest
from PySide6.QtGui import QAction

from curvegui.ui.actions.feature import in_menu_order, named
from curvegui.ui.window.features import FEATURES

LEAVES = (
    "wall",
    "sweep",
    "errors",
    "insight",
    "tour",
    "tour_hint",
    "help",
    "exercise",
    "jacobians",
    "maths",
    "network",
)
IDS = [feature.id for feature in FEATURES]


def test_every_feature_has_a_name_of_its_own_and_what_it_names_is_there():
    assert len(set(IDS)) == len(IDS)
    for feature in FEATURES:
        assert not feature.made or callable(named(feature.made))
        assert all(callable(named(dock.panel)) for dock in feature.docks if dock.panel)


@pytest.mark.slow
@pytest.mark.parametrize("left_out", LEAVES)
def test_without_its_line_a_feature_is_gone_and_the_rest_is_there(open_window, left_out):
    table = tuple(feature for feature in FEATURES if feature.id != left_out)
    person = open_window(table=table)
    person.wait_for_first_picture()
    gone = FEATURES[IDS.index(left_out)]
    for record in gone.actions:
        assert person.window.findChild(QAction, f"action.{record.id}") is None
    for record in gone.docks:
        assert person.window.findChild(QAction, f"action.dock.{record.name}") is None
    here = {action.objectName() for action in person.window.actions()}
    assert here == {f"action.{record.id}" for record in in_menu_order(table)}
    assert left_out not in person.window.features


def test_a_feature_is_made_when_its_action_is_chosen_and_not_before(person):
    features = person.window.features
    assert not features.is_made("wall")
    person.choose("wall.open")
    assert features.is_made("wall")


def test_a_feature_is_made_when_the_view_has_what_it_shows(person):
    assert not person.window.features.is_made("errors")
    person.choose("view.errors")
    assert person.window.features.is_made("errors")


def test_a_feature_is_made_when_its_dock_is_seen(person):
    assert not person.window.features.is_made("favourites")
    person.window.services.docks["favourites"].show()
    assert person.window.features.is_made("favourites")


def test_one_piece_is_made_after_the_other_and_in_the_end_all_that_is_seen_is_there(open_window):
    person = open_window(complete=False)
    with person.qtbot.waitSignal(person.window.completed):
        pass
    assert all(person.window.features.is_made(feature.id) for feature in FEATURES if feature.starts)

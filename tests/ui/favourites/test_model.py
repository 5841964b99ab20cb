"""The list changes row by row, so that selection, place and editor stay."""

import random

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester

from curvegui.ui.favourites.view import FAVOURITE, FavouritesModel
from tests.ui.favourites.fits import broken, made_up

Role = Qt.ItemDataRole


@pytest.fixture
def model(qapp):
    made = FavouritesModel()
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield made
    del tester


def keys(model):
    return [model.index(row, 0).data(FAVOURITE).key for row in range(model.rowCount())]


def some(*names):
    return [made_up(name) for name in names]


@pytest.mark.slow
def test_any_list_can_follow_any_other(model):
    chance = random.Random(1)
    everything = some(*"abcdefghijklmnop")
    for _ in range(200):
        wanted = chance.sample(everything, chance.randrange(len(everything) + 1))
        model.show_favourites(wanted)
        assert keys(model) == [each.key for each in wanted]


def test_what_is_selected_stays_selected(model):
    model.show_favourites(some("a", "b", "c", "d"))
    selection = QItemSelectionModel(model)
    for row in (1, 3):
        selection.select(model.index(row, 0), QItemSelectionModel.SelectionFlag.Select)
    model.show_favourites(some("d", "new", "c", "b"))
    assert {index.data() for index in selection.selectedIndexes()} == {"b", "d"}


def test_a_new_name_is_shown(model, qtbot):
    model.show_favourites(some("a", "b", "c"))
    renamed = [made_up("a"), made_up("new name", key="b.curvegui"), made_up("c")]
    model.show_favourites(renamed)
    assert model.index(1, 0).data() == "new name"
    with qtbot.assertNotEmitted(model.layoutChanged):
        model.show_favourites(renamed)


def test_the_roles_say_what_views_and_screen_readers_want(model):
    model.show_favourites([made_up("heart", cost=0.5), broken()])
    index, junk = model.index(0, 0), model.index(1, 0)
    assert index.data() == index.data(Role.EditRole) == "heart"
    assert index.data(Role.AccessibleTextRole).startswith("heart, cost ")
    assert "1–6–7–2" in index.data(Role.AccessibleDescriptionRole)
    assert index.data(Role.ToolTipRole).split("\n")[0] == "heart"
    assert "damaged." in junk.data(Role.ToolTipRole)
    assert "broken" in junk.data(Role.AccessibleTextRole)
    assert index.data(Role.DecorationRole) is None


def test_a_new_name_is_told_and_not_yet_shown(model, qtbot):
    model.show_favourites(some("heart"))
    with qtbot.waitSignal(model.renamed) as told:
        assert model.setData(model.index(0, 0), "mine")
    assert told.args == ["heart.curvegui", "mine"]
    assert model.index(0, 0).data() == "heart"
    assert not model.setData(model.index(0, 0), "mine", Role.DisplayRole)
    assert model.row_of("heart.curvegui") == 0
    assert model.row_of("other.curvegui") == -1

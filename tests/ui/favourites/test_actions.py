"""F keeps the fit that is shown, whatever the run does; the menu, comparing and the contact sheet."""

import errno
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QThreadPool, QUrl
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QDialog, QMenu, QMessageBox, QToolButton, QWidget

from curvegui.core.settings.config import FULL_SPEED
from curvegui.files.project.project import load
from tests.ui.favourites.fits import fill_with_runs
from tests.ui.person import Key

# what the offscreen platform says of every menu
pytestmark = pytest.mark.qt_log_ignore(
    r"^This plugin does not support (raise\(\)|grabbing the keyboard|propagateSizeHints\(\))$", extend=True
)


@pytest.fixture
def person(newcomer):
    return newcomer


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "favourites"


def kept(person):
    """Every favourite of the folder, by its name."""
    return {each.name: each for each in person.window.features["favourites"].favourites.items.values()}


def said(person):
    return person.window.toast.words


def wait_for_words(person, words):
    person.wait_until(lambda: words in said(person))
    return said(person)


# Keeping


@pytest.mark.slow
def test_the_first_one_opens_its_panel_behind_another_and_covers_nothing_and_never_again(open_window):
    person = open_window(size=(1280, 830), study=True)
    person.wait_for_first_picture()
    docks = person.window.services.docks
    person.choose("view.watch")
    person.press(Key.Key_F)
    wait_for_words(person, "“Heart, ")
    assert docks["favourites"].isHidden()  # where there is nothing but the picture
    person.choose("view.play")
    for view, front in (("play", "network"), ("understand", "maths")):
        panel = person.window.features["favourites"].panel
        panel.set_choices(replace(panel.choices, seen=False))
        person.choose(f"view.{view}")
        seen = docks.in_sight()
        person.learn(1)
        person.press(Key.Key_F)
        person.wait_until(lambda: not docks["favourites"].isHidden())
        person.wait_until(lambda seen=seen: docks.in_sight() == seen)
        assert docks["favourites"] in person.window.tabifiedDockWidgets(docks[front])
        docks["favourites"].close()
        person.learn(1)
        count = len(kept(person))
        person.press(Key.Key_F)
        person.wait_until(lambda count=count: len(kept(person)) > count)
        assert docks["favourites"].isHidden()


def test_f_keeps_the_fit_exactly_without_a_dialog(person, folder):
    person.learn(30)
    shown = person.session.snapshot
    person.press(Key.Key_F)
    wait_for_words(person, "“Heart, 30 iterations”")
    (favourite,) = kept(person).values()
    project = load(folder / favourite.key)
    assert project.record.iteration == 30
    assert np.array_equal(project.record.parameters, shown.parameters)
    assert project.record.config == shown.config
    assert project.look == "classic"
    assert dict(project.layers) == {"target": True, "trail": True, "axes": False}
    person.window.services.docks.show("favourites")
    assert [each.name for each in person.window.features["favourites"].panel.view.selected()] == [favourite.name]


@pytest.mark.parametrize("motion", ["full", "reduced"])
def test_its_star_is_full_and_its_picture_flies_until_the_message_has_gone(person, motion):
    services = person.window.services
    services.display.see(motion=motion)
    services.docks.show("favourites")
    star = services.actions["favourite.keep"].icon
    empty = star().pixmap(32, 32).toImage()
    person.choose("favourite.keep")
    person.wait_until(lambda: star().pixmap(32, 32).toImage() != empty)
    flying = person.window.findChild(object, "favourites.flight")
    assert (flying is not None) == (motion == "full")
    person.wait_until(lambda: person.window.findChild(object, "favourites.flight") is None)
    person.window.toast.findChild(QToolButton, "toast.offer.1").click()
    person.wait_until(lambda: not kept(person))
    assert star().pixmap(32, 32).toImage() == empty


def test_the_look_and_the_layers_of_the_moment_are_kept(person, folder):
    for id_ in ("look.dark", "view.axes", "view.trail"):
        person.choose(id_)
    person.choose("favourite.keep")
    person.wait_until(lambda: kept(person))
    project = load(folder / next(iter(kept(person).values())).key)
    assert project.look == "dark"
    assert dict(project.layers) == {"target": True, "trail": False, "axes": True}


def test_while_the_run_goes_on_at_full_speed_the_moment_that_was_shown_is_kept(open_window, folder):
    person = open_window(speed=FULL_SPEED, iterations=1_000_000)
    person.wait_for_first_picture()
    person.session.run()
    shown, wanted = [], 500
    for _ in range(3):
        person.reach(wanted)
        shown.append(person.session.snapshot)
        wanted = person.session.snapshot.iteration + 1_000  # another moment, however far the run has come
        person.press(Key.Key_F)
    person.wait_until(lambda: len(kept(person)) == 3)
    assert person.session.phase.is_learning
    records = [load(folder / each.key).record for each in kept(person).values()]
    for snapshot in shown:
        (record,) = [each for each in records if each.iteration == snapshot.iteration]
        assert np.array_equal(record.parameters, snapshot.parameters)


def test_looking_back_the_moment_that_is_looked_at_is_kept(person, folder):
    person.learn(300)
    person.session.time.look_back(123)
    person.wait_until(lambda: person.session.time.past and person.session.time.past.iteration == 123)
    past = person.session.time.past
    person.press(Key.Key_F)
    assert "Heart, 123 iterations" in wait_for_words(person, "Saved to favourites")
    (favourite,) = kept(person).values()
    assert np.array_equal(load(folder / favourite.key).record.parameters, past.parameters)
    assert person.session.time.past is past


def test_a_full_disk_is_said_in_a_box_and_changes_nothing(person, folder, monkeypatch):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr("curvegui.files.favourites.folder.write_bytes", full)
        person.press(Key.Key_F)
        person.wait_until(lambda: person.window.findChildren(QMessageBox))
    (box,) = person.window.findChildren(QMessageBox)
    assert "The disk is full. Nothing has changed" in box.text()
    assert list(folder.glob("[!.]*")) == []
    box.close()
    person.window.activateWindow()
    person.wait_until(person.window.isActiveWindow)
    person.press(Key.Key_F)
    wait_for_words(person, "Saved to favourites")


def test_what_is_kept_in_the_last_moment_is_kept(person, folder):
    person.press(Key.Key_F)
    person.window.close()
    person.wait_until(lambda: not person.window.isVisible())
    QThreadPool.globalInstance().waitForDone()
    (path,) = folder.glob("*.curvegui")
    assert load(path).record.iteration == person.session.snapshot.iteration


def test_a_window_that_is_told_twice_to_close_closes_at_once(person):
    person.press(Key.Key_F)
    person.window.close()
    person.window.close()
    assert not person.window.isVisible()


def test_the_same_moment_is_kept_once_and_not_what_somebody_else_asked_for_nor_what_is_not_there(person):
    with person.qtbot.waitSignal(person.session.captured):
        person.session.capture("mine")
    assert kept(person) == {}

    person.press(Key.Key_F)
    wait_for_words(person, "Saved to favourites")
    person.press(Key.Key_F)
    wait_for_words(person, "Already")
    assert len(kept(person)) == 1

    person.session.snapshot = None
    person.choose("favourite.keep")
    assert "no fit" in said(person)


# The menu


@pytest.fixture
def collector(open_window, folder):
    """Someone with three favourites, the dock shown, two of them selected."""
    fill_with_runs(folder, slow={"aggression": 3}, fast={"aggression": 7}, plain={"noise": 0})
    (folder / "junk.curvegui").write_bytes(b"junk")
    person = open_window()
    person.wait_for_first_picture()
    person.window.findChild(object, "action.dock.favourites").trigger()
    person.wait_until(lambda: person.window.features["favourites"].favourites.is_complete)
    return person


def select(person, *names):
    by_name = kept(person)
    person.window.features["favourites"].panel.view.select([by_name[name].key for name in names])


def menu_of(person):
    """What the menu offers for what is selected: its entries by id."""
    person.click("favourites.more")
    (menu,) = [each for each in person.window.findChildren(QMenu, "favourites.menu") if each.isVisible()]
    return menu, {each.objectName().rsplit(".")[-1]: each for each in menu.actions() if each.objectName()}


def choose(person, id_):
    menu, entries = menu_of(person)
    assert entries[id_].isEnabled()
    entries[id_].trigger()
    menu.close()
    person.wait_until(lambda: not person.window.findChildren(QMenu, "favourites.menu"))


def test_the_menu_offers_what_fits_what_is_selected_with_keys_and_undo(collector, folder, monkeypatch):
    for names, possible in (
        ([], set()),
        (["slow"], {"load", "rename", "delete", "behind"}),
        (["slow", "fast"], {"delete", "compare"}),
        (["slow", "junk"], {"delete"}),
        (["junk"], {"delete"}),
        (["slow", "fast", "plain"], {"delete"}),
    ):
        select(collector, *names)
        menu, entries = menu_of(collector)
        enabled = {id_ for id_, action in entries.items() if action.isEnabled()}
        assert enabled == possible | {"sheet", "folder"}, names
        menu.close()

    panel, before = collector.window.features["favourites"].panel, collector.session.snapshot
    panel.view.customContextMenuRequested.emit(QPoint(40, 40))
    (menu,) = [each for each in collector.window.findChildren(QMenu, "favourites.menu") if each.isVisible()]
    menu.close()
    assert collector.session.snapshot is before

    select(collector, "slow")
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    choose(collector, "folder")
    assert opened == [QUrl.fromLocalFile(str(folder))]

    select(collector, "slow")
    choose(collector, "delete")
    collector.wait_until(lambda: collector.window.features["favourites"].favourites.last_step)
    menu, entries = menu_of(collector)
    assert entries["rename"].shortcut().toString() == "F2"
    assert entries["undo"].text() == "&Undo delete “slow”"
    menu.close()
    choose(collector, "undo")
    collector.wait_until(lambda: "slow" in kept(collector))

    select(collector, "slow")
    choose(collector, "load")
    collector.wait_until(lambda: collector.session.config.aggression == 3)
    select(collector, "fast")
    choose(collector, "rename")
    assert collector.find("favourites.name").text() == "fast"


def test_a_very_large_network_is_asked_about_before_it_is_loaded(collector, monkeypatch):
    monkeypatch.setattr("curvegui.ui.favourites.actions.size_concern", lambda config: "It is large.")
    select(collector, "slow")
    for answer in ("cancel", "open"):
        choose(collector, "load")
        collector.wait_until(lambda: collector.window.findChild(QWidget, "large"))
        collector.window.findChild(QWidget, "large").findChild(QWidget, answer).click()
        collector.wait_until(lambda: collector.window.findChild(QWidget, "large") is None)
        assert (collector.session.config.aggression == 3) is (answer == "open")


def test_a_folder_that_cannot_be_made_is_said_to_be(person, tmp_path, monkeypatch):
    (tmp_path / "favourites").touch()
    monkeypatch.setattr(QDesktopServices, "openUrl", pytest.fail)
    person.window.findChild(object, "action.dock.favourites").trigger()
    person.wait_until(lambda: person.window.toast.words)
    assert "cannot be read" in person.window.toast.words
    assert "Press F" in person.read("favourites.empty")
    person.window.features["favourites"].show_folder()
    assert "cannot be created" in person.window.toast.words


# Comparing, and the contact sheet


def dialog(person, name):
    person.wait_until(lambda: person.window.findChildren(QDialog, name))
    return person.window.findChild(QDialog, name)


def test_two_are_compared_in_a_window_beside_which_the_run_goes_on_unless_one_is_gone_meanwhile(collector, folder):
    select(collector, "slow", "fast")
    choose(collector, "compare")
    box = dialog(collector, "compare")
    assert not box.isModal()
    assert box.isVisible()
    box.close()
    collector.wait_until(lambda: not collector.window.findChildren(QDialog, "compare"))

    select(collector, "slow", "fast")
    (folder / "slow.curvegui").unlink()
    choose(collector, "compare")
    collector.wait_until(lambda: collector.window.toast.words)
    assert collector.window.toast.words == "One of the two can no longer be read."
    assert not collector.window.findChildren(QDialog, "compare")


def test_a_contact_sheet_is_saved_and_its_folder_is_remembered(collector, tmp_path):
    select(collector, "slow", "fast")
    choose(collector, "sheet")
    path = tmp_path / "pictures" / "sheet.png"
    path.parent.mkdir()
    dialog(collector, "share").save(path)
    assert wait_for_words(collector, "Saved") == f"Saved {path}"
    assert not QImage(str(path)).isNull()
    assert Path(collector.window.services.preferences.present.picture_folder) == path.parent

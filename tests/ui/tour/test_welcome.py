"""The card for a new user: there once, in a corner of the canvas, for mouse, keys and screen readers."""

import errno
from functools import partial

import pytest

from curvegui.files.disk import shared_file
from tests.ui.person import Key

NAMES = ["welcome.tour", "welcome.saturated"]
SIZE = 1280, 800  # where there is room for it in every font


def test_it_is_seen_whole_once_covers_no_curve_and_leads_to_the_tour(open_window):
    person = open_window(SIZE, welcomes=True)
    person.wait_for_first_picture()
    card, canvas = person.find("welcome"), person.find("canvas")
    assert card.accessibleName()
    person.wait_until(lambda: canvas.rect().contains(card.geometry()))
    assert all(card.rect().contains(person.find(name).geometry()) for name in NAMES)
    curve = canvas.from_plane(person.session.snapshot.target.curve_points).T
    assert not any(card.geometry().contains(*map(int, point)) for point in curve)
    for view in ("understand", "watch"):
        person.choose(f"view.{view}")
        assert not card.isVisible()
        person.choose("view.play")
        person.wait_until(lambda: canvas.rect().contains(card.geometry()) and card.isVisible())
    for name in (*NAMES, "welcome.close"):
        person.tab_to(name)
    person.tab_to("welcome.tour")
    person.press(Key.Key_Space)
    person.wait_until(lambda: person.shows("tour"))
    assert not person.shows("welcome")
    person.window.features["documents"].closing.allow()
    person.window.close()
    again = open_window(welcomes=True)
    again.wait_for_first_picture()
    assert not again.shows("welcome")


@pytest.mark.slow
def test_it_goes_with_esc_or_a_click_on_the_picture_and_leads_to_the_experiments(open_window, tmp_path):
    for number, leave in enumerate(("escape", "picture", "cross", "experiments")):
        person = open_window(SIZE, tmp_path / f"{number}.json", welcomes=True)
        person.wait_for_first_picture()
        if leave == "escape":
            person.tab_to("welcome.saturated")
            person.press(Key.Key_Escape)
        else:
            person.click({"experiments": "welcome.saturated", "cross": "welcome.close"}.get(leave, "canvas"))
        assert not person.shows("welcome")
        person.wait_until((tmp_path / f"{number}.json").exists)  # it does not come back, even if the app is killed
        assert person.focus == "canvas" or leave == "experiments"
        if leave == "experiments":
            person.wait_until(partial(person.shows, "tour"))
        assert ("Learn" in person.window.toast.words) is (leave != "experiments")


def test_where_it_would_cover_the_curve_it_is_said_in_passing(open_window):
    person = open_window(size=(720, 450), welcomes=True)
    person.wait_for_first_picture()
    assert not person.shows("welcome")
    person.wait_until(lambda: "Learn" in person.window.toast.words)
    person.window.resize(*SIZE)
    person.wait_until(lambda: person.shows("welcome"))


def test_whose_preferences_cannot_be_read_is_no_new_user(open_window, tmp_path, monkeypatch):
    path = tmp_path / "own.json"
    path.write_text("{}")
    with monkeypatch.context() as patched:
        patched.setattr(shared_file, "open_regular", lambda _: (_ for _ in ()).throw(OSError(errno.EIO, "fault")))
        person = open_window(preferences=path, welcomes=True)
        person.wait_for_first_picture()
        assert not person.shows("welcome")

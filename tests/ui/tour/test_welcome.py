"""The card for a new user: there once, in a corner of the canvas, for mouse, keys and screen readers."""

import pytest

from tests.ui.person import Key


@pytest.mark.parametrize("size", [(1280, 800), (720, 450)])
def test_it_is_seen_whole_once_and_leads_to_the_tour(open_window, size):
    person = open_window(size=size, welcomes=True)
    person.wait_for_first_picture()
    card, canvas = person.find("welcome"), person.find("canvas")
    assert card.accessibleName()
    names = ["welcome.tour", "welcome.experiments", "welcome.close"]
    person.wait_until(lambda: canvas.rect().contains(card.geometry()))
    assert all(card.rect().contains(person.find(name).geometry()) for name in names)
    person.choose("view.watch")
    assert not card.isVisible()
    person.choose("view.play")
    assert card.isVisible()
    person.find("canvas").setFocus()
    for name in names:
        person.press(Key.Key_Tab)
        assert person.focus == name
    person.tab_to("welcome.tour")
    person.press(Key.Key_Space)
    person.wait_until(lambda: person.shows("tour"))
    assert not person.shows("welcome")
    person.window.features["documents"].closing.leave_unasked()
    person.window.close()
    again = open_window(welcomes=True)
    again.wait_for_first_picture()
    assert not again.shows("welcome")


def test_it_goes_with_esc_or_the_last_button_and_leads_to_the_experiments(open_window, tmp_path):
    for number, leave in enumerate(("escape", "close", "experiments")):
        person = open_window(preferences=tmp_path / f"{number}.json", welcomes=True)
        person.wait_for_first_picture()
        if leave == "escape":
            person.tab_to("welcome.close")
            person.press(Key.Key_Escape)
        else:
            person.click(f"welcome.{leave}")
        assert not person.shows("welcome")
        person.wait_until((tmp_path / f"{number}.json").exists)  # it does not come back, even if the app is killed
        assert person.focus == "canvas" or leave == "experiments"
        assert person.shows("experiments") is (leave == "experiments")

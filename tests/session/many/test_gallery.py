"""The gallery learns one curve after the other, in a session of its own."""

import pytest

from curvegui.session.many import gallery as module
from curvegui.session.many.gallery import Gallery

CURVES = ["circle", "heart", "star"]


@pytest.fixture
def begun(qtbot):
    """Makes galleries, which are closed at the end."""
    made = []

    def begin(seconds=60.0, **given):
        gallery = Gallery(CURVES, seconds, **given)
        made.append(gallery)
        return gallery

    yield begin
    for gallery in made:
        gallery.close()


def test_a_curve_learns_until_its_time_is_over_and_the_next_one_waits_to_be_called(begun, qtbot):
    gallery, entered = begun(0.2), []
    gallery.entered.connect(entered.append)
    with qtbot.waitSignal(gallery.left):
        gallery.begin()

    def seen():
        return gallery.session.snapshot  # on a busy machine, there is none before the time is over

    qtbot.waitUntil(lambda: seen() and seen().iteration > 0)
    assert seen().target.name == "circle"
    with qtbot.waitSignal(gallery.left):
        gallery.go_on()
    assert entered == ["circle", "heart"]
    assert gallery.session.config.curve == "heart"
    qtbot.waitUntil(lambda: seen() and seen().target.name == "heart")


def test_a_curve_that_is_good_stays_for_a_while_and_goes_before_its_time(begun, qtbot, monkeypatch):
    monkeypatch.setattr(module, "LINGER_MS", 50)
    monkeypatch.setattr(module, "GOOD", 1.0)
    gallery = begun()
    with qtbot.waitSignal(gallery.left):
        gallery.begin()


def test_after_the_last_curve_comes_the_first_and_somebody_may_go_on_before(begun, qtbot):
    gallery, left = begun(), []
    gallery.left.connect(lambda: left.append(gallery.curve))
    gallery.begin()
    for _ in range(3):
        gallery.leave()
        gallery.leave()  # pressed twice
        gallery.go_on()
    assert left == CURVES
    assert gallery.curve == "circle"


def test_it_grows_faster(begun, qtbot, monkeypatch):
    monkeypatch.setattr(module, "FASTER_MS", 10)
    monkeypatch.setattr(module, "FASTER_S", 0.05)
    gallery = begun()
    gallery.begin()
    assert gallery.session.config.speed == module.SLOW
    qtbot.waitUntil(lambda: gallery.session.config.speed == module.FAST)


def test_the_order_and_the_beginnings_follow_from_the_seed(begun):
    one, same, other = (begun(shuffled=True, seed=seed) for seed in (5, 5, 6))
    assert one.curves == same.curves
    assert sorted(one.curves) == sorted(CURVES)
    assert one.session.config.seed == same.session.config.seed != other.session.config.seed

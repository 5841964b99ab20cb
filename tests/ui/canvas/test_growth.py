"""The target's line on its way from one curve to the next: seen only where a person chose a curve and likes motion."""

import numpy as np
import pytest

from curvegui.figure.drawing.target_drawing import curve_drawing
from curvegui.ui.look import motion

AGES_MS = 10**9  # of growing: a test sees how it begins


@pytest.fixture(params=["classic", "ember"])
def begun(request, person, monkeypatch):
    person.window.services.display.see(look_key=request.param)
    monkeypatch.setattr(motion, "GLIDE_MS", AGES_MS)
    return person


def choose(person, curve):
    """Begin another curve, and wait until the canvas knows it."""
    person.session.reset("Curve", curve=curve)
    person.wait_until(lambda: person.window.canvas.snapshot.config.curve == curve)


def box_of_line(canvas):
    """The box around the line that is on its way; None if there is none."""
    item = canvas._growth._item
    return item.path().boundingRect() if item.isVisible() else None


def test_the_line_begins_where_the_target_was_and_ends_where_it_is(begun, monkeypatch):
    canvas = begun.window.canvas
    choose(begun, "star")
    begun.wait_until(lambda: box_of_line(canvas) is not None)
    heart = canvas.plane().map(curve_drawing("heart").line)
    box = box_of_line(canvas)
    np.testing.assert_allclose([box.left(), box.right()], [heart[0].min(), heart[0].max()], atol=2)
    assert canvas.snapshot.config.curve == "star"  # which the network learns already
    view = canvas.as_view()
    assert box_of_line(canvas) is None and view.options.target
    monkeypatch.setattr(motion, "GLIDE_MS", 0)
    choose(begun, "heart")
    begun.wait_until(canvas._items._over.isVisible)
    assert box_of_line(canvas) is None


def test_nothing_grows_in_a_lesson_or_with_less_motion(begun):
    canvas, session = begun.window.canvas, begun.session
    session.be_exact("lesson")
    choose(begun, "star")
    assert canvas._growth._morph is None
    session.be_exact("lesson", False)
    begun.window.services.display.see(motion="reduced")
    choose(begun, "heart")
    assert canvas._growth._morph is None

"""What is shown and said of a curve before it is learnt."""

import numpy as np
import pytest

from curvegui.core.curve.curve import curve_through
from curvegui.core.learner.target import build_target
from curvegui.core.settings.config import TrainingConfig
from curvegui.figure.drawing.look import LOOKS
from curvegui.ui.curve_dialog.dialog import MOST_SEEN, CurvePreview, curve_facts
from tests.ui.person import picture, pixels_near


def curve(jumps, closed=False):
    count = len(jumps)
    points = np.stack([np.arange(count), np.arange(count) % 2]).astype(float)
    return curve_through("it", points, closed=closed, jumps=np.array(jumps, bool))


@pytest.mark.parametrize(
    ("jumps", "closed", "words"),
    [
        ([0, 0, 0], False, "3 points"),
        ([0], False, "1 point"),
        ([0, 1, 0, 0], False, "2 outlines joined by 1 jump, 4 points"),
        ([0, 1, 0, 1, 0, 0], False, "3 outlines joined by 2 jumps, 6 points"),
        ([0, 1, 0, 1], True, "2 outlines joined by 2 jumps, 4 points"),
    ],
)
def test_outlines_jumps_and_points_are_counted(jumps, closed, words):
    assert curve_facts(curve(jumps, closed), 1_000) == f"{words}; will be sampled at 1,000 points."


def test_a_part_of_very_many_points_is_shown_from_end_to_end_by_some_of_them(qtbot):
    preview = CurvePreview(LOOKS["light"])
    qtbot.addWidget(preview)
    line = curve_through("it", np.stack([np.linspace(0, 1, 100_000)] * 2), closed=False)
    preview.show_curve(line, build_target(TrainingConfig(curve=line, points=10)))
    before = pixels_near(picture(preview), LOOKS["light"].fit.colour)
    given = line.units.to_person(line.points)
    preview.show_part(given)
    assert preview._part.shape[1] <= MOST_SEEN
    assert preview._part[:, [0, -1]].tolist() == given[:, [0, -1]].tolist()
    assert pixels_near(picture(preview), LOOKS["light"].fit.colour) > before + 100

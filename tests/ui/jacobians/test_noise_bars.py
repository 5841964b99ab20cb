"""The bars of the noise factors: in any language, each says on which side it is."""

import numpy as np
import pytest

from curvegui.ui.jacobians.panel import NoiseBars
from tests.room.fitting import faults


@pytest.mark.parametrize("noise", [1.0, 40.0])
def test_there_is_room_for_the_word_uphill_in_a_language_with_a_longer_one(qtbot, german, noise):
    bars = NoiseBars()
    qtbot.addWidget(bars)
    bars.show_factors(["J_W1", "J_b1"], np.array([-13.25, 0.5]), noise)
    bars.resize(bars.sizeHint())
    bars.show()
    assert faults(bars) == []

"""What a parameter and a point are picked with."""

import numpy as np

from curvegui.core.network.parts import Parameter
from curvegui.ui.maths.pickers import ParameterPicker, PointList, PointPicker
from curvegui.ui.widgets.scrolled import CountBox, ScrolledComboBox


def test_a_list_of_very_many_points_is_laid_out_without_a_look_at_each(qtbot, monkeypatch):
    looks, data = [], PointList.data
    monkeypatch.setattr(PointList, "data", lambda *args: (looks.append(args), data(*args))[1])
    picker = PointPicker()
    qtbot.addWidget(picker)
    picker.show_point(None, np.linspace(0, 1, 5_000))
    picker.show()
    picker.findChild(ScrolledComboBox).view().doItemsLayout()
    assert len(looks) < 500


def test_nothing_can_be_picked_before_a_network_is_shown(qtbot):
    picker, picked = ParameterPicker(), []
    qtbot.addWidget(picker)
    picker.picked.connect(picked.append)
    row = picker.findChild(CountBox, "maths.row")
    row.stepUp()
    assert picked == []
    picker.show_parameter(Parameter(2, 0, 0), (1, 3, 3, 2))
    row.stepUp()
    assert picked == [Parameter(2, 1, 0)]

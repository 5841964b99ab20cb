"""What a parameter and a point are picked with."""

import numpy as np

from curvegui.ui.maths.pickers import PointList, PointPicker
from curvegui.ui.widgets.scrolled import ScrolledComboBox


def test_a_list_of_very_many_points_is_laid_out_without_a_look_at_each(qtbot, monkeypatch):
    looks, data = [], PointList.data
    monkeypatch.setattr(PointList, "data", lambda *args: (looks.append(args), data(*args))[1])
    picker = PointPicker()
    qtbot.addWidget(picker)
    picker.show_point(None, np.linspace(0, 1, 5_000))
    picker.show()
    picker.findChild(ScrolledComboBox).view().doItemsLayout()
    assert len(looks) < 500

"""A line of words that ends in an ellipsis where there is no room for all of them."""

from curvegui.ui.widgets.labels import ElidedLabel
from tests.ui.person import picture

WORDS = "New here? Take the tour."


def test_words_that_do_not_fit_end_in_an_ellipsis_and_can_be_read_whole(qtbot):
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.say(WORDS)
    label.resize(label.fontMetrics().horizontalAdvance(WORDS) + 2, 30)
    assert label.shown == WORDS
    label.resize(100, 30)
    assert label.shown.endswith("…") and WORDS.startswith(label.shown[:-1])
    assert label.fontMetrics().horizontalAdvance(label.shown) <= 100
    assert " ".join(label.toolTip().split()) == label.text() == WORDS
    assert label.minimumSizeHint().width() == 0


def test_paths_are_words_not_markup(qtbot):
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.resize(400, 30)
    label.say("<b>saved</b>")
    bold = picture(label)
    label.say("saved")
    assert picture(label) != bold
    assert label.shown == "saved"

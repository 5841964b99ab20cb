"""The right button, and the menu key, offer what can be done with a network of the wall."""

import pytest
from PySide6.QtCore import QPoint, QThreadPool
from PySide6.QtGui import QContextMenuEvent, QGuiApplication

from curvegui.core.language.text import capitalised
from curvegui.ui.compare.dialog import ComparisonDialog
from curvegui.ui.share.dialog import ShareDialog
from tests.help.patience import patience_ms
from tests.ui.person import choose_in, menu_at

pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (raise\(\)|grabbing the keyboard)", extend=True
)  # offscreen


@pytest.mark.slow
def test_one_network_is_taken_its_seed_copied_and_its_picture_saved(person):
    person.choose("wall.open")
    (window,) = person.window.findChildren(ComparisonDialog)
    dialog = window.shown
    grid = dialog.grid
    middle = grid.canvas(2).center().toPoint()
    seed = dialog.name(2).partition(" ")[2]
    choose_in(menu_at(grid, middle), "Copy its seed")
    person.wait_until(lambda: QGuiApplication.clipboard().text() == seed)
    assert grid.current == 2
    by_key = menu_at(grid, QPoint(1, 1), QContextMenuEvent.Reason.Keyboard)
    assert by_key.actions()[0].text() == capitalised(dialog.name(2))
    choose_in(by_key, "Save picture")
    person.wait_until(lambda: window.findChildren(ShareDialog))
    (picture,) = window.findChildren(ShareDialog)
    assert picture._moment.project.record.config.seed == int(seed)
    picture.reject()
    choose_in(menu_at(grid, middle), "Use this network")
    person.wait_until(lambda: person.session.config.seed == int(seed))
    window.close()
    assert QThreadPool.globalInstance().waitForDone(patience_ms())

"""Icons: every drawing there, in the colours of the present theme, sharp at every size."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

from curvegui.files.disk.resources import resource
from curvegui.ui.actions.feature import in_menu_order
from curvegui.ui.look.icons import file_icon, icon
from curvegui.ui.look.theme import DARK, LIGHT
from curvegui.ui.window.features import FEATURES
from tests.ui.person import pixels_near, put_on

pytestmark = pytest.mark.usefixtures("qapp")
DRAWINGS = sorted(path.stem for path in resource("icons").glob("*.svg"))


@pytest.mark.parametrize("name", DRAWINGS)
def test_every_drawing_can_be_painted(name):
    if "currentColor" not in resource("icons", f"{name}.svg").read_text(encoding="utf-8"):
        image = file_icon(name).pixmap(64, 64).toImage()
        assert image.size() == QSize(64, 64)
    else:
        image = icon(name, "accent").pixmap(64, 64).toImage()
        assert pixels_near(image, LIGHT.accent) > 50


def test_the_icon_of_every_action_is_there():
    assert {record.icon for record in in_menu_order(FEATURES) if record.icon} <= set(DRAWINGS)


def test_an_icon_of_something_that_cannot_be_used_has_its_own_colour():
    made = icon("undo", "accent", "warning")
    usable, other = (made.pixmap(QSize(32, 32), mode).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled))
    assert pixels_near(usable, LIGHT.accent) > pixels_near(usable, LIGHT.warning) == 0
    assert pixels_near(other, LIGHT.warning) > pixels_near(other, LIGHT.accent) == 0


def test_an_icon_that_is_there_takes_the_colours_of_another_theme():
    made = icon("undo", "accent")
    for theme, other in ((LIGHT, DARK), (DARK, LIGHT)):
        put_on(theme)
        image = made.pixmap(64, 64).toImage()
        assert pixels_near(image, theme.accent) > pixels_near(image, other.accent) == 0


def test_a_highlighted_entry_of_a_menu_has_an_icon_that_can_be_seen():
    image = icon("undo", "muted", chosen="on_accent").pixmap(QSize(32, 32), QIcon.Mode.Active).toImage()
    assert pixels_near(image, LIGHT.on_accent) > pixels_near(image, LIGHT.muted) == 0


def test_a_missing_drawing_is_told():
    with pytest.raises(FileNotFoundError, match="Install it again"):
        icon("no such drawing", "text")

"""How a favourite looks that is selected, or at the keys."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QStyle

from curvegui.ui.favourites.view import FavouritesDelegate
from curvegui.ui.look.theme import current_theme

State = QStyle.StateFlag


def edge(state):
    """The colours along the upper edge of the frame, and the one inside it."""
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(QColor(current_theme().card))
    painter = QPainter(image)
    FavouritesDelegate(None)._paint_state(painter, state, QRectF(10, 10, 80, 80))
    painter.end()
    return {image.pixelColor(x, 10).name() for x in range(30, 70)}, image.pixelColor(50, 50).name()


def test_the_one_at_the_keys_has_a_whole_frame_whether_it_is_selected_or_not(light_theme):
    theme = current_theme()
    assert edge(State.State_None) == ({theme.card}, theme.card)
    assert edge(State.State_HasFocus) == ({theme.text}, theme.card)
    selected, ground = edge(State.State_Selected)
    assert selected == {theme.accent} and ground != theme.card
    assert edge(State.State_Selected | State.State_HasFocus) == ({theme.text}, ground)

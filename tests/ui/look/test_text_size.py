"""The size of all text: it grows in widgets that are there, and goes back to what it was."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QDockWidget, QMainWindow, QToolButton, QWidget

from curvegui.ui.look.icons import icon_size
from curvegui.ui.look.theme import LIGHT, set_text_size, style_sheet


def test_text_and_icons_grow_where_they_are_and_go_back_to_the_same(qtbot, qapp, light_theme):
    button = QToolButton()
    qtbot.addWidget(button)
    button.setIconSize(icon_size(button, 1.5))
    button.show()
    before = qapp.font().toString(), button.fontMetrics().height(), button.iconSize()
    for percent in (70, 110, 190, 130):
        set_text_size(percent)
        assert abs(button.fontMetrics().height() - before[1] * percent / 100) <= 2
        assert button.iconSize().height() == round(1.5 * button.fontMetrics().height())
    set_text_size(100)
    assert (qapp.font().toString(), button.fontMetrics().height(), button.iconSize()) == before


def test_the_buttons_of_a_panel_grow_with_the_text_within_its_title(qtbot, qapp, light_theme):
    window, dock = QMainWindow(), QDockWidget("Network")
    qtbot.addWidget(window)
    dock.setWidget(QWidget())
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    window.resize(800, 600)
    window.show()
    sizes = []
    for percent in (70, 100, 200):
        set_text_size(percent)
        window.setStyleSheet(style_sheet(LIGHT))
        qapp.processEvents()
        close, away = (dock.findChild(QAbstractButton, f"qt_dockwidget_{name}button") for name in ("close", "float"))
        assert close.size() == away.size() and not close.geometry().intersects(away.geometry())
        assert max(dock.fontMetrics().height(), 24) <= close.height() <= max(dock.widget().y(), 24)
        assert close.iconSize().height() == round(close.height() * 2 / 3)
        sizes.append(close.height())
    assert sizes[0] == 24 <= sizes[1] < sizes[2]
    set_text_size(100)

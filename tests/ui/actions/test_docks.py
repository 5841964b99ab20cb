"""The panels beside the canvas: where a view puts them, who is in front, what they need, and how they float."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDockWidget,
    QMenu,
    QStyle,
    QStyleOptionDockWidget,
    QTabBar,
    QWidget,
)

from curvegui.ui.window.features import FEATURES
from tests.ui.person import Key

FLOATING = pytest.mark.qt_log_ignore(r"This plugin does not support (raise|grabbing)", extend=True)  # offscreen
LARGE = 1280, 830


@pytest.fixture
def study(visit):
    """Someone in the view Play as a new user finds it."""
    return visit(size=LARGE, study=True)


def tab_bars(person):
    return [bar for bar in person.window.findChildren(QTabBar) if bar.parent() is person.window and bar.isVisible()]


@FLOATING
def test_a_panel_that_floats_goes_with_its_window(open_window):
    person = open_window(study=True, size=LARGE)
    dock = person.find("dock.network")
    dock.setFloating(True)
    person.wait_until(dock.isVisible)
    person.window.features["documents"].closing.allow()
    person.window.close()
    assert not dock.isVisible()


@pytest.mark.slow
def test_the_settings_have_the_height_they_need_and_the_network_has_the_rest_below(study):
    network, settings = study.find("dock.network"), study.find("dock.settings")
    study.wait_until(lambda: network.height() > settings.height())
    assert settings.geometry().bottom() < network.geometry().top()
    panel = settings.widget().layout().itemAt(0).widget()
    study.wait_until(lambda: panel.height() == pytest.approx(panel.whole_height(), abs=3))
    part = settings.width() / study.window.width()
    for size in ((1_180, 750), (640, 600), (1_500, 950), (1_180, 830)):
        study.window.resize(*size)
        study.wait_until(lambda: panel.height() == pytest.approx(panel.whole_height(), abs=3) or panel.width() < 300)
    study.wait_until(lambda: settings.width() == pytest.approx(part * 1_180, abs=3))
    closed = settings.height()
    study.click("settings.more")
    study.wait_until(lambda: settings.height() > closed + 100)
    study.click("settings.more")
    study.wait_until(lambda: settings.height() == pytest.approx(closed, abs=8))


def at_rest(person, widget):
    """Where a widget is when it has been there for a while: docks find their sizes step by step."""
    seen = []
    person.wait_until(lambda: seen.append(widget.geometry()) or seen[-30:] == [seen[-1]] * 30)
    return seen[-1]


def test_more_settings_scroll_so_that_the_network_stays_readable_and_has_its_height_back_afterwards(study):
    network, settings, window = study.find("dock.network"), study.find("dock.settings"), study.window
    panel = settings.widget().layout().itemAt(0).widget()
    for size in ((1280, 800), (1366, 690)):
        window.resize(*size)
        study.wait_until(lambda: panel.height() == pytest.approx(panel.whole_height(), abs=3))
        before = at_rest(study, network)
        study.click("settings.more")
        study.wait_until(lambda before=before: network.y() > before.y())
        for name in ("network.diagram", "network.legend"):
            part = study.find(name)
            study.wait_until(lambda part=part: part.visibleRegion().boundingRect() == part.rect())
        study.click("settings.more")
        study.wait_until(lambda before=before: network.geometry() == before)


@FLOATING
def test_a_panel_alone_is_its_content_and_its_menu_gives_it_a_window_of_its_own_and_takes_it_back(study):
    settings = study.find("dock.settings")
    assert settings.accessibleName() == "Settings"
    assert not [each for each in settings.titleBarWidget().findChildren(QWidget) if each.isVisible()]
    assert settings.widget().geometry() == settings.rect()
    own_window, close = settings.ways
    study.find("editor.noise").setFocus()
    study.choose("view.float_panel")
    study.wait_until(settings.isFloating)
    buttons = [each for each in settings.titleBarWidget().findChildren(QAbstractButton) if each.isVisible()]
    assert [button.accessibleName() for button in buttons] == [own_window.text(), close.text()]
    assert all("Settings" in button.accessibleName() for button in buttons)
    assert all(min(button.size().toTuple()) >= 24 for button in buttons)
    buttons[0].click()
    study.wait_until(lambda: not settings.isFloating() and settings.widget().geometry() == settings.rect())
    close.trigger()
    assert settings.isHidden()


@FLOATING
def test_the_buttons_of_a_panel_come_with_the_focus_of_its_tab_and_are_in_its_menu_for_the_keyboard(study):
    study.choose("view.understand")
    study.wait_until(lambda: tab_bars(study))
    (tabs,) = tab_bars(study)
    study.wait_until(lambda: tabs.findChild(QWidget, "dock.tools"))
    tools = tabs.findChild(QWidget, "dock.tools")
    assert not tools.isVisible()
    tabs.setFocus(Qt.FocusReason.TabFocusReason)
    study.wait_until(tools.isVisible)
    study.press(Key.Key_Tab)
    assert "Maths" in QApplication.focusWidget().accessibleName()
    assert tools.isVisible() and not tools.geometry().intersects(tabs.tabRect(tabs.count() - 1))
    tabs.setFocus()
    tabs.customContextMenuRequested.emit(tabs.rect().center())
    (menu,) = tabs.findChildren(QMenu)
    menu.actions()[1].trigger()
    study.wait_until(lambda: not study.window.services.docks.is_seen("maths"))
    menu.close()
    study.window.canvas.setFocus()
    study.wait_until(lambda: not any(each.isVisible() for each in study.window.findChildren(QWidget, "dock.tools")))


def test_every_panel_opens_in_front_in_the_last_place(study):
    docks = study.window.services.docks
    for record in [record for feature in FEATURES for record in feature.docks]:
        study.window.findChild(object, f"action.dock.{record.name}").setChecked(False)
        study.window.findChild(object, f"action.dock.{record.name}").trigger()
        study.wait_until(lambda record=record: docks.is_seen(record.name))
        assert study.window.findChild(object, f"action.dock.{record.name}").isChecked()
    (tabs,) = tab_bars(study)
    titles = [tabs.tabText(index) for index in range(tabs.count())]
    assert set(titles) >= {"Network", "Maths", "Jacobians", "Exercise", "Favourites"}
    assert [tabs.tabRect(index).width() >= tabs.fontMetrics().horizontalAdvance(title) for index, title in
            enumerate(titles)]  # fmt: skip
    for index in range(tabs.count()):
        tabs.setCurrentIndex(index)
        study.wait_until(lambda title=titles[index]: title in {dock.windowTitle() for dock in docks.in_sight()})


def test_one_that_opens_behind_covers_nothing_and_stays_closed_where_there_is_nothing_in_front(study):
    docks = study.window.services.docks
    docks.show_behind("favourites")
    study.wait_until(lambda: not docks["favourites"].isHidden())
    assert docks.is_seen("network") and not docks.is_seen("favourites")
    study.choose("view.watch")
    docks.show_behind("favourites")
    assert docks["favourites"].isHidden()


def test_sizes_that_somebody_chose_come_back(open_window):
    study = open_window(size=LARGE, study=True)
    study.wait_for_first_picture()
    network, settings, window = study.find("dock.network"), study.find("dock.settings"), study.window
    window.resize(780, 700)  # which the screen that is none has room for
    study.wait_until(lambda: network.height() > settings.height())
    window.resizeDocks([settings, network], [400, 200], Qt.Orientation.Vertical)
    window.resizeDocks([settings], [340], Qt.Orientation.Horizontal)
    study.wait_until(lambda: settings.height() > network.height() and settings.width() == 340)
    chosen = settings.height()
    window.features["documents"].closing.allow()
    window.close()
    again = open_window(size=None, study=True)
    again.wait_for_first_picture()
    dock = again.find("dock.settings", QDockWidget)
    again.wait_until(lambda: (dock.width(), dock.height()) == (340, pytest.approx(chosen, abs=12)))


@FLOATING
def test_a_floating_panel_has_an_edge_and_loses_it_where_it_is_put_back(study):
    network = study.find("dock.network")

    def edge():
        """Which X11 leaves to us; the offscreen system draws its own."""
        option = QStyleOptionDockWidget()
        network.initStyleOption(option)
        return network.style().pixelMetric(QStyle.PixelMetric.PM_DockWidgetFrameWidth, option, network)

    docked = edge()
    network.setFloating(True)
    study.wait_until(lambda: edge() == 2)
    network.setFloating(False)
    study.wait_until(lambda: edge() == docked)


def test_tabs_that_are_not_seen_are_hidden_from_screen_readers_too(study):
    study.choose("view.understand")
    study.wait_until(lambda: tab_bars(study))
    study.choose("view.play")
    study.wait_until(lambda: all(bar.count() > 1 for bar in tab_bars(study)))
    assert all(study.window.rect().intersects(bar.geometry()) for bar in tab_bars(study))
    study.choose("view.understand")
    study.wait_until(lambda: tab_bars(study) and not tab_bars(study)[0].visibleRegion().isEmpty())


@pytest.mark.parametrize("size", [(1440, 900), (1280, 800)])
def test_rail_canvas_and_column_share_their_edges_and_the_canvas_has_most_of_the_width(visit, size):
    study = visit(size=size, study=True)
    window, (above, below) = study.window, map(study.find, ("dock.settings", "dock.network"))
    study.wait_until(lambda: window.canvas.width() >= 0.58 * window.width() and above.y() < below.y())

    def edges(widget):
        corner = widget.mapTo(window, widget.rect().topLeft())
        return corner.x(), corner.y(), corner.x() + widget.width(), corner.y() + widget.height()

    rail, canvas, settings, network = map(edges, (study.find("curves"), window.canvas, above.widget(), below.widget()))
    under = [edges(study.find(name)) for name in ("advice", "transport", "timeline")]
    assert {(part[0], part[2]) for part in under} == {(canvas[0], canvas[2])}
    assert rail[1] == canvas[1] == settings[1]
    assert rail[3] == under[-1][3] == network[3] == window.height() - rail[0]
    assert settings[0] == network[0] == canvas[2] + 8  # and 8 px of the panels' own
    assert settings[2] == network[2] == window.width() - rail[0]

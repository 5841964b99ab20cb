"""What the right button, or the menu key, offers on a part of the network: what the keys and the buttons do there."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from curvegui.core.language.text import capitalised, tr
from curvegui.core.network.parts import Parameter
from curvegui.ui.actions.actions import give_letters
from curvegui.ui.network.controls import PartControls
from curvegui.ui.network.part import PartActions
from curvegui.ui.network.words import name_of


def part_menu(
    parts: PartActions,
    controls: PartControls,
    show_maths: Callable[[], object],
    show_valley: Callable[[Parameter], object],
    parent: QWidget,
) -> QMenu:
    """The menu for the selected part, or for none; the pictures of the panel, its ``parent``, are at the end."""
    menu = QMenu(parent)
    menu.setObjectName("network.menu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    part, sizes, switches = parts.part, parts.session.config.sizes, list[QAction]()
    if part is not None and part.is_in(sizes):
        title = name_of(part, sizes)
        menu.addAction(capitalised(title)).setEnabled(False)
        menu.addSeparator()
        for button, key in ((controls.mute, "M"), (controls.solo, "S"), (controls.freeze, "K")):
            action = menu.addAction(f"{button.text()}\t{key}", button.click)
            switches.append(action)
            action.setCheckable(True)
            action.setChecked(button.isChecked())
            action.setEnabled(button.isEnabled())
        if isinstance(part, Parameter):
            menu.addAction(tr("Set &value…\tEnter"), controls.take_value).setEnabled(parts.is_live)
        elif parts.offers("setting.hidden") and 0 < part.layer < len(sizes) - 1:
            menu.addAction(tr("&Add a neuron to this layer\t+"), partial(parts.add_neuron, part.layer))
            menu.addAction(tr("&Remove this neuron\t−"), partial(parts.remove_neuron, part.layer))
        if parts.offers("panel.maths"):
            menu.addAction(tr("Show in the ma&thematics"), show_maths)
        if isinstance(part, Parameter) and parts.offers("panel.valley"):
            menu.addAction(tr("Show in the valle&y"), partial(show_valley, part))
    if controls.unmute_all.isVisibleTo(controls):
        menu.addAction(controls.unmute_all.text(), parts.unmute_all)
    menu.addSeparator()
    menu.addActions(parent.actions())
    give_letters(menu.actions(), switches)
    return menu

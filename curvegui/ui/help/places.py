"""Where the guide explains what is on the screen.

Each folder of the window says it of itself, as ``GUIDE``, and a widget may say it better, as ``guide``; settings are in
a table by their labels.
"""

import sys
from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QWidget

from curvegui.core.language.text import english
from curvegui.core.settings.config import SETTINGS
from curvegui.core.settings.setting import Setting
from curvegui.ui.actions.feature import Feature

DEPTH = 3  # of a folder's package: curvegui.ui.wall


def anchor_of_setting(setting: Setting) -> str:
    """The place of a setting in the guide, as the English one has it."""
    return f"Settings/{english(setting, 'label')}"


def anchor_of(widget: QWidget | None, table: Sequence[Feature]) -> str:
    """The place that explains a widget, or the nearest one around it that has a place; empty if there is none."""
    docks = {f"dock.{dock.name}": dock.panel or feature.made for feature in table for dock in feature.docks}
    around = list(_around(widget))
    for each in around:
        setting = getattr(each, "setting", None)
        if isinstance(setting, Setting) and setting in SETTINGS.values():
            return anchor_of_setting(setting)
        module = docks.get(each.objectName(), type(each).__module__)
        said = [getattr(other, "guide", "") for other in around if _folder(type(other).__module__) == _folder(module)]
        if found := next(filter(None, said), "") or getattr(sys.modules.get(_folder(module)), "GUIDE", ""):
            return str(found)
    return ""


def _around(widget: QWidget | None) -> Iterator[QWidget]:
    while widget is not None:
        yield widget
        widget = widget.parentWidget()


def _folder(module: str) -> str:
    return ".".join(module.split(".")[:DEPTH])

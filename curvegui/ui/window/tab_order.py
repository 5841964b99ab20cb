"""The order in which Tab goes through the window, whatever was made first."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def order_tabs(window: QWidget, regions: Sequence[QWidget]) -> None:
    """Let Tab go from region to region, and within each as it did before; then through all the rest."""

    def place(widget: QWidget) -> int:
        inside = (number for number, region in enumerate(regions) if region is widget or region.isAncestorOf(widget))
        return next(inside, len(regions))

    policy = window.focusPolicy()
    window.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # for now, as Qt moves nothing behind what takes no focus
    for first, second in pairwise([window, *sorted(_chain(window), key=place)]):
        QWidget.setTabOrder(first, second)
    window.setFocusPolicy(policy)


def _chain(window: QWidget) -> list[QWidget]:
    """What Tab goes to, in the present order."""
    chain, each = [], window.nextInFocusChain()
    while each is not None and each is not window:
        if each.focusPolicy() != Qt.FocusPolicy.NoFocus and each.focusProxy() is None:
            chain.append(each)
        each = each.nextInFocusChain()
    return chain

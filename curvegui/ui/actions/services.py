"""What a feature of the window may ask of it."""

from typing import Protocol

from curvegui.ui.actions.view import View


class Services(Protocol):
    """What the actions need of the window."""

    view: View

    def tell(self, words: str) -> None:
        """Say something in passing."""
        ...

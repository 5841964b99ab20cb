"""Whether a person trusts whoever answers at the address of a scheduler: asked before anything connects there."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from curvegui.core.language.text import tr
from curvegui.sweeps.cluster import risk_of
from curvegui.ui.dialogs.question import LEAVE, Choice, Question, Role


class TrustedAddresses:
    """Addresses that a person has said they trust. They are asked again the next time that CurveGUI starts."""

    def __init__(self) -> None:
        self._addresses: set[str] = set()

    def __contains__(self, address: str) -> bool:
        return address in self._addresses

    def allow(self, address: str, parent: QWidget, go_on: Callable[[], object]) -> bool:
        """Whether one may connect to an address where a stranger could answer, if there is one.

        Where nobody has said so, it is asked about, and the answer yes goes on.
        """
        if not address or address in self:
            return True

        def trust() -> None:
            self._addresses.add(address)
            go_on()

        text = tr("Trust whoever answers at {address}?", address=address)
        use_tls = tr(
            "With a tls:// address and its three files, only those with a certificate from your CA can answer."
        )
        connect = Choice("trust", Role.AcceptRole, tr("&Trust and connect"))
        Question(parent, "sweep.trust", text, f"{risk_of(address)}\n\n{use_tls}", LEAVE, connect).ask(trust=trust)
        return False

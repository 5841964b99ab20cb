"""Who carries out the runs of a sweep: this computer, or the workers of a scheduler, if a person trusts its address."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.sweeps.cluster import CONNECT_SECONDS, SECURE, Cluster, Tls, is_installed, missing, risk_of, whole_address
from curvegui.ui.dialogs.choices import kept_values
from curvegui.ui.dialogs.paths import file_dialog
from curvegui.ui.dialogs.progress import message_label, write
from curvegui.ui.dialogs.question import LEAVE, Choice, QuestionBox, Role
from curvegui.ui.look.layouts import filled, named, side_by_side, wrapped
from curvegui.ui.widgets.scrolled import ScrolledComboBox

HERE, ELSEWHERE = mark("this computer, on all cores"), mark("a dask.distributed scheduler")
TIP = mark(
    "The workers of a scheduler need CurveGUI, but no display. Results are saved on this computer as they arrive."
)
EXAMPLE = "tls://host:8786"
FILES = {
    "ca": (mark("&CA"), mark("The authority that signs the scheduler’s certificate (PEM)")),
    "cert": (mark("C&ertificate"), mark("Your own certificate (PEM)")),
    "key": (mark("&Key"), mark("The key of your certificate (PEM)")),
}
LETTERS = 30  # of an address that are seen at once


class TrustedAddresses:
    """Addresses that a person trusts, until CurveGUI is closed."""

    def __init__(self) -> None:
        self._addresses: set[str] = set()

    def __contains__(self, address: str) -> bool:
        return address in self._addresses

    def allow(self, address: str, parent: QWidget, go_on: Callable[[], object]) -> bool:
        """Whether a sweep may connect to an address where strangers could answer; else ask, then call ``go_on``."""
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
        QuestionBox(parent, "sweep.trust", text, f"{risk_of(address)}\n\n{use_tls}", LEAVE, connect).ask(trust=trust)
        return False


@dataclass(frozen=True)
class WorkersChoice:
    """Who carries out a sweep, as it is in the preferences: nothing secret, of the key only the path."""

    elsewhere: bool = False
    address: str = ""
    ca: str = ""
    cert: str = ""
    key: str = ""

    @classmethod
    def from_text(cls, text: str) -> "WorkersChoice":
        """The choice in the preferences, with the default for each value that cannot be used."""
        return cls(**kept_values(text, cls()))

    @property
    def is_encrypted(self) -> bool:
        """Whether the connection to the address is encrypted, for which the files are needed."""
        return self.address.startswith(SECURE)

    @property
    def tls(self) -> Tls:
        """The files for an encrypted connection; no files for another connection."""
        names = (self.ca, self.cert, self.key) if self.is_encrypted else ("", "", "")
        return Tls(*(Path(name) if name else None for name in names))


AT_FIRST = WorkersChoice()


class WorkersFields(QWidget):
    """The fields that say who carries out the runs; the dialog puts their ``warning`` where it is always seen."""

    changed = Signal()

    def __init__(self, choice: WorkersChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._where = where = named(ScrolledComboBox(), "sweep.where", tr("Run on"), tr(TIP))
        where.addItems([tr(HERE), tr(ELSEWHERE)])
        if not is_installed():
            where.setItemText(1, tr("{elsewhere} (not installed)", elsewhere=tr(ELSEWHERE)))
            where.setToolTip(wrapped(missing()))
            model = where.model()
            assert isinstance(model, QStandardItemModel)
            model.item(1).setEnabled(False)
            model.item(1).setToolTip(wrapped(missing()))
        where.setCurrentIndex(int(choice.elsewhere and is_installed()))
        self._address = address = named(QLineEdit(choice.address), "sweep.address", tr("Address of the scheduler"))
        address.setPlaceholderText(EXAMPLE)
        address.setMinimumWidth(LETTERS * address.fontMetrics().averageCharWidth())
        self.warning = named(message_label(), "sweep.warning")
        self.warning.setParent(self)
        self._files = {name: QLineEdit(getattr(choice, name)) for name in FILES}
        self._tls = side_by_side(*map(self._file_row, FILES), spacing=16, stretch=True)
        label = QLabel(tr("Run o&n"))
        label.setBuddy(where)
        filled(QVBoxLayout(self), side_by_side(label, where, address), self._tls, 1)
        where.currentIndexChanged.connect(self._show)
        address.textChanged.connect(self._show)
        self._show()

    def _file_row(self, name: str) -> QWidget:
        """A label, the line for a path, and a button, whose ``objectName`` is that of the line with .find after it."""
        (words, tip), line, row = map(tr, FILES[name]), self._files[name], QWidget()
        label, title = QLabel(words), tr("Choose a file: {words}", words=words.replace("&", ""))
        label.setBuddy(named(line, f"sweep.{name}", words.replace("&", ""), tip))
        button = named(QToolButton(), f"sweep.{name}.find", title)
        button.setText("…")
        button.clicked.connect(partial(self._look, line, title))
        line.textChanged.connect(self._show)
        filled(QHBoxLayout(row), label, line, button)
        return row

    def _look(self, line: QLineEdit, title: str) -> None:
        dialog = file_dialog(self, "find_file", title, line.text())
        dialog.fileSelected.connect(line.setText)
        dialog.open()

    @property
    def choice(self) -> WorkersChoice:
        """The choice that is in the fields."""
        files = {name: line.text().strip() for name, line in self._files.items()}
        return WorkersChoice(self._where.currentIndex() == 1, self._address.text().strip(), **files)

    def _read(self) -> tuple[str, str]:
        """The scheduler's whole address, if any, and what is wrong with the fields. Files are not looked for."""
        choice = self.choice
        try:
            return whole_address(choice.address, choice.tls) if choice.elsewhere else "", ""
        except ValueError as error:
            return "", str(error)

    @property
    def trouble(self) -> str:
        """What is wrong with the fields, in a sentence; empty if they are right."""
        return self._read()[1]

    @property
    def risky_address(self) -> str:
        """The address, if a stranger could answer there; else empty."""
        address, _ = self._read()
        return address if address and risk_of(address) else ""

    def cluster(self, is_trusted: bool) -> Cluster | None:
        """The cluster that carries out the runs; None for this computer. ``is_trusted``: a person trusts it."""
        choice = self.choice
        return Cluster(choice.address, choice.tls, CONNECT_SECONDS, is_trusted) if choice.elsewhere else None

    @Slot()
    def _show(self) -> None:
        choice, risky = self.choice, self.risky_address
        self._address.setVisible(choice.elsewhere)
        self._tls.setVisible(choice.elsewhere and choice.is_encrypted)
        if risky:
            write(self.warning, f"▲ {risk_of(risky)}", error=True)
        else:
            self.warning.hide()
        self.changed.emit()

"""Where the runs of a sweep are computed: on this computer, or by the workers of a scheduler."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.core.language.text import mark, tr
from curvegui.core.sweep.plan import SweepTask
from curvegui.sweeps.cluster import CONNECT_SECONDS, SECURE, Cluster, Tls, is_installed, missing, risk_of, whole_address
from curvegui.sweeps.executor import ExecutorError, Outcome
from curvegui.ui.dialogs.kept_choices import choices_to_text, kept_values
from curvegui.ui.dialogs.paths import file_dialog
from curvegui.ui.dialogs.save_dialog import message_label, write
from curvegui.ui.look.layouts import filled, side_by_side
from curvegui.ui.look.tips import wrapped
from curvegui.ui.widgets.scrolled import ScrolledComboBox


class FileField(QWidget):
    """A label, a line for a path, and a button whose ``objectName`` is the line's with ``.find``."""

    changed = Signal()

    def __init__(self, name: str, label: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = label.replace("&", "")
        self._title, self._line, self._button, caption = (
            tr("Choose a file: {words}", words=words),
            QLineEdit(),
            QToolButton(),
            QLabel(label),
        )
        self._line.setObjectName(name)
        self._line.setAccessibleName(words)
        self._button.setObjectName(f"{name}.find")
        self._button.setText("…")
        self._button.setAccessibleName(self._title)
        caption.setBuddy(self._line)
        self.setToolTip(wrapped(tip))
        filled(QHBoxLayout(self), caption, self._line, self._button)
        self._button.clicked.connect(self._look)
        self._line.textChanged.connect(self.changed)

    def text(self) -> str:
        """The path, or nothing."""
        return self._line.text().strip()

    def setText(self, text: str) -> None:
        """Show another path."""
        self._line.setText(text)

    @Slot()
    def _look(self) -> None:
        dialog = file_dialog(self, self._title, self.text())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setObjectName("find_file")
        dialog.fileSelected.connect(self.setText)
        dialog.open()


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


@dataclass(frozen=True)
class PlaceChoices:
    """Where a sweep is carried out, as the preferences keep it: nothing secret, the key's place alone."""

    elsewhere: bool = False
    address: str = ""
    ca: str = ""
    cert: str = ""
    key: str = ""

    def to_text(self) -> str:
        """As JSON, for the preferences."""
        return choices_to_text(self)

    @classmethod
    def from_text(cls, text: str) -> "PlaceChoices":
        """What the preferences keep; the default for what cannot be used."""
        return cls(**kept_values(text, cls()))

    @property
    def is_encrypted(self) -> bool:
        """Whether the files are of any use."""
        return self.address.startswith(SECURE)

    @property
    def tls(self) -> Tls:
        """The files, where they are of any use."""
        names = (self.ca, self.cert, self.key) if self.is_encrypted else ("", "", "")
        return Tls(*(Path(name) if name else None for name in names))

    @property
    def reached(self) -> str:
        """The whole address, or nothing for this computer. Raises ``ValueError`` as `whole_address` does."""
        return whole_address(self.address, self.tls) if self.elsewhere else ""

    def cluster(self, is_trusted: bool) -> Cluster:
        """The executor. Raises ``ValueError``, a sentence for people, for example where a file is not there."""
        return Cluster(self.address, self.tls, CONNECT_SECONDS, is_trusted)


AT_FIRST = PlaceChoices()


@dataclass(frozen=True)
class Elsewhere:
    """An executor of a scheduler's workers. Disk and network are asked in the thread that carries it out."""

    choices: PlaceChoices
    is_trusted: bool

    def outcomes(
        self, tasks: Sequence[SweepTask], should_stop: Callable[[], bool], arithmetic: Arithmetic = USUAL
    ) -> Generator[Outcome, None, None]:
        """See `Executor.outcomes`."""
        try:
            cluster = self.choices.cluster(self.is_trusted)
        except ValueError as error:
            raise ExecutorError(str(error)) from error
        yield from cluster.outcomes(tasks, should_stop, arithmetic)


class SweepPlace(QWidget):
    """The fields that say where.

    ``warning`` is what is to be said of the address; whoever shows these fields puts it where it is always seen.
    """

    changed = Signal()

    def __init__(self, choices: PlaceChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._where, self._address, self.warning = ScrolledComboBox(), QLineEdit(), message_label()
        self._files = {name: FileField(f"sweep.{name}", tr(label), tr(tip)) for name, (label, tip) in FILES.items()}
        self._fill(choices)
        self._lay_out()
        self._where.currentIndexChanged.connect(self._show)
        self._address.textChanged.connect(self._show)
        for field in self._files.values():
            field.changed.connect(self._show)
        self._show()

    def _fill(self, choices: PlaceChoices) -> None:
        where, address = self._where, self._address
        where.addItems([tr(HERE), tr(ELSEWHERE)])
        where.setObjectName("sweep.where")
        where.setAccessibleName(tr("Run on"))
        where.setToolTip(wrapped(tr(TIP)))
        if not is_installed():
            where.setItemText(1, tr("{elsewhere} (not installed)", elsewhere=tr(ELSEWHERE)))
            where.setToolTip(wrapped(missing()))
            model = where.model()
            assert isinstance(model, QStandardItemModel)
            model.item(1).setEnabled(False)
            model.item(1).setToolTip(wrapped(missing()))
        where.setCurrentIndex(int(choices.elsewhere and is_installed()))
        address.setObjectName("sweep.address")
        address.setAccessibleName(tr("Address of the scheduler"))
        address.setPlaceholderText(EXAMPLE)
        address.setMinimumWidth(LETTERS * address.fontMetrics().averageCharWidth())
        address.setText(choices.address)
        for name, field in self._files.items():
            field.setText(getattr(choices, name))
        self.warning.setObjectName("sweep.warning")
        self.warning.setParent(self)

    def _lay_out(self) -> None:
        label = QLabel(tr("Run o&n"))
        label.setBuddy(self._where)
        self._tls = side_by_side(*self._files.values(), spacing=16, stretch=True)
        filled(QVBoxLayout(self), side_by_side(label, self._where, self._address), self._tls, 1)

    @property
    def choices(self) -> PlaceChoices:
        """What the fields say."""
        files = {name: field.text() for name, field in self._files.items()}
        return PlaceChoices(self._where.currentIndex() == 1, self._address.text().strip(), **files)

    def _read(self) -> tuple[str, str]:
        """The scheduler's whole address, if there is one, and what is wrong with the fields. No file is looked for."""
        try:
            return self.choices.reached, ""
        except ValueError as error:
            return "", str(error)

    @property
    def trouble(self) -> str:
        """What is wrong with the fields, in a sentence, or nothing."""
        return self._read()[1]

    @property
    def risky_address(self) -> str:
        """The address, if a stranger could answer there, or nothing."""
        address, _ = self._read()
        return address if address and risk_of(address) else ""

    def executor(self, is_trusted: bool) -> Elsewhere | None:
        """What carries out the runs; None for this computer. ``is_trusted`` is what a person said of the address."""
        return Elsewhere(self.choices, is_trusted) if self.choices.elsewhere else None

    @Slot()
    def _show(self) -> None:
        """Show the fields that matter, and the warning where there is one."""
        choices, risky = self.choices, self.risky_address
        self._address.setVisible(choices.elsewhere)
        self._tls.setVisible(choices.elsewhere and choices.is_encrypted)
        if risky:
            write(self.warning, f"▲ {risk_of(risky)}", error=True)
        else:
            self.warning.hide()
        self.changed.emit()

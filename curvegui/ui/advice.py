"""The doctor's card: how the run is doing, in words, and buttons that mend what is wrong."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from curvegui.core.diagnosis import Condition, Diagnosis, Remedy
from curvegui.ui.flow_layout import FlowLayout
from curvegui.ui.icons import icon, icon_size
from curvegui.ui.theme import Theme

DRAWINGS = {
    Condition.LEARNING: "check", Condition.SLOW: "wait", Condition.STARTING: "wait", Condition.PLATEAU: "wait",
}  # fmt: skip
UNDO_WORDS = "Or Undo: it goes back to before the change."


class AdviceCard(QFrame):
    """Shows a diagnosis.

    Parameters
    ----------
    theme : Theme

    Signals
    -------
    chosen(Remedy)
        A person wants this done.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setObjectName("advice")
        self._theme, self._can_undo = theme, False
        self._diagnosis: Diagnosis | None = None
        self._sign = QLabel()
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setObjectName("advice.words")
        self._buttons: dict[Remedy, QPushButton] = {}
        row = QWidget()
        flow = FlowLayout(8, row)
        for remedy in Remedy:
            button = QPushButton(remedy.value)
            button.setObjectName(f"remedy.{remedy.name.lower()}")
            button.clicked.connect(self._choose)
            button.setProperty("remedy", remedy.name)
            self._buttons[remedy] = button
            flow.addWidget(button)
        self._row = row
        text = QHBoxLayout()
        text.setSpacing(10)
        text.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        text.addWidget(self._words, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 10, 14, 10)
        outer.addLayout(text)
        outer.addWidget(row)  # under the sign too: a narrow panel is just wide enough for the longest of them
        self.show_diagnosis(None)

    def dress(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._theme = theme
        self._draw()

    def set_can_undo(self, can_undo: bool) -> None:
        """Offer Undo only where there is something to undo."""
        if can_undo != self._can_undo:
            self._can_undo = can_undo
            self._draw()

    def show_diagnosis(self, diagnosis: Diagnosis | None) -> None:
        """Show another finding; trouble is announced to screen readers."""
        news = diagnosis is not None and diagnosis.is_trouble and diagnosis.condition != self.condition
        self._diagnosis = diagnosis
        self._draw()
        if news and diagnosis is not None:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, diagnosis.headline))

    @property
    def condition(self) -> Condition | None:
        """What is shown."""
        return self._diagnosis.condition if self._diagnosis else None

    def _draw(self) -> None:
        diagnosis = self._diagnosis
        remedies: tuple[Remedy, ...] = ()
        if diagnosis is None:
            headline, detail, drawing, colour = "Ready.", "Run to begin.", "wait", self._theme.muted
        else:
            headline, detail, remedies = diagnosis.headline, diagnosis.detail, diagnosis.remedies
            drawing = DRAWINGS.get(diagnosis.condition, "warning")
            colour = {"check": self._theme.good, "warning": self._theme.warning}.get(drawing, self._theme.muted)
        remedies = tuple(remedy for remedy in remedies if remedy is not Remedy.UNDO or self._can_undo)
        if Remedy.UNDO in remedies:
            detail = f"{detail} {UNDO_WORDS}"
        self._sign.setPixmap(icon(drawing, colour).pixmap(icon_size(self, 1.3)))
        self._words.setText(f"<b>{headline}</b> <span style='color:{self._theme.muted}'>{detail}</span>")
        self.setAccessibleName(f"{headline} {detail}")
        for remedy, button in self._buttons.items():
            button.setVisible(remedy in remedies)
        self._row.setVisible(any(not button.isHidden() for button in self._buttons.values()))

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(Remedy[self.sender().property("remedy")])

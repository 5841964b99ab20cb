"""The status card: how the run is doing, in words, and buttons with remedies.

Where there is little room, it shows only the finding and what to do about it, and the rest on demand.
"""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from curvegui.core.diagnosis.finding import Condition, Diagnosis, Remedy
from curvegui.session.run.phase import Phase
from curvegui.ui.look.icons import icon, icon_size
from curvegui.ui.look.layouts import FlowLayout
from curvegui.ui.look.theme import current_theme, follow_theme

DRAWINGS = {
    Condition.LEARNING: "check", Condition.SLOW: "wait", Condition.STARTING: "wait", Condition.PLATEAU: "wait",
}  # fmt: skip
EDGES_PX = 14, 10, 14, 10  # left, top, right, bottom
SIGN_GAP_PX = 10  # between the sign and the words
DETAILS, LESS = "Details", "Less"
UNDO_WORDS = "Or Undo: it goes back to before the change."
MORE_WORDS = "Run makes more iterations."


class AdviceCard(QFrame):
    """Shows a diagnosis."""

    chosen = Signal(object)  # a person wants this Remedy carried out
    asked_why = Signal(str)  # a person wants to read the section of the guide with this heading
    alarmed = Signal()  # there is trouble, of a kind that was not shown before

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setObjectName("advice")
        self._can_undo = False
        self._diagnosis: Diagnosis | None = None
        self._phase = Phase.PAUSED
        self._is_tight, self._is_opened = False, False
        self._sign, self._words, self._headline = QLabel(), _words("advice.words"), _words("advice.headline")
        self._buttons: dict[Remedy, QPushButton] = {}
        row = QWidget()
        self._flow = flow = FlowLayout(8, row)
        self._order: tuple[Remedy, ...] | None = None
        for remedy in Remedy:
            button = QPushButton(remedy.value)
            button.setObjectName(f"remedy.{remedy.name.lower()}")
            button.clicked.connect(self._choose)
            button.setProperty("remedy", remedy.name)
            self._buttons[remedy] = button
            flow.addWidget(button)
        self._why, self._more = _link("Why?", "advice.why"), _link(DETAILS, "advice.details")
        self._why.clicked.connect(self._ask_why)
        self._more.clicked.connect(self._open_or_close)
        flow.addWidget(self._why)
        flow.addWidget(self._more)
        self._row = row
        text = QHBoxLayout()
        text.setSpacing(SIGN_GAP_PX)
        text.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        text.addWidget(self._words, 1)
        text.addWidget(self._headline, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*EDGES_PX)
        outer.addLayout(text)
        outer.addWidget(row)  # also under the sign: a narrow panel is just wide enough for the longest
        follow_theme(self._draw)

    def set_can_undo(self, can_undo: bool) -> None:
        """Offer Undo only if there is something to undo."""
        if can_undo != self._can_undo:
            self._can_undo = can_undo
            self._draw()

    def show_diagnosis(self, diagnosis: Diagnosis | None) -> None:
        """Show another finding; trouble is announced to screen readers."""
        news = diagnosis is not None and diagnosis.is_trouble and diagnosis.condition != self.condition
        if diagnosis is None or diagnosis.condition != self.condition:
            self._is_opened = False
        self._diagnosis = diagnosis
        self._draw()
        if news and diagnosis is not None:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, diagnosis.headline))
            self.alarmed.emit()

    def show_phase(self, phase: Phase) -> None:
        """Speak of training in the present tense while it goes on, and else in the past."""
        if phase is not self._phase:
            self._phase = phase
            self._draw()

    @property
    def condition(self) -> Condition | None:
        """What is shown."""
        return self._diagnosis.condition if self._diagnosis else None

    # How much it says

    def set_tight(self, is_tight: bool) -> None:
        """Show only the headline, with the details on demand; or all of it."""
        if is_tight != self._is_tight:
            self._is_tight = is_tight
            self._show_as_much()

    def whole_height(self, width: int) -> int:
        """The height of all of it in a width, px."""
        return self._height_with(self._words, width)

    def usual_height(self, width: int) -> int:
        """The height of what should be visible beside the settings: if there is trouble, with its remedies."""
        is_trouble = self._diagnosis is not None and self._diagnosis.is_trouble
        return self._height_with(self._headline if is_trouble else self._words, width)

    def shown_height(self, width: int) -> int:
        """The height of what is shown now."""
        return self._height_with(self._headline if self._is_brief else self._words, width)

    def _height_with(self, words: QLabel, width: int) -> int:
        left, top, right, bottom = EDGES_PX
        sign = self._sign.sizeHint()
        text = words.heightForWidth(width - left - right - sign.width() - SIGN_GAP_PX)
        row = self._flow.heightForWidth(width - left - right) if self._row.isVisibleTo(self) else 0
        outer = self.layout()
        between = outer.spacing() if outer is not None and row else 0
        return top + max(text, sign.height()) + between + row + bottom

    @property
    def _is_brief(self) -> bool:
        return self._is_tight and not self._is_opened

    def _show_as_much(self) -> None:
        """Show all words, or the headline and a button for the rest."""
        self._headline.setVisible(self._is_brief)
        self._words.setVisible(not self._is_brief)
        self._more.setVisible(self._is_tight and self._diagnosis is not None)
        self._more.setText(DETAILS if self._is_brief else LESS)
        self._more.setAccessibleName(self._more.text())
        self._row.setVisible(any(not part.isHidden() for part in (*self._buttons.values(), self._why, self._more)))

    @Slot()
    def _open_or_close(self) -> None:
        self._is_opened = not self._is_opened
        self._show_as_much()

    @Slot()
    def _draw(self) -> None:
        diagnosis = self._diagnosis
        remedies: tuple[Remedy, ...] = ()
        if diagnosis is None:
            headline, detail, drawing, role = "Ready.", "Run to begin.", "wait", "muted"
        else:
            headline, detail, remedies = diagnosis.headline, diagnosis.detail, diagnosis.remedies
            if not self._phase.is_learning and diagnosis.at_rest:
                headline = diagnosis.at_rest
                detail = f"{detail} {MORE_WORDS}" if self._phase is Phase.FINISHED else detail
            drawing = DRAWINGS.get(diagnosis.condition, "warning")
            role = {"check": "good", "warning": "warning"}.get(drawing, "muted")
        remedies = tuple(remedy for remedy in remedies if remedy is not Remedy.UNDO or self._can_undo)
        if Remedy.UNDO in remedies:
            detail = f"{detail} {UNDO_WORDS}"
        self._sign.setPixmap(icon(drawing, role).pixmap(icon_size(self, 1.3)))
        self._words.setText(f"<b>{headline}</b> <span style='color:{current_theme().muted}'>{detail}</span>")
        self._headline.setText(f"<b>{headline}</b>")
        self._headline.setToolTip(detail)
        self.setAccessibleName(f"{headline} {detail}")
        self._offer(remedies)
        section = diagnosis.section if diagnosis else ""
        self._why.setVisible(bool(section))
        self._why.setAccessibleName(f"Why? The guide explains it: {section}")
        self._why.setToolTip(f"Read in the guide: {section}")
        self._show_as_much()

    def _offer(self, remedies: tuple[Remedy, ...]) -> None:
        """Show buttons for these remedies, the first one as the default."""
        if Remedy.UNDO in remedies:  # it loses nothing
            remedies = (Remedy.UNDO, *(remedy for remedy in remedies if remedy is not Remedy.UNDO))
        if remedies == self._order:
            return
        self._order = remedies
        for remedy, button in self._buttons.items():
            button.setVisible(remedy in remedies)
            is_first = remedy in remedies[:1]
            if bool(button.property("primary")) != is_first:
                button.setProperty("primary", is_first)
                button.style().unpolish(button)  # else the style sheet does not notice the property
                button.style().polish(button)
        parts = [*(self._buttons[remedy] for remedy in remedies), self._why, self._more]
        for before, part in zip([None, *parts], parts, strict=False):
            self._flow.removeWidget(part)
            self._flow.addWidget(part)
            if before is not None:
                QWidget.setTabOrder(before, part)

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(Remedy[self.sender().property("remedy")])

    @Slot()
    def _ask_why(self) -> None:
        if self._diagnosis is not None:
            self.asked_why.emit(self._diagnosis.section)


def _words(name: str) -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setObjectName(name)
    return label


def _link(text: str, name: str) -> QToolButton:
    link = QToolButton()
    link.setText(text)
    link.setObjectName(name)
    link.setProperty("link", True)
    link.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return link

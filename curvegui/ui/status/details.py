"""The whole status with all its remedies, over the canvas: it covers and moves nothing else."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from curvegui.core.diagnosis.finding import Remedy
from curvegui.core.language.text import tr
from curvegui.ui.look.layouts import FlowLayout, filled
from curvegui.ui.look.tips import named, styled, wrapped
from curvegui.ui.status.strip import StatusStrip, button_words

EDGES_PX = 14, 12, 14, 12
GAP_PX = 6  # between it and the line below


class StatusDetails(QFrame):
    """Stands above a strip, as wide as it, for as long as it is wanted there."""

    chosen = Signal(object)  # a person wants this Remedy carried out
    asked_why = Signal(str)  # a person wants to read the section of the guide with this heading

    def __init__(self, strip: StatusStrip, parent: QWidget) -> None:
        super().__init__(parent)
        self._strip, self._around = strip, parent
        self.setObjectName("advice.card")
        self.setProperty("card", True)
        self.setProperty("over", True)
        self._words = named(QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText), "advice.words")
        self._row = QWidget()
        self._flow = FlowLayout(8, self._row)
        self._buttons = {remedy: self._button(remedy) for remedy in Remedy}
        self._why = styled(named(QToolButton(self._row), "advice.why"), "link")
        self._why.setText(tr("Why?"))
        self._why.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._why.clicked.connect(self._ask_why)
        filled(QVBoxLayout(self), self._words, self._row, edges=EDGES_PX)
        strip.changed.connect(self._draw)
        strip.details_wanted.connect(self._open)
        strip.installEventFilter(self)
        self.hide()

    def _button(self, remedy: Remedy) -> QPushButton:
        button = named(QPushButton(self._row), f"remedy.{remedy.name.lower()}")
        button.clicked.connect(partial(self.chosen.emit, remedy))
        return button

    @Slot(bool)
    def _open(self, wanted: bool) -> None:
        had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._draw()
        self.setVisible(wanted)
        if wanted:
            self.raise_()
        elif had_focus:
            self._strip.details.setFocus()

    @Slot()
    def _draw(self) -> None:
        told = self._strip.told
        self._words.setText(told.detail)
        self._flow.clear()
        for remedy, button in self._buttons.items():
            button.setVisible(remedy in told.remedies)
        for remedy in told.remedies:
            self._buttons[remedy].setText(button_words(remedy, self._strip.cause))
            self._flow.addWidget(self._buttons[remedy])
            self._buttons[remedy].raise_()  # so Tab goes to them in this order
        self._flow.addWidget(self._why)
        self._why.raise_()
        self._why.setVisible(bool(told.section))
        self._why.setAccessibleName(tr("Why? The guide explains it: {section}", section=told.section))
        self._why.setToolTip(wrapped(tr("Read in the guide: {section}", section=told.section)))
        self._row.setVisible(bool(told.remedies or told.section))
        self._place()

    def _place(self) -> None:
        strip = self._strip
        width = strip.width()
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        corner = strip.mapTo(self._around, strip.rect().topLeft())
        self.setGeometry(corner.x(), max(corner.y() - GAP_PX - height, 0), width, height)

    def event(self, event: QEvent) -> bool:
        """Be as high as what is in it needs."""
        taken = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return taken

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the strip; go with it."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._place()
        elif event.type() == QEvent.Type.Hide:
            self._strip.details.setChecked(False)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self._strip.details.setChecked(False)
        else:
            super().keyPressEvent(event)

    @Slot()
    def _ask_why(self) -> None:
        self.asked_why.emit(self._strip.told.section)

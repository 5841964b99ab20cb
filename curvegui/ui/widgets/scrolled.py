"""Pages that scroll, and sliders, lists and numbers on them: the wheel scrolls, unless one of these has the focus."""

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Slot,
)  # fmt: skip
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QListView,
    QScrollArea,
    QSlider,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from curvegui.ui.widgets.numbers import usual_digits


def hold_page(area: QScrollArea, page: QWidget) -> None:
    """Let an area show a page that scrolls up and down, and to the sides only if its words are wider than the area."""
    page.setObjectName("scrolled")
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)


class FocusPage(QScrollArea):
    """Shows a page, and scrolls to the widget that gets the focus; Qt does so only if the page had the focus before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left_alone: QWidget | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def hold(self, page: QWidget, left_alone: QWidget | None = None) -> None:
        """Show a page; it is not scrolled to ``left_alone``, a large widget on the page."""
        hold_page(self, page)
        self._left_alone = left_alone

    @Slot(QWidget, QWidget)
    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and now is not self._left_alone and self.isAncestorOf(now):
            self.ensureWidgetVisible(now)


def turn_with_focus(widget: QWidget, turn: Callable[[QWheelEvent], None], event: QWheelEvent) -> None:
    """Let the wheel ``turn`` a widget that has the focus, but no other: scrolling a page must not change anything."""
    if widget.hasFocus():
        turn(event)
    else:
        event.ignore()


LEAST_LINES = 5  # lines of text that are visible at least of a page that scrolls


class ScrollPage(FocusPage):
    """Shows a page whose height depends on its width; more of it is visible the more room the dialog has."""

    def __init__(self, page: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self.hold(page)

    def sizeHint(self) -> QSize:
        page, width = self._page, self.viewport().width()
        high = page.heightForWidth(width) if page.hasHeightForWidth() else page.sizeHint().height()
        return QSize(page.sizeHint().width(), high)

    def minimumSizeHint(self) -> QSize:
        least = min(LEAST_LINES * self.fontMetrics().height(), self._page.sizeHint().height())
        return QSize(self._page.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width(), least)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_bar()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        taken = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._fit_bar()
        return taken

    def _fit_bar(self) -> None:
        """Hide the scroll bar if the page fits without it: Qt keeps a bar that makes the page too narrow to fit."""
        free, page = self.maximumViewportSize(), self._page
        high = page.heightForWidth(free.width()) if page.hasHeightForWidth() else page.sizeHint().height()
        if page.minimumSizeHint().width() > free.width():
            high += self.horizontalScrollBar().sizeHint().height()
        bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if high <= free.height() else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        if self.verticalScrollBarPolicy() != bar:
            self.setVerticalScrollBarPolicy(bar)


class ScrolledSlider(QSlider):
    """A horizontal slider, which ignores the wheel unless it has the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as an axis, in every language

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn_with_focus(self, super().wheelEvent, event)


TEXT_EDGE_PX, ICON_GAP_PX = 1, 4  # left free by Qt at both sides of a choice, and after its icon
POPUP_EDGE_PX = 10  # with room for a scroll bar
WIDEST_PX = 640  # of a list, so that the smallest screens have room for it
MANY = 100  # choices; of more, some are measured


class ScrolledComboBox(QComboBox):
    """A list to choose from, which ignores the wheel unless it has the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # in Qt's own lists, the wheel also gives the focus

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), WIDEST_PX), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as Qt does, but with an ellipsis in a choice that is too long; Qt would cut it within a letter."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        kind, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        free = self.style().subControlRect(kind, option, part, self).width() - 2 * TEXT_EDGE_PX
        if not option.currentIcon.isNull():
            free -= option.iconSize.width() + ICON_GAP_PX
        metrics = self.fontMetrics()
        if metrics.boundingRect(option.currentText).width() > free:  # Qt's hint: without what is blank at a bracket
            option.currentText = metrics.elidedText(option.currentText, Qt.TextElideMode.ElideRight, free)
        painter.drawComplexControl(kind, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def showPopup(self) -> None:
        view, model, count = self.view(), self.model(), self.count()
        if count > MANY and isinstance(view, QListView):  # Qt would measure each, which takes seconds for thousands
            view.setUniformItemSizes(True)
        some = {*range(0, count, count // MANY + 1), count - 1}
        widest = max(view.sizeHintForIndex(model.index(row, self.modelColumn())).width() for row in some)
        view.setMinimumWidth(widest + 2 * POPUP_EDGE_PX)
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn_with_focus(self, super().wheelEvent, event)


class ScrolledSpinBox(QSpinBox):
    """A box for a whole number, which ignores the wheel unless it has the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn_with_focus(self, super().wheelEvent, event)

    def event(self, event: QEvent) -> bool:
        """Leave letters, which make no whole number, to the window."""
        asked = event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and event.text().isalpha():
            event.ignore()
            return True
        return super().event(event)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Accept digits of every script, as all boxes for numbers do; Qt accepts only those of the locale."""
        answer = super().validate(text, position)
        return super().validate(usual_digits(text), position) if answer[0] is QValidator.State.Invalid else answer


TEXT_MARGIN_PX = 6


class CountBox(ScrolledSpinBox):
    """A box for a whole number, written in the way of the locale; Esc discards a text that is typed."""

    def __init__(self, name: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setKeyboardTracking(False)  # or a half typed number would count
        self.lineEdit().setTextMargins(TEXT_MARGIN_PX, 0, 0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shown = f"{self.prefix()}{self.textFromValue(self.value())}{self.suffix()}"
        if event.key() == Qt.Key.Key_Escape and self.lineEdit().text() != shown:
            self.lineEdit().setText(shown)
            self.selectAll()
        else:
            super().keyPressEvent(event)


Key, Modifier = Qt.Key, Qt.KeyboardModifier
COMMANDS = Modifier.ControlModifier | Modifier.AltModifier | Modifier.MetaModifier
OPENING = Key.Key_Up, Key.Key_Down, Key.Key_PageUp, Key.Key_PageDown, Key.Key_Home, Key.Key_End


class _Rows(QAbstractListModel):
    count = 0
    words: Callable[[int], str] = staticmethod(str)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self.count

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        return self.words(index.row()) if role == Qt.ItemDataRole.DisplayRole else None


class LongComboBox(ScrolledComboBox):
    """A list with any number of rows, whose texts are made when the rows are seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setView(QListView(uniformItemSizes=True, layoutMode=QListView.LayoutMode.Batched))  # for 100,000 rows too
        self._rows = _Rows(self)
        self.setModel(self._rows)

    def show_rows(self, count: int, words: Callable[[int], str]) -> None:
        """List ``count`` rows; ``words`` returns the text of a row by its number."""
        self._rows.beginResetModel()
        self._rows.count, self._rows.words = count, words
        self._rows.endResetModel()


class ActingComboBox(ScrolledComboBox):
    """A list to choose from, where a choice adds something, or replaces what was typed or drawn. While the list is
    closed, arrow keys, letters and the wheel do not choose, as they do in Qt's own lists."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list; for a letter, at the first choice that begins with it."""
        text = event.text()
        is_letter = text.isprintable() and bool(text.strip())
        if is_letter and event.modifiers() & COMMANDS:
            event.ignore()  # the window's
        elif is_letter or event.key() in OPENING:
            self.showPopup()
            if is_letter:
                self.view().keyboardSearch(text)
        else:
            super().keyPressEvent(event)

    def showPopup(self) -> None:
        """Open the list at the present choice; Qt would open it where it was left with Esc."""
        self.view().setCurrentIndex(self.model().index(self.currentIndex(), self.modelColumn()))
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

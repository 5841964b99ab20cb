"""A curve from a word: its outline in a font."""

from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFontComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from curvegui.core.curve.curve import CurveError
from curvegui.core.curve.joining import joined_curve
from curvegui.core.language.text import in_quotes, in_row, mark, tr
from curvegui.figure.outline.text import TextOutline, text_parts
from curvegui.ui.curve_dialog.dialog import CurveMaker, CurveOffer, CurveSource
from curvegui.ui.dialogs.latest_job import JobProgress
from curvegui.ui.look.layouts import filled
from curvegui.ui.widgets.form import CheckBox

LONGEST = 200  # characters
FIRST = "love"  # the first word
SIZE_PT = 40  # of the font whose outlines are taken


class TextSource(CurveSource):
    """The word and its font."""

    guide = "Any curve/" + mark("Text")
    title, room = mark("Curve from text"), QSize(700, 470)
    waits = mark("Type a word.")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._font = QLineEdit(FIRST), QFontComboBox()
        self._bold, self._italic = CheckBox(tr("&Bold")), CheckBox(tr("&Italic"))
        named = {"word": self._text, "font": self._font, "bold": self._bold, "italic": self._italic}
        for key, widget in named.items():
            widget.setObjectName(f"text.{key}")
        self._text.setAccessibleName(tr("Word to draw"))
        self._text.setMaxLength(LONGEST)
        self._font.setAccessibleName(tr("Font"))
        if (line := self._font.lineEdit()) is not None:
            line.setAccessibleName(tr("Name of the font"))
        self._font.setCurrentFont(self.font())
        self._font.setMinimumContentsLength(8)
        self._font.setSizeAdjustPolicy(QFontComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._lay_out()
        self._text.textChanged.connect(self.changed)
        self._font.currentFontChanged.connect(self.changed)
        self._bold.toggled.connect(self.changed)
        self._italic.toggled.connect(self.changed)
        self.setFocusProxy(self._text)
        self._text.selectAll()

    def _lay_out(self) -> None:
        column = filled(QVBoxLayout(self), spacing=6)
        for words, editor in ((tr("Te&xt"), self._text), (tr("&Font"), self._font)):
            label = QLabel(words)
            label.setBuddy(editor)
            column.addWidget(label)
            column.addWidget(editor)
            column.addSpacing(8)
        column.addLayout(filled(QHBoxLayout(), self._bold, self._italic, 1))
        column.addStretch(1)

    def maker(self) -> CurveMaker | None:
        """Make the outline of what is typed."""
        text = self._text.text()
        if not text.strip():
            return None
        font = QFont(self._font.currentFont().family(), SIZE_PT)
        font.setBold(self._bold.isChecked())
        font.setItalic(self._italic.isChecked())
        try:
            found = text_parts(text, font)  # not in the background: fonts belong to this thread
        except CurveError as error:
            return partial(_refusal, str(error))
        return partial(_curve_of, text, found)


def _refusal(sentence: str, job: JobProgress) -> CurveOffer:
    return CurveOffer(problem=sentence)


def _curve_of(text: str, outline: TextOutline, job: JobProgress) -> CurveOffer:
    """The curve of a text's outlines, with a note on the characters that the font does not have."""
    joined = joined_curve(text, outline.parts, flipped=True)
    quoted = in_row(list(map(in_quotes, outline.missing)))
    missing = [tr("No font on this computer has {quoted}, so it was left out.", quoted=quoted)] if quoted else []
    return CurveOffer(joined.curve, note=" ".join([*missing, *joined.notes]))

"""A curve from a word: its outline in a font."""

from functools import partial

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFontComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from curvegui.core.curve.curve import CurveError
from curvegui.core.curve.joining import joined_curve
from curvegui.core.language.text import in_quotes, in_row, mark, tr
from curvegui.figure.outline.text import TextOutline, text_parts
from curvegui.ui.curve_dialog.dialog import CurveMaker, CurveOffer, CurveSource
from curvegui.ui.dialogs.latest_job import JobProgress
from curvegui.ui.look.layouts import filled, named
from curvegui.ui.widgets.form import CheckBox

LONGEST = 200  # characters
FIRST = "love"  # the first word
SIZE_PT = 40  # of the font whose outlines are taken


class TextSource(CurveSource):
    """A page with a word and its font."""

    guide = "Any curve/" + mark("Text")
    title = mark("Curve from text")
    waits = mark("Type a word.")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = named(QLineEdit(FIRST, maxLength=LONGEST), "text.word", tr("Word to draw"))
        self._font = named(QFontComboBox(), "text.font", tr("Font"))
        if (line := self._font.lineEdit()) is not None:
            line.setAccessibleName(tr("Name of the font"))
        self._font.setCurrentFont(self.font())
        self._font.setMinimumContentsLength(8)
        self._font.setSizeAdjustPolicy(QFontComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._bold = named(CheckBox(tr("&Bold")), "text.bold")
        self._italic = named(CheckBox(tr("&Italic")), "text.italic")
        column = filled(QVBoxLayout(self), spacing=6)
        for words, editor in ((tr("Te&xt"), self._text), (tr("&Font"), self._font)):
            label = QLabel(words)
            label.setBuddy(editor)
            column.addWidget(label)
            column.addWidget(editor)
            column.addSpacing(8)
        column.addLayout(filled(QHBoxLayout(), self._bold, self._italic, 1))
        column.addStretch(1)
        for changed in self._text.textChanged, self._font.currentFontChanged, self._bold.toggled, self._italic.toggled:
            changed.connect(self.changed)
        self.setFocusProxy(self._text)
        self._text.selectAll()

    def maker(self) -> CurveMaker | None:
        text = self._text.text()
        if not text.strip():
            return None
        font = QFont(self._font.currentFont().family(), SIZE_PT)
        font.setBold(self._bold.isChecked())
        font.setItalic(self._italic.isChecked())
        try:
            found = text_parts(text, font)  # not in the background: fonts belong to this thread
        except CurveError as error:
            refused = CurveOffer(problem=str(error))
            return lambda _: refused
        return partial(_curve_of, text, found)


def _curve_of(text: str, outline: TextOutline, job: JobProgress) -> CurveOffer:
    """The curve of a text's outlines, with a note on the characters that the font does not have."""
    curve, notes = joined_curve(text, outline.parts, flipped=True)
    quoted = in_row(list(map(in_quotes, outline.missing)))
    missing = [tr("No font on this computer has {quoted}, so it was left out.", quoted=quoted)] if quoted else []
    return CurveOffer(curve, note=" ".join([*missing, *notes]))

"""The language of the window: its texts, its numbers, Qt's own texts, and from which side it is read."""

import os

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from curvegui.core.language.text import ENGLISH, is_right_to_left, spoken, spoken_locale
from curvegui.files.disk.languages import SYSTEM, VARIABLE, available, of_system, use

LETTERS = {
    "ar": QFontDatabase.WritingSystem.Arabic,
    "ko": QFontDatabase.WritingSystem.Korean,
    "zh": QFontDatabase.WritingSystem.SimplifiedChinese,
}


def code_of(choice: str) -> str:
    """The code of a language that was chosen; of "system", the first of the system's that there is."""
    return of_system(QLocale.system().uiLanguages() if choice == SYSTEM else [choice])


def speak_in_window(choice: str) -> None:
    """Speak a language that was chosen, unless another one was asked for when the program started.

    What is made from now on speaks it, with Qt's own texts and numbers, and windows begin at its side.
    """
    use(os.environ.get(VARIABLE) or code_of(choice))
    system = QLocale.system()
    follows = choice == SYSTEM and system.language() != QLocale.Language.C  # which has no grouping
    QLocale.setDefault(system if follows else QLocale(spoken_locale()))
    application = QApplication.instance()
    if isinstance(application, QApplication):
        _translate_qt(application)
        right, left = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight
        application.setLayoutDirection(right if is_right_to_left() else left)


def missing_font() -> str:
    """In English, that no font on this computer has the letters of the language that is spoken; empty if one has."""
    letters = LETTERS.get(spoken())
    if letters is None or QFontDatabase.families(letters):
        return ""
    return f"No font on this computer has the letters of {available()[spoken()]}. Install one, such as Noto Sans."


def _translate_qt(application: QApplication) -> None:
    """Let Qt's own texts, such as those of dialogs for files, be in the language too, where Qt has it."""
    for before in application.findChildren(QTranslator):
        application.removeTranslator(before)
        before.deleteLater()
    if spoken() == ENGLISH:
        return
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(spoken_locale()), "qtbase", "_", folder):
        application.installTranslator(translator)

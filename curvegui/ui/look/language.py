"""The language of the window: its texts, its numbers, Qt's own texts, and the direction of reading."""

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
    """The code of a chosen language; for "system", the code of the first of the system's languages that the app has."""
    return of_system(QLocale.system().uiLanguages() if choice == SYSTEM else [choice])


def speak_in_window(choice: str) -> None:
    """Use a chosen language, unless another language was asked for when the program was started. Texts that are made
    from now on are in this language, as are Qt's own texts and numbers, and the layout has its direction of reading."""
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
    """A sentence in English if no font on this computer has the letters of the present language; else empty."""
    letters = LETTERS.get(spoken())
    if letters is None or QFontDatabase.families(letters):
        return ""
    return f"No font on this computer has the letters of {available()[spoken()]}. Install one, such as Noto Sans."


def _translate_qt(application: QApplication) -> None:
    """Translate Qt's own texts, such as those of file dialogs, if Qt has them in the present language."""
    for before in application.findChildren(QTranslator):
        application.removeTranslator(before)
        before.deleteLater()
    if spoken() == ENGLISH:
        return
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(spoken_locale()), "qtbase", "_", folder):
        application.installTranslator(translator)

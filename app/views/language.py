"""The language of the window: our own translations and Qt's, put on the application before the first widget is made."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from app.settings import Language
from app.spoken import speak

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "translations"


def spoken_language(wanted: Language) -> str:
    """Code of the language the window will speak: the wanted one, the system's where there is one, else English."""
    code = wanted.value or QLocale.system().name().partition("_")[0]
    return code if _file(code).is_file() else Language.ENGLISH.value


def install_language(application: QApplication, wanted: Language) -> str:
    """Translate everything that is made from now on; returns the language's code.

    Numbers are written with a dot in every language, as in all files that are exported.
    """
    for translator in application.findChildren(QTranslator):
        application.removeTranslator(translator)
        translator.deleteLater()
    speak(None)
    QLocale.setDefault(QLocale.c())
    code = spoken_language(wanted)
    if code != Language.ENGLISH.value:
        qt_folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        for file in (qt_folder / f"qtbase_{code}.qm", _file(code)):
            translator = QTranslator(application)
            if translator.load(str(file)):
                application.installTranslator(translator)
        speak(_sentence)
    return code


def _sentence(text: str) -> str:
    return QCoreApplication.translate("Sentences", text)


def _file(code: str) -> Path:
    return FOLDER / f"dimple_{code}.qm"

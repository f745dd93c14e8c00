"""Asking for a video or a folder of images."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from app.settings import Settings

_PATTERNS = "*.mp4 *.mov *.mkv *.avi *.webm *.m4v *.mpg *.mpeg *.wmv *.ts *.mts"


def _tr(text: str) -> str:
    return QCoreApplication.translate("SourceChoice", text)


def choose_video(parent: QWidget, settings: Settings) -> Path | None:
    """Ask for a video; None where the person leaves it.

    Args:
        parent: Of the dialog.
        settings: Remember the folder.
    """
    chosen, _filter = QFileDialog.getOpenFileName(parent, _tr("Choose a video"), str(settings.last_folder), _filters())
    return remembered(chosen, settings)


def choose_videos(parent: QWidget, settings: Settings) -> list[Path]:
    """Ask for one or several videos; likewise."""
    chosen, _filter = QFileDialog.getOpenFileNames(parent, _tr("Choose videos"), str(settings.last_folder), _filters())
    remembered(chosen[0] if chosen else "", settings)
    return [Path(it) for it in chosen]


def choose_folder(parent: QWidget, settings: Settings) -> Path | None:
    """Ask for a folder of images; likewise."""
    chosen = QFileDialog.getExistingDirectory(parent, _tr("Choose an image folder"), str(settings.last_folder))
    return remembered(chosen, settings)


def remembered(chosen: str, settings: Settings) -> Path | None:
    """What was chosen, its folder kept for the next time; None for nothing."""
    if not chosen:
        return None
    path = Path(chosen)
    settings.last_folder = path if path.is_dir() else path.parent
    return path


def _filters() -> str:
    return f"{_tr('Videos')} ({_PATTERNS});;{_tr('All files')} (*)"

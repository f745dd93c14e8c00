"""Small pictures of recent projects: what was on the screen when they were left."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import cv2
import numpy as np
import platformdirs
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPixmap

from app.media.frame_source import Frame
from app.views.thumbnails import image_of

SIZE = QSize(80, 45)
"""As they are shown, in device-independent pixels; kept twice as large for dense screens."""


def keep_thumbnail(project: Path, picture: Frame) -> None:
    """Remember a picture for a project; where nothing can be written it has none.

    Args:
        project: Path of the project file.
        picture: RGB uint8 ``(H, W, 3)``.
    """
    height, width = picture.shape[:2]
    size = QSize(width, height).scaled(SIZE * 2, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
    # not by Qt: of a picture of 3840 x 2160 that takes the time of ten
    small = cv2.resize(picture, (size.width(), size.height()), interpolation=cv2.INTER_AREA)
    place = _place(project)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return
    image_of(np.asarray(small, dtype=np.uint8)).save(str(place))


def thumbnail(project: Path) -> QIcon | None:
    """The picture of a project, in the middle of ``SIZE``; None where there is none."""
    picture = QPixmap(str(_place(project)))
    return None if picture.isNull() else QIcon(picture)


def _place(project: Path) -> Path:
    mark = hashlib.sha256(os.fsencode(project)).hexdigest()[:16]
    return platformdirs.user_cache_path("DiMPLE", appauthor=False) / "thumbnails" / f"{mark}.png"

"""What must be right in the process's environment before the QApplication exists."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

_PLUGIN_VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")


def drop_opencv_plugin_path() -> None:
    """Undo what importing opencv-python did to Qt.

    Its wheel points Qt at plug-ins built for a Qt of its own; with them the window aborts at start ("could not load
    the Qt platform plugin xcb"). OpenCV may be imported before or after this module, so this is called right before
    the QApplication is made. A path the person set to somewhere else is theirs and stays.
    """
    spec = importlib.util.find_spec("cv2")
    if spec is None or spec.origin is None:
        return
    package = Path(spec.origin).resolve().parent
    for name in _PLUGIN_VARIABLES:
        value = os.environ.get(name)
        if value and Path(value).resolve().is_relative_to(package):
            del os.environ[name]

"""Makes the pictures in the docs from the real window: ``python scripts/screenshots.py FOLDER``.

The real window runs on a virtual display (Xvfb) and is driven with mouse and key events, in a throw-away home folder.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QWidget

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.application import build_window, make_application
from app.session.fake_tracker import FakeTracker
from app.session.run_state import Phase
from app.session.session import Session
from app.settings import Settings, ThemeChoice
from app.views.action_table import ActionId
from app.views.preferences_dialog import PreferencesDialog, PreferencesPage
from app.views.step_by_step import StepByStep
from tracker.geometry import BoundingBox

_PATIENCE = 600.0
_RUN_FRAMES = 60
_SETTLE = 0.4
_SOON_MS = 50
_QUALITY = 80
"""Of the WebP files: text stays sharp, and all pictures together are under two megabytes."""


@contextlib.contextmanager
def virtual_display(width: int, height: int) -> Iterator[str]:
    """An Xvfb of its own; gives its display name."""
    program = shutil.which("Xvfb")
    if program is None:
        raise SystemExit("Xvfb is missing: apt-get install xvfb")
    read_end, write_end = os.pipe()
    server = subprocess.Popen(  # noqa: S603  # our own arguments
        [program, "-displayfd", str(write_end), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
        pass_fds=[write_end],
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    try:
        with os.fdopen(read_end) as answer:
            number = answer.readline().strip()
        if not number:
            raise SystemExit("Xvfb did not start.")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


class Walk:
    """A window with the sample, driven by events, and a camera.

    Args:
        folder: Where pictures go.
        width: Of the window.
        height: Of the window.
        fake: Whether a fake tracker stands in for DiMP.
    """

    def __init__(self, folder: Path, width: int, height: int, *, fake: bool) -> None:
        self._folder = folder
        self._application = make_application()
        self._settings = Settings()
        program = build_window(self._settings, (lambda choice: FakeTracker(choice=choice)) if fake else None)
        self._keep = program
        self.window = program.window
        self.view = self.window.panels.workspace.view
        self.window.resize(width, height)
        self.window.show()
        self.window.activateWindow()
        self.until(self.window.isActiveWindow, "the window to become active")

    @property
    def session(self) -> Session:
        """Of the open project."""
        assert self.window.open_session is not None
        return self.window.open_session.session

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Let the window work until something holds.

        Raises:
            SystemExit: It took too long.
        """
        end = time.monotonic() + _PATIENCE
        while not condition():
            self._application.processEvents()
            time.sleep(0.005)
            if time.monotonic() > end:
                self.window.close()
                raise SystemExit(f"Waited too long: {what}")

    def settle(self) -> None:
        """Let the window paint what it has."""
        end = time.monotonic() + _SETTLE
        self.until(lambda: time.monotonic() > end, "settling")

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key on the picture."""
        QTest.keyClick(self.view, key, modifiers)

    def picture(self, name: str, widget: QWidget | None = None) -> None:
        """Save what the window, or another widget, shows, in both themes."""
        for theme in (ThemeChoice.LIGHT, ThemeChoice.DARK):
            self._settings.theme = theme
            self.settle()
            self.until(self._has_its_look, "the other theme")
            self.settle()
            shown = (widget or self.window).grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
            picture = Image.frombytes(
                "RGB", (shown.width(), shown.height()), bytes(shown.constBits()), "raw", "RGB", shown.bytesPerLine()
            )
            picture.save(self._folder / f"{name}-{theme.value}.webp", quality=_QUALITY, method=6)

    def _has_its_look(self) -> bool:
        return self.window.updatesEnabled() and not any(it.is_busy for it in self.window.findChildren(StepByStep))

    def dialog(self, name: str, action: ActionId, prepare: Callable[[QWidget], None] | None = None) -> None:
        """Save what a dialog shows that an action opens, at once or a few turns later."""
        done: list[bool] = []

        def take() -> None:
            shown = QApplication.activeModalWidget()
            if shown is None:
                QTimer.singleShot(_SOON_MS, self.window, take)
                return
            self.settle()
            if prepare is not None:
                prepare(shown)
            self.picture(name, shown)
            shown.close()
            done.append(True)

        QTimer.singleShot(0, self.window, take)
        self.window.actions_table[action].trigger()
        self.until(lambda: bool(done), f"the dialog {name}")

    def close(self) -> None:
        """End everything."""
        self.window.close()
        self.window.deleteLater()
        self._application.processEvents()


def take_pictures(folder: Path, width: int, height: int, *, fake: bool) -> None:
    """Walk through a first video."""
    walk = Walk(folder, width, height, fake=fake)
    walk.picture("start")
    walk.window.open_sample()
    walk.until(lambda: not walk.view.picture_size.isEmpty(), "the first picture")
    walk.until(lambda: walk.window.tour.step == 1, "the tour")
    walk.picture("tour")
    walk.window.tour.finish()
    walk.picture("first-box")
    walk.key(Qt.Key.Key_F)
    walk.until(lambda: walk.session.frame >= _RUN_FRAMES, "tracking")
    walk.picture("propagation")
    if walk.session.run_state.phase is Phase.RUNNING:
        walk.key(Qt.Key.Key_Space)
    walk.key(Qt.Key.Key_A)
    walk.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    walk.key(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    walk.settle()
    walk.picture("correction")
    walk.key(Qt.Key.Key_T)
    size = walk.view.picture_size
    rect = walk.view.mapping.box_rect(BoundingBox(size.width() * 0.3, size.height() * 0.47, 110, 30)).toRect()
    QTest.mousePress(walk.view, Qt.MouseButton.LeftButton, pos=rect.topLeft())
    QTest.mouseMove(walk.view, rect.center())
    QTest.mouseMove(walk.view, rect.bottomRight() - QPoint(1, 1))
    walk.settle()
    walk.picture("drawing")
    QTest.mouseRelease(walk.view, Qt.MouseButton.LeftButton, pos=rect.bottomRight())
    walk.settle()
    walk.picture("two-tracks")
    take_docks(walk)
    take_dialogs(walk)
    walk.window.close_project()
    walk.picture("start-with-recent")
    walk.close()


def take_docks(walk: Walk) -> None:
    """The panels that stand behind others at first, with something in them."""
    walk.key(Qt.Key.Key_Tab)
    for name in ("sequences", "memory", "review"):
        dock = walk.window.findChild(QDockWidget, name)
        if dock is not None:
            dock.raise_()
        if name == "review":
            walk.key(Qt.Key.Key_N)
        walk.settle()
        walk.picture(name)
    for name in ("tracks", "inspector"):
        dock = walk.window.findChild(QDockWidget, name)
        if dock is not None:
            dock.raise_()


def take_dialogs(walk: Walk) -> None:
    """A range in the timeline, then everything that opens over the window."""
    walk.session.go_to(20)
    walk.key(Qt.Key.Key_I)
    walk.session.go_to(50)
    walk.key(Qt.Key.Key_P)
    walk.settle()
    walk.picture("range")
    walk.window.actions_table[ActionId.LOOK].trigger()
    walk.settle()
    look = QApplication.activeWindow()
    if look is not None and look is not walk.window:
        walk.picture("look", look)
        look.close()
    walk.dialog("palette", ActionId.PALETTE)
    walk.dialog("preferences", ActionId.PREFERENCES)
    walk.dialog("preferences-tracking", ActionId.PREFERENCES, _second_page)
    walk.dialog("preferences-stopping", ActionId.PREFERENCES, _third_page)
    walk.dialog("preferences-additions", ActionId.PREFERENCES, _fourth_page)
    walk.dialog("preferences-shortcuts", ActionId.EDIT_SHORTCUTS)
    walk.dialog("propagate", ActionId.PROPAGATE)
    walk.dialog("attributes", ActionId.ATTRIBUTES)
    walk.dialog("merge", ActionId.MERGE)
    walk.dialog("effort", ActionId.EFFORT)
    walk.dialog("shortcuts", ActionId.SHORTCUTS)
    walk.dialog("export", ActionId.EXPORT)
    walk.dialog("go-to-frame", ActionId.GO_TO_FRAME)


def _second_page(dialog: QWidget) -> None:
    if isinstance(dialog, PreferencesDialog):
        dialog.pages.setCurrentIndex(PreferencesPage.TRACKING)


def _third_page(dialog: QWidget) -> None:
    if isinstance(dialog, PreferencesDialog):
        dialog.pages.setCurrentIndex(PreferencesPage.STOPPING)


def _fourth_page(dialog: QWidget) -> None:
    if isinstance(dialog, PreferencesDialog):
        dialog.pages.setCurrentIndex(PreferencesPage.ADDITIONS)


def main() -> int:
    """Parse arguments; start a display and a home of its own, then the window in them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", default="1280x800")
    parser.add_argument("--fake", action="store_true", help="a fake tracker, to look at the window alone")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    width, height = map(int, arguments.size.split("x"))
    if arguments.inside:
        arguments.folder.mkdir(parents=True, exist_ok=True)
        take_pictures(arguments.folder.resolve(), width, height, fake=arguments.fake)
        return 0
    scale = float(os.environ.get("QT_SCALE_FACTOR", "1"))
    with (
        virtual_display(round(width * scale), round(height * scale)) as display,
        tempfile.TemporaryDirectory(prefix="dimple-home-") as home,
    ):
        environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "HOME": home}
        for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            environment[name] = home
        command = [sys.executable, __file__, "--inside", *sys.argv[1:]]
        return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603  # itself


if __name__ == "__main__":
    sys.exit(main())

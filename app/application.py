"""Composition root of the window: logging, crash handling, settings, threads, window. Nothing here loads torch."""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QMessageBox

from app.crash_report import CRASH_FILE, take_crash_report
from app.cycle_collector import CycleCollector
from app.media.frame_loader import FrameLoader
from app.media.open_source import open_source
from app.qt_environment import drop_opencv_plugin_path
from app.session.tracker_factory import dimp_together, dimp_trackers
from app.session.tracker_protocol import MakeTracker, OpenSource
from app.session.tracker_thread import TrackerThread
from app.settings import APPLICATION_NAME, Settings, log_folder
from app.views.actions import KeyGuard
from app.views.crash_report_dialog import CrashReportDialog
from app.views.language import install_language
from app.views.main_window import MainWindow
from app.views.theme import Theme

_LOG_BYTES = 1_000_000
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Program:
    """What must stay alive while the window does.

    Attributes:
        window: The window.
        theme: Its look.
        key_guard: Keeps single keys out of text fields.
        tracker: The tracker's thread; the window ends it.
        collector: Frees reference cycles, in the window's thread.
    """

    window: MainWindow
    theme: Theme
    key_guard: KeyGuard
    tracker: TrackerThread
    collector: CycleCollector


class LoadedModel(QObject):
    """Carries the news of a loaded model from the tracker's thread to the window's."""

    told = Signal(str, str)
    """Name of the model, and the device it computes on."""


_SWITCH_SECONDS = 0.0005
"""The window's thread wants Python's lock again after every call into Qt, some hundred times a turn: each time it waits
that long for a thread that computes in Python. Python's own 0.005 make a turn of 5 ms one of 400."""


def make_application() -> QApplication:
    """The QApplication, made where OpenCV's wheel cannot send Qt to the wrong plug-ins."""
    sys.setswitchinterval(_SWITCH_SECONDS)
    drop_opencv_plugin_path()
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    application.setApplicationName(APPLICATION_NAME)
    application.setApplicationDisplayName(APPLICATION_NAME)
    return application


def build_window(
    settings: Settings,
    make_tracker: MakeTracker | None = None,
    make_loader: Callable[[], FrameLoader] = FrameLoader,
    open_pictures: OpenSource = open_source,
) -> Program:
    """Everything behind the window, put together.

    Args:
        settings: The person's.
        make_tracker: Makes the trackers; DiMP where None, which loads torch with the first run.
        make_loader: Makes a FrameLoader for each project.
        open_pictures: Gives the tracker the pictures of a Sequence.
    """
    application = make_application()
    install_language(application, settings.language)
    theme = Theme(application, settings.theme)
    loaded = LoadedModel(application)
    if make_tracker is None:
        tracker = TrackerThread(open_pictures, dimp_trackers(loaded.told.emit), dimp_together)
    else:
        tracker = TrackerThread(open_pictures, make_tracker)
    window = MainWindow(settings, theme, tracker, make_loader)
    loaded.told.connect(window.view_controls.model_loaded)
    collector = CycleCollector(window)
    loaded.told.connect(collector.spare_what_is_there)
    return Program(window, theme, KeyGuard(application), tracker, collector)


def run(path: Path | None, *, sample: bool = False) -> int:
    """Show the window until the person closes it.

    Args:
        path: Video, image folder or project to open; None for the start page.
        sample: Whether to open the sample clip.

    Returns:
        The process's exit code.
    """
    log_file = start_logging()
    report = take_crash_report(log_file.parent)
    with log_file.with_name(CRASH_FILE).open("a", encoding="utf-8") as crashes:
        faulthandler.enable(crashes)
        application = make_application()
        reporter = CrashReporter(log_file)
        reporter.install()
        program = build_window(Settings())
        program.collector.spare_what_is_there()
        program.window.show()
        if report:
            CrashReportDialog(report, log_file.parent, program.window).open()
        if sample:
            program.window.open_sample()
        elif path is not None:
            program.window.open_path(path)
        code = application.exec()
        faulthandler.disable()
        if not program.tracker.shutdown():
            logging.shutdown()
            os._exit(code or 1)  # everything is saved, and a stuck thread cannot be ended otherwise
    return code


def start_logging() -> Path:
    """Log to a file in the person's log folder, a few megabytes at most; returns the file."""
    folder = log_folder()
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "dimple.log"
    handler = logging.handlers.RotatingFileHandler(file, maxBytes=_LOG_BYTES, backupCount=2, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return file


class CrashReporter(QObject):
    """Takes exceptions that nobody expected, in any thread: logs them, tells the person once, and goes on.

    Args:
        log_file: Named to the person.
    """

    _crashed = Signal(str)

    def __init__(self, log_file: Path) -> None:
        super().__init__()
        self._log_file = log_file
        self._telling = False
        self._crashed.connect(self._tell)

    def install(self) -> None:
        """Take over Python's hooks."""
        sys.excepthook = self._take
        threading.excepthook = self._take_from_thread

    def _take(self, kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, traceback)
            QApplication.exit(130)
            return
        _log.critical("unexpected error", exc_info=(kind, error, traceback))
        self._crashed.emit(f"{kind.__name__}: {error}")

    def _take_from_thread(self, arguments: threading.ExceptHookArgs) -> None:
        error = arguments.exc_value
        if error is not None:
            self._take(arguments.exc_type, error, arguments.exc_traceback)

    def _tell(self, text: str) -> None:
        if self._telling:
            return
        self._telling = True
        QMessageBox.critical(
            QApplication.activeWindow(),
            APPLICATION_NAME,
            self.tr(
                "Something went wrong inside DiMPLE ({0}). Your work is saved and you can go on; "
                "please send the log file: {1}"
            ).format(text, self._log_file),
        )
        self._telling = False

"""The program starts without torch, with the right Qt plug-ins, and tells of its own bugs."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from app import qt_environment
from app.application import CrashReporter, make_application, start_logging

ROOT = Path(__file__).resolve().parents[1]

BUILD = """
from app.application import build_window
from app.settings import Settings
program = build_window(Settings())
program.window.show()
"""


def run_python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


@contextlib.contextmanager
def x_server() -> Iterator[str]:
    assert shutil.which("Xvfb"), "Xvfb is missing: apt-get install xvfb"
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[write_end],
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    try:
        with os.fdopen(read_end) as answer:
            yield ":" + answer.readline().strip()
    finally:
        server.terminate()
        server.wait(timeout=20)


def test_a_window_is_built_and_shown_without_torch() -> None:
    done = run_python(
        BUILD
        + """
import sys
print("visible", program.window.isVisible(), "torch" in sys.modules, "torchvision" in sys.modules)
program.window.close()
"""
    )
    assert done.stdout.split() == ["visible", "True", "False", "False"], done.stderr
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("first", ["import cv2", "import PySide6.QtWidgets", "import PySide6.QtWidgets, cv2"])
def test_opencv_does_not_send_qt_to_its_own_plug_ins(first: str) -> None:
    with x_server() as display:
        done = run_python(
            f"""
import os
{first}
import cv2
import pathlib
# what the wheel sets where it brings plug-ins along, whatever this version of it does
os.environ["QT_QPA_PLATFORM_PLUGIN_PATH"] = str(pathlib.Path(cv2.__file__).parent / "qt" / "plugins")
{BUILD}
from PySide6.QtGui import QGuiApplication
print(QGuiApplication.platformName(), program.window.isVisible(), os.environ.get("QT_QPA_PLATFORM_PLUGIN_PATH"))
program.window.close()
""",
            DISPLAY=display,
            QT_QPA_PLATFORM="xcb",
        )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["xcb", "True", "None"], (done.stdout, done.stderr)


def test_a_plug_in_path_of_the_persons_own_stays(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM_PLUGIN_PATH", str(tmp_path))
    qt_environment.drop_opencv_plugin_path()
    assert os.environ["QT_QPA_PLATFORM_PLUGIN_PATH"] == str(tmp_path)


@pytest.fixture
def log_file() -> Iterator[Path]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield start_logging()
    for handler in [it for it in root.handlers if it not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def test_a_bug_is_logged_and_told_once_from_any_thread(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, log_file: Path, private_home: Path
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "critical", lambda _parent, _title, text: told.append(text))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    reporter = CrashReporter(log_file)
    reporter.install()

    def fail() -> None:
        raise RuntimeError("nobody expected this")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(told) == 1)
    assert "nobody expected this" in told[0]
    assert str(log_file) in told[0]
    text = log_file.read_text(encoding="utf-8")
    assert "Traceback" in text
    assert "in fail" in text
    assert log_file.is_relative_to(private_home)
    sys.excepthook(ValueError, ValueError("in the window's own thread"), None)
    assert len(told) == 2


def test_run_opens_what_it_is_given_and_ends_with_its_window(private_home: Path) -> None:
    done = run_python(
        """
from PySide6.QtCore import QTimer
from app.application import make_application, run
application = make_application()
def look():
    opened = [it for it in application.topLevelWidgets() if getattr(it, "open_session", None) is not None]
    if not opened:
        return
    print(opened[0].windowTitle(), opened[0].open_session.session.track.name)
    timer.stop()
    opened[0].close()
timer = QTimer(interval=20)
timer.timeout.connect(look)
timer.start()
print(run(None, sample=True))
"""
    )
    assert done.stdout.split("\n")[:2] == ["opencv_box – DiMPLE biscuit box", "0"], done.stderr
    assert done.returncode == 0
    assert len(list(private_home.rglob("dimple.log"))) == 1


def test_a_thread_that_computes_lets_the_window_in_soon(qapp: QApplication) -> None:
    before = sys.getswitchinterval()
    try:
        sys.setswitchinterval(0.005)
        make_application()
        assert sys.getswitchinterval() <= 0.001
    finally:
        sys.setswitchinterval(before)

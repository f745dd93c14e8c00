"""A program that dies leaves a report, which the next start shows once, to be copied."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from app.crash_report import CRASH_FILE, take_crash_report
from app.views.crash_report_dialog import CrashReportDialog

ROOT = Path(__file__).resolve().parents[2]

_RUN = """
import ctypes, sys
from PySide6.QtCore import QTimer
from app.application import make_application, run
application = make_application()
def look():
    for widget in application.topLevelWidgets():
        if widget.isVisible() and type(widget).__name__ == "CrashReportDialog":
            print("told", widget._report.count("Segmentation fault"), flush=True)
            widget.close()
        elif widget.isVisible() and type(widget).__name__ == "MainWindow" and not application.activeModalWidget():
            if sys.argv[1] == "die":
                ctypes.string_at(0)
            timer.stop()
            widget.close()
timer = QTimer(interval=50)
timer.timeout.connect(look)
timer.start()
print("code", run(None), flush=True)
"""


def start(how: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _RUN, how], cwd=ROOT, capture_output=True, text=True, timeout=100, check=False
    )


@pytest.mark.skipif(sys.platform == "win32", reason="another way to die")
def test_a_crash_is_told_at_the_next_start_and_only_there(private_home):
    died = start("die")
    assert died.returncode == -signal.SIGSEGV, died.stderr
    assert start("close").stdout.split("\n")[:2] == ["told 1", "code 0"]
    (kept,) = private_home.rglob("crash-*.txt")
    assert take_crash_report(kept.parent) == ""


def test_what_ended_nothing_is_no_crash(tmp_path):
    assert take_crash_report(tmp_path) == ""
    (tmp_path / CRASH_FILE).write_text("")
    assert take_crash_report(tmp_path) == ""
    (tmp_path / CRASH_FILE).write_text("Windows fatal exception: code 0x8001010d\n\nThread 0x1:\n")
    assert take_crash_report(tmp_path) == ""


def test_the_report_has_the_trace_and_what_was_logged_before_and_old_ones_go(tmp_path):
    (tmp_path / "dimple.log").write_text("\n".join(f"line {number}" for number in range(200)))
    for second in range(8):
        (tmp_path / CRASH_FILE).write_text("Fatal Python error: Aborted\n\nThread 0x1 (most recent call first):\n")
        os.utime(tmp_path / CRASH_FILE, (1e9 + second, 1e9 + second))
        report = take_crash_report(tmp_path)
    assert "Fatal Python error: Aborted" in report
    assert "line 199" in report
    assert "line 100" not in report
    assert "torch" in report
    assert take_crash_report(tmp_path) == ""
    assert len(list(tmp_path.glob("crash-*.txt"))) == 5


def test_the_report_can_be_read_and_copied(qtbot, tmp_path):
    dialog = CrashReportDialog("Fatal Python error: Aborted", tmp_path)
    dialog.show()
    assert dialog.findChild(QPlainTextEdit).toPlainText() == "Fatal Python error: Aborted"
    next(it for it in dialog.findChildren(QPushButton) if it.text() == "Copy report").click()
    assert QGuiApplication.clipboard().text() == "Fatal Python error: Aborted"
    dialog.close()

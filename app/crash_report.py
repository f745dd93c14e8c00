"""What a program that died left to be read: kept on this machine, shown at the next start, sent nowhere. No Qt."""

from __future__ import annotations

import contextlib
import platform
import sys
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

CRASH_FILE = "crash.log"
"""In the log folder; ``faulthandler`` writes it as the program dies, and it is empty otherwise."""

_SIGNS = ("Fatal Python error", "Windows fatal exception: access violation", "Windows fatal exception: stack overflow")
"""On Windows other exceptions are noted there, too, that end nothing."""

_LOG_LINES = 60
_MOST = 200_000
_KEPT = 5
_LIBRARIES = ("PySide6-Essentials", "torch", "numpy", "av", "opencv-python", "onnxruntime")


def take_crash_report(folder: Path) -> str:
    """The report of a crash since the last call; empty where there was none. The file is put aside.

    Args:
        folder: Of the logs.
    """
    crashes = folder / CRASH_FILE
    try:
        with crashes.open("rb") as file:
            traces = file.read(_MOST).decode(errors="replace")
        when = datetime.fromtimestamp(crashes.stat().st_mtime).astimezone()
    except OSError:
        return ""
    if not any(sign in traces for sign in _SIGNS):
        return ""
    report = "\n".join(
        [
            f"DiMPLE ended by itself at {when:%Y-%m-%d %H:%M}.",
            f"Python {platform.python_version()} on {platform.platform()}, {_versions()}",
            "",
            traces.strip(),
            "",
            "The last lines of the log before:",
            *_last_lines(folder / "dimple.log"),
        ]
    )
    _put_aside(crashes, folder / f"crash-{when:%Y-%m-%d-%H%M%S}.txt", report)
    return report


def _put_aside(crashes: Path, kept: Path, report: str) -> None:
    with contextlib.suppress(OSError):
        kept.write_text(report, encoding="utf-8")
        for old in sorted(kept.parent.glob("crash-*.txt"))[:-_KEPT]:
            old.unlink()
    # shown once, whatever came of keeping it
    with contextlib.suppress(OSError):
        crashes.unlink()


def _last_lines(log: Path) -> list[str]:
    try:
        return log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LOG_LINES:]
    except OSError:
        return ["(no log)"]


def _versions() -> str:
    found = []
    for name in _LIBRARIES:
        with contextlib.suppress(PackageNotFoundError):
            found.append(f"{name} {version(name)}")
    return ", ".join(found) or sys.executable

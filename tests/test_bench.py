"""``python -m bench`` on a machine without a display."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def run(*arguments: str, timeout: float = 60) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }
    return subprocess.run(
        [sys.executable, "-m", "bench", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout,
    )


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
def test_a_benchmark_of_the_window_needs_no_display() -> None:
    done = run("timeline")
    assert done.returncode == 0, done.stderr
    assert "painted in" in done.stdout


def test_an_unknown_name_is_refused() -> None:
    done = run("nothing")
    assert done.returncode == 2
    assert "no benchmark named nothing" in done.stderr

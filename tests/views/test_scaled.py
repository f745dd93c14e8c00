"""Every dialog on screens of one and a half and of twice the scale, which Qt takes on only as it starts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FILES = ("test_every_dialog.py", "test_command_palette.py", "test_arrangement.py")


@pytest.mark.slow
@pytest.mark.parametrize("scale", ["1.5", "2"])
def test_nothing_is_cut_off_on_a_scaled_screen(scale: str, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", f"--basetemp={tmp_path}", *(str(HERE / name) for name in FILES)],
        env={**os.environ, "QT_SCALE_FACTOR": scale},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-4000:]

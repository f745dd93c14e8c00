from __future__ import annotations

import subprocess
import sys


def test_threads_sleep_and_torch_is_not_loaded_before():
    script = (
        "import os, sys\n"
        "os.environ.pop('OMP_WAIT_POLICY', None)\n"
        "from tracker.training.command import main\n"
        "from tracker.training.process_setup import prepare_process\n"
        "assert 'torch' not in sys.modules\n"
        "prepare_process()\n"
        "assert os.environ['OMP_WAIT_POLICY'] == 'passive'\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)  # our own interpreter


def test_the_command_says_what_is_wrong_and_fails():
    command = [sys.executable, "-m", "tracker.training", "--config", "nothing"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert "nothing.toml" in done.stderr
    assert "Traceback" not in done.stderr

from __future__ import annotations

import io
import subprocess
import sys

from tracker.training.progress import Progress


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


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_gets_a_bar_and_a_file_does_not(monkeypatch):
    terminal, file = Terminal(), io.StringIO()
    for output in (terminal, file):
        monkeypatch.setattr("sys.stdout", output)
        progress = Progress(silent=False)
        progress.show(15, 60, 2.0)
        progress.say("validated")
    assert "15/60" in terminal.getvalue()
    assert "2 min left" in terminal.getvalue()
    assert file.getvalue() == "validated\n"


def test_only_the_first_process_speaks(capsys):
    Progress(silent=True).say("anything")
    assert capsys.readouterr().out == ""

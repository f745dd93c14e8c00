"""The soak in its short form, and that it would see what it looks for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bench.soak.footprint import Footprint, growth

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_some_minutes_of_labelling_go_well():
    command = [sys.executable, "-m", "bench.soak", "--hours", "0.2", "--minutes", "3"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "undos and redos gave the project of then" in done.stdout
    assert "Warnings of Qt: none." in done.stdout


def day(megabytes=lambda hour: 300.0, files=lambda hour: 10, threads=lambda hour: 5):
    hours = [it / 4 for it in range(1, 33)]
    return growth([Footprint(it, megabytes(it), files(it), threads(it)) for it in hours])


def test_a_flat_day_is_flat():
    assert day().is_flat
    assert day(megabytes=lambda hour: 300 + 10 * (hour % 1)).is_flat
    assert day(megabytes=lambda hour: min(300 + 100 * hour, 400)).is_flat, "caches fill in the first quarter"


def test_what_grows_is_seen():
    assert not day(megabytes=lambda hour: 300 + 14 * hour).is_flat
    assert not day(files=lambda hour: 10 + int(hour)).is_flat
    assert not day(threads=lambda hour: 5 + int(hour)).is_flat

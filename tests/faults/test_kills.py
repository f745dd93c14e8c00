"""The kill harness in its short form, and that it would see a loss."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.document.model import Keyframe
from bench.faults.comparison import difference
from bench.faults.starting_project import starting_project
from tracker.geometry import BoundingBox

ROOT = Path(__file__).resolve().parents[2]


def kill(count: int, seed: int) -> subprocess.CompletedProcess[str]:
    # a process of its own: it forks, which one with threads must not
    command = [sys.executable, "-m", "bench.faults", "--kills", str(count), "--seed", str(seed)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.timeout(300)
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("count", [6, pytest.param(70, marks=[pytest.mark.slow, pytest.mark.timeout(2400)])])
def test_killed_programs_lose_nothing(count):
    done = kill(count, 1000 * count)
    assert done.returncode == 0, done.stderr
    assert f"{count} kills" in done.stdout


def test_a_project_between_two_states_is_told_from_one_beside_them():
    before, after, found = starting_project(), starting_project(), starting_project()
    after.sequences[2].tracks[2].keyframes[5] = Keyframe(BoundingBox(1, 2, 3, 4))
    after.sequences[2].tracks[2].keyframes[6] = Keyframe(None)
    assert not difference(found, before, after, partly=False)
    found.sequences[2].tracks[2].keyframes[5] = Keyframe(BoundingBox(1, 2, 3, 4))
    assert not difference(found, before, after, partly=True)
    assert "neither before nor after" in difference(found, before, after, partly=False)
    found.sequences[2].tracks[2].keyframes[5] = Keyframe(BoundingBox(1, 2, 3, 5))
    assert "track 2 frame 5" in difference(found, before, after, partly=True)
    lost = replace(starting_project(), categories={})
    assert "more than frames" in difference(lost, before, after, partly=True)

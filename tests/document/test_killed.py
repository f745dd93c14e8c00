"""SIGKILL at random moments: every acknowledged edit is there, undone things stay undone, the lock is gone."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.document.document import open_project
from app.document.project_file import read_project
from app.errors import AppError

# Sets keyframes with rising x, takes some back, tracks boxes; after each edit it says what the file must hold at least.
_EDITOR = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from document_fixtures import key, new_document, tracked
from app.document.commands import SetKeyframe
application = QCoreApplication([])
document, track = new_document(Path(sys.argv[1]))
frame = 0
while True:
    frame = frame % 98 + 1
    count = time.monotonic()
    document.push(SetKeyframe(document, track, frame, key(count)))
    print("keyframe", frame, count, flush=True)
    document.undo_stack.undo()
    print("undone", frame, flush=True)
    document.undo_stack.redo()
    print("keyframe", frame, count, flush=True)
    document.apply_tracked(track, frame, tracked(count))
    print("box", frame, count, flush=True)
    if frame % 3 == 0:
        time.sleep(0.001)
    application.processEvents()
"""


def start(path: Path) -> subprocess.Popen[str]:
    places = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]
    code = f"import sys; sys.path[:0] = {places!r}\n{_EDITOR}"
    return subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("seed", range(3))
def test_a_killed_program_loses_no_edit(tmp_path, qapp, seed):
    path = tmp_path / "p.dimple"
    process = start(path)
    assert process.stdout is not None
    acknowledged = [process.stdout.readline().split()]
    time.sleep(0.3 + random.Random(seed).random() * 0.3)  # any moment will do
    with pytest.raises(AppError, match="already open in another DiMPLE"):
        open_project(path)
    process.send_signal(signal.SIGKILL)
    rest = process.stdout.read()
    acknowledged += [line.split() for line in rest.splitlines(keepends=True) if line.endswith("\n")]
    process.stdout.close()
    assert process.wait() == -signal.SIGKILL
    assert len(acknowledged) > 100

    loaded = read_project(path).project
    document = open_project(path)
    assert document.project == loaded
    track = document.track(1)
    expected = {}
    for kind, frame, *number in acknowledged:
        if kind == "keyframe":
            expected[int(frame)] = float(number[0])
        elif kind == "undone" and frame in {it[1] for it in acknowledged[: acknowledged.index([kind, frame])]}:
            expected.pop(int(frame), None)
    latest = int(acknowledged[-1][1])
    in_flight = {latest, latest % 98 + 1}  # the edit after the last acknowledged one may have happened or not
    for frame, x in expected.items():
        if frame not in in_flight:
            assert track.keyframes[frame].box.x == x
    boxes = [(int(frame), float(number[0])) for kind, frame, *number in acknowledged if kind == "box"]
    # each command writes the boxes that came before it
    for frame, x in boxes[-98:-1]:
        if frame not in in_flight:
            assert track.boxes.get(frame).box.x == x
    document.close()
    assert [it.name for it in tmp_path.iterdir()] == ["p.dimple"]


_TRACKER = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from document_fixtures import new_document, tracked
application = QCoreApplication([])
document, track = new_document(Path(sys.argv[1]))
numbers = iter(range(1, 10**9))
def step():
    frame = next(numbers)
    document.apply_tracked(track, frame % 100, tracked(frame))
    print(frame, time.monotonic(), flush=True)
timer = QTimer(interval=1)
timer.timeout.connect(step)
timer.start()
application.exec()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_killed_run_loses_at_most_the_last_batch(tmp_path, qapp, monkeypatch):
    monkeypatch.setattr(sys.modules[__name__], "_EDITOR", _TRACKER)
    process = start(tmp_path / "p.dimple")
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(1.0)
    process.send_signal(signal.SIGKILL)
    lines = [line.split() for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    process.stdout.close()
    process.wait()
    end = float(lines[-1][1])
    # the timer of a loaded machine is late at times
    safe = max(int(frame) for frame, moment in lines if float(moment) < end - 0.25 - 0.25)
    boxes = read_project(tmp_path / "p.dimple").project.track(1).boxes
    assert max(tracked.box.x for _, tracked in boxes.items()) >= safe

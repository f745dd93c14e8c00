"""Closed documents go quietly, whenever Python's collector takes them."""

from __future__ import annotations

import subprocess
import sys
import weakref
from pathlib import Path

from document_fixtures import key, new_document

from app.document.commands import SetKeyframe

# In a process of its own, since what it guards against is a crash: commands and document held each other.
_MANY = """
import gc, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from document_fixtures import key, new_document
from app.document.commands import RemoveTrack, SetKeyframe
application = QCoreApplication([])
for number in range(30):
    document, track = new_document(Path(sys.argv[1]) / f"{number}.dimple")
    for frame in range(1, 20):
        document.push(SetKeyframe(document, track, frame, key()))
    document.push(RemoveTrack(document, track))
    document.undo_stack.undo()
    document.undo_stack.undo()
    document.close()
    if number % 7 == 0:
        gc.collect()
print("alive")
"""


def test_many_documents_one_after_the_other(tmp_path):
    places = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]
    code = f"import sys; sys.path[:0] = {places!r}\n{_MANY}"
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "alive\n", "")


def test_a_closed_document_goes_with_all_its_boxes_without_the_collector(tmp_path, qapp):
    document, track = new_document(tmp_path / "p.dimple")
    document.push(SetKeyframe(document, track, 3, key()))
    gone = weakref.ref(document)
    document.close()
    del document
    assert gone() is None

"""The program in a process of its own, to be killed: it opens a video, draws a box and propagates (fake tracker).

Says on standard output what is in the document: ``ready``, then the number of tracked boxes now and then.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from app.application import Program, build_window, make_application
from app.document.commands import AddCategory
from app.session.fake_tracker import FakeTracker, FakeTrackerScript
from app.session.messages import NEVER_STOP
from app.session.run_state import Direction
from app.settings import Settings
from tracker.geometry import BoundingBox

FIRST_BOX = BoundingBox(20, 30, 40, 50)
_SCRIPT = FakeTrackerScript(delay=0.005)


class Labelling(QObject):
    """Waits for the video, draws, propagates, reports."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self._program = program
        self._begun = False
        self._timer = QTimer(self, interval=20)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        opened = self._program.window.open_session
        if opened is None or opened.session.sequence is None:
            return
        session = opened.session
        if not self._begun:
            self._begun = True
            category = AddCategory(session.document, "thing")
            session.document.push(category)
            session.create_track(FIRST_BOX, category.category_id, "kept")
            print("ready", flush=True)
            session.rules = NEVER_STOP  # the box leaves the small picture long before the kill
            session.propagate(Direction.FORWARD)
        elif session.track is not None:
            print(len(session.track.boxes), flush=True)


def main() -> None:
    """Open the path given and work until killed."""
    application = make_application()
    program = build_window(Settings(), lambda choice: FakeTracker(_SCRIPT, choice=choice))
    program.window.show()
    program.window.open_path(Path(sys.argv[1]))
    labelling = Labelling(program)
    application.exec()
    del labelling


if __name__ == "__main__":
    main()

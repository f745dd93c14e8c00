"""Copies of projects that a dialog made, taken apart beside the window once nobody needs them."""

from __future__ import annotations

from PySide6.QtCore import QThreadPool

from app.document.model import Project


def let_go(*projects: Project) -> None:
    """Take all Tracks out of these; nobody may look at them any more.

    With the last one who refers to it a project goes in one piece, and with thousands of Tracks that takes a tenth of a
    second of whoever it was. Track by Track it leaves room for the window in between.
    """
    # those without Tracks may go on to live elsewhere: new Sequences of an import do
    all_tracks = [it.tracks for project in projects for it in project.sequences.values() if it.tracks]

    def work() -> None:
        for tracks in all_tracks:
            while tracks:
                tracks.popitem()

    QThreadPool.globalInstance().start(work)

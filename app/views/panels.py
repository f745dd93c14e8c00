"""The widgets a Session is shown in, handed about as one."""

from __future__ import annotations

from dataclasses import dataclass

from app.views.actions import Actions
from app.views.inspector import Inspector
from app.views.memory_panel import MemoryPanel
from app.views.review_panel import ReviewPanel
from app.views.sequence_list import SequenceList
from app.views.time_panel import TimePanel
from app.views.track_list import TrackList
from app.views.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Panels:
    """The widgets a Session is shown in.

    Attributes:
        actions: The window's.
        workspace: Picture, banner, strip.
        time: Transport, curve, timeline.
        tracks: The Tracks dock.
        inspector: The Inspector dock.
        review: The Review dock.
        memory: The Memory dock.
        sequences: The Sequences dock.
    """

    actions: Actions
    workspace: Workspace
    time: TimePanel
    tracks: TrackList
    inspector: Inspector
    review: ReviewPanel
    memory: MemoryPanel
    sequences: SequenceList

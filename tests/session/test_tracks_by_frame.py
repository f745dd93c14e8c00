"""Which Tracks may show something on a frame is known without asking each of them, whatever is done to them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtGui import QUndoCommand
from pytestqt.qtbot import QtBot

from app.document.commands import (
    AddCategory,
    AddTrack,
    DeleteKeyframe,
    MoveInOrder,
    RemoveTrack,
    RenumberTrack,
    SetKeyframe,
)
from app.document.document import Document, create_project
from app.document.import_command import ImportTracks
from app.document.model import Keyframe, Keyframes, Sequence, Source, Track
from app.document.tracked_boxes import TrackedBox
from app.errors import AppError
from app.session.screen import Screen
from app.session.tracks_by_frame import TracksByFrame
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

FRAMES = 60
BOX = BoundingBox(1, 2, 30, 40)


@pytest.fixture
def document(qtbot: QtBot, tmp_path: Path) -> Iterator[Document]:
    document = create_project(tmp_path / "p.dimple")
    document.add_sequence(tmp_path / "v.mp4", "v", FRAMES, 640, 480, 25.0)
    document.push(AddCategory(document, "sheep"))
    yield document
    document.close()


def shown(sequence: Sequence, frame: int) -> list[int]:
    return [it.id for it in sequence.painted() if it.shown_at(frame)[0] is not Source.NOTHING]


def change(document: Document, sequence: Sequence, chance: random.Random) -> None:
    """One of all that may change where a Track is seen."""
    frame, new = chance.randrange(FRAMES), document.last_ids.track + 3
    add = partial(AddTrack, document, sequence.id, "", 1, frame, Keyframe(BOX))
    track = chance.choice([*sequence.tracks.values(), None])
    if track is None:
        document.push(add())
        return
    kinds: list[Callable[[], QUndoCommand]] = [
        add,
        partial(RemoveTrack, document, track.id),
        partial(SetKeyframe, document, track.id, frame, Keyframe(BOX)),
        partial(DeleteKeyframe, document, track.id, chance.choice([*track.keyframes, 0])),
        partial(MoveInOrder, document, track.id, chance.choice((-1, 1))),
        partial(RenumberTrack, document, track.id, new),
    ]
    kind = chance.randrange(len(kinds) + 2)
    if kind == len(kinds):
        document.apply_tracked(track.id, frame, TrackedBox(BOX, 0.5, TrackStatus.FOUND))
    elif kind > len(kinds):
        chance.choice((document.undo_stack.undo, document.undo_stack.undo, document.undo_stack.redo))()
    else:
        with suppress(KeyError, AppError):
            document.push(kinds[kind]())


@pytest.mark.parametrize("seed", range(4))
def test_those_that_show_something_are_found_in_the_order_of_painting(document: Document, seed: int) -> None:
    sequence = document.project.sequences[1]
    found = TracksByFrame(document, cast("Screen", SimpleNamespace(sequence=sequence)))
    chance = random.Random(seed)
    for _ in range(120):
        change(document, sequence, chance)
        for frame in chance.sample(range(FRAMES), 3):
            tracks = found.on(frame)
            assert all(sequence.tracks[it.id] is it for it in tracks)
            places = [it.id for it in sequence.painted()]
            assert [it.id for it in tracks] == [it for it in places if it in {track.id for track in tracks}]
            assert set(shown(sequence, frame)) <= {it.id for it in tracks}


def test_of_thousands_only_those_near_the_frame_are_looked_at(document: Document) -> None:
    sequence = document.project.sequences[1]
    tracks = [
        (1, Track(number, "", 1, Keyframes({number % FRAMES: Keyframe(BOX)}))) for number in range(1, 20 * FRAMES + 1)
    ]
    found = TracksByFrame(document, cast("Screen", SimpleNamespace(sequence=sequence)))
    assert found.on(7) == []
    document.push(ImportTracks(document, [], [], tracks))
    assert [it.id for it in found.on(7)] == [7 + FRAMES * turn for turn in range(20)]
    document.undo_stack.undo()
    assert found.on(7) == []


def test_without_a_sequence_there_are_none(document: Document) -> None:
    assert TracksByFrame(document, cast("Screen", SimpleNamespace(sequence=None))).on(0) == []

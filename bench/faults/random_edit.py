"""One random command, chosen by chance and by what there is."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from app.document import commands
from app.document.attributes import AttributeKind
from app.document.document import Document
from app.document.model import Gap, Keyframe, Sequence, SequenceState
from app.errors import AppError
from bench.faults.blank_source import FRAMES, HEIGHT, WIDTH
from bench.faults.starting_project import LONG_TRACK
from tracker.geometry import BoundingBox

_MAX_TRACKS = 12


def random_edit(document: Document, sequence_id: int, chance: random.Random) -> None:
    """Push one command; nothing where what was drawn cannot be done."""
    sequence = document.project.sequences[sequence_id]
    if len(sequence.tracks) > _MAX_TRACKS:
        document.push(commands.RemoveTrack(document, chance.choice(list(sequence.tracks))))
        return
    offered = _of_tracks(document, sequence, chance) if sequence.tracks else []
    offered += _of_the_project(document, sequence, chance)
    with contextlib.suppress(AppError):
        document.push(chance.choice(offered)())


def random_box(chance: random.Random) -> BoundingBox:
    """A box inside the picture."""
    width, height = chance.randrange(10, 200), chance.randrange(10, 200)
    return BoundingBox(chance.uniform(0, WIDTH - width), chance.uniform(0, HEIGHT - height), width, height)


def _random_keyframe(chance: random.Random) -> Keyframe:
    if chance.random() < 0.1:
        return Keyframe(None)
    return Keyframe(random_box(chance), chance.random() < 0.2, chance.choice([1.0, 0.5]))


def _of_tracks(document: Document, sequence: Sequence, chance: random.Random) -> list[Callable[[], QUndoCommand]]:
    track_id, other_id = chance.choice(list(sequence.tracks)), chance.choice(list(sequence.tracks))
    track = document.track(track_id)
    frame = chance.randrange(FRAMES)
    set_frames = list(track.keyframes) or [0]
    tracked = track.boxes.frames().tolist()
    keyframe = chance.choice(set_frames)
    offered: list[Callable[[], QUndoCommand]] = [
        lambda: commands.SetKeyframe(document, track_id, frame, _random_keyframe(chance)),
        lambda: commands.SetKeyframe(document, track_id, frame, _random_keyframe(chance)),
        lambda: commands.RenameTrack(document, track_id, f"name {chance.randrange(100)}"),
        lambda: commands.SetTrackCategory(document, track_id, chance.choice(list(document.project.categories))),
        lambda: commands.MoveInOrder(document, track_id, chance.choice([-1, 1])),
        lambda: commands.SetLearning(document, track_id, frame, learns=chance.random() < 0.5),
        lambda: commands.DuplicateTrack(document, track_id),
        lambda: commands.SplitTrack(document, track_id, frame),
        lambda: commands.SwapTracks(document, track_id, other_id, frame),
        lambda: commands.MergeTracks(document, track_id, other_id, other_wins=chance.random() < 0.5),
        lambda: commands.CopyBox(document, track_id, keyframe, 20),
        lambda: commands.SetGap(document, track_id, keyframe, chance.choice(list(Gap))),
        lambda: commands.DeleteFrom(document, track_id, frame),
    ]
    if track.keyframes:
        offered.append(lambda: commands.DeleteKeyframe(document, track_id, keyframe))
    if tracked:
        offered.append(lambda: commands.AcceptBoxes(document, track_id, chance.sample(tracked, 1)))
    plain = [it for it in document.project.attributes.values() if not it.per_frame]
    if plain:
        offered.append(lambda: commands.SetTrackValue(document, track_id, plain[0].id, chance.random()))
    return offered


def _of_the_project(document: Document, sequence: Sequence, chance: random.Random) -> list[Callable[[], QUndoCommand]]:
    box, frame = _random_keyframe(chance), chance.randrange(FRAMES)
    offered: list[Callable[[], QUndoCommand]] = [
        lambda: commands.AddTrack(document, sequence.id, "new", 1, frame, box),
        lambda: commands.SetBookmark(document, sequence.id, frame, f"look {frame}"),
        lambda: commands.SetSequenceNote(document, sequence.id, f"note {frame}"),
        lambda: commands.SetSequenceState(document, sequence.id, chance.choice(list(SequenceState))),
        lambda: commands.AddCategory(document, f"category {document.new_category_id()}"),
        lambda: commands.DefineAttribute(
            document, f"attribute {document.new_attribute_id()}", AttributeKind.NUMBER, per_frame=False
        ),
    ]
    if any(LONG_TRACK in it.tracks for it in document.project.sequences.values()):
        # many rows at once: a kill finds these half done
        middle = chance.randrange(2_000, 18_000)
        offered += [
            lambda: commands.DeleteFrom(document, LONG_TRACK, middle),
            lambda: commands.SplitTrack(document, LONG_TRACK, middle),
            lambda: commands.RemoveTrack(document, LONG_TRACK),
        ]
    return offered

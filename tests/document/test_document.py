"""Commands, signals and undo of the Document."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest
from document_fixtures import FRAMES, key, new_document, tracked
from pytestqt.qtbot import QtBot

from app.document.attributes import AttributeKind
from app.document.commands import (
    AddCategory,
    AddTrack,
    ApplyPropagation,
    ChangeAttribute,
    DefineAttribute,
    DeleteKeyframe,
    RemoveAttribute,
    RemoveTrack,
    RenameCategory,
    RenameTrack,
    SetFrameValue,
    SetKeyframe,
    SetTrackCategory,
    SetTrackValue,
)
from app.document.document import Document, open_project
from app.document.model import Keyframe
from app.document.tracked_boxes import TrackedBox, TrackedBoxes
from app.errors import AppError
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus


@pytest.fixture
def opened(tmp_path, qapp):
    document, track_id = new_document(tmp_path / "p.dimple")
    yield document, track_id
    document.close()


def heard(document: Document) -> list[tuple]:
    """Every signal from now on, as (name, arguments...)."""
    calls: list[tuple] = []
    for name in (
        "sequence_added",
        "tracks_added",
        "tracks_removed",
        "tracks_changed",
        "keyframes_changed",
        "boxes_changed",
        "category_added",
        "category_changed",
        "attribute_changed",
        "storage_failed",
    ):
        getattr(document, name).connect(lambda *arguments, name=name: calls.append((name, *arguments)))
    return calls


def edits(document: Document, track_id: int):
    """One of each command with the signals of doing and undoing it."""
    spare = AddCategory(document, "spare")
    document.push(spare)
    defined = DefineAttribute(document, "seen", AttributeKind.FLAG, per_frame=True)
    yield defined, [("attribute_changed", defined.attribute_id)], [("attribute_changed", defined.attribute_id)]
    defined = DefineAttribute(document, "seen", AttributeKind.FLAG, per_frame=True)
    document.push(defined)
    colour = DefineAttribute(document, "colour", AttributeKind.TEXT)
    document.push(colour)
    # it holds from there on
    keys = [("keyframes_changed", track_id, 0, FRAMES - 1)]
    yield SetFrameValue(document, track_id, 0, defined.attribute_id, True), keys, keys
    track = [("tracks_changed", (track_id,))]
    yield SetTrackValue(document, track_id, colour.attribute_id, "red"), track, track
    changed = [("attribute_changed", colour.attribute_id)]
    renamed = replace(document.project.attributes[colour.attribute_id], name="shade")
    yield ChangeAttribute(document, renamed), changed, changed
    yield RemoveAttribute(document, colour.attribute_id), changed, changed
    run = TrackedBoxes()
    run.set(5, tracked())
    added = AddTrack(document, 1, "second", 1, 3, key())
    yield added, [("tracks_added", (added.track_id,))], [("tracks_removed", (added.track_id,))]
    yield RemoveTrack(document, track_id), [("tracks_removed", (track_id,))], [("tracks_added", (track_id,))]
    yield RenameTrack(document, track_id, "other"), [("tracks_changed", (track_id,))], [("tracks_changed", (track_id,))]
    recategorised = SetTrackCategory(document, track_id, spare.category_id)
    yield recategorised, [("tracks_changed", (track_id,))], [("tracks_changed", (track_id,))]
    category = AddCategory(document, "third")
    yield category, [("category_added", category.category_id)], [("category_changed", category.category_id)]
    yield RenameCategory(document, 1, "mug"), [("category_changed", 1)], [("category_changed", 1)]
    keys = [("keyframes_changed", track_id, 7, 7)]
    yield SetKeyframe(document, track_id, 7, key(50)), keys, keys
    keys = [("keyframes_changed", track_id, 0, 0)]
    yield DeleteKeyframe(document, track_id, 0), keys, keys
    boxes = [("boxes_changed", track_id, 4, 9)]
    yield ApplyPropagation(document, track_id, 4, 9, TrackedBoxes(), run), boxes, boxes


def test_each_command_undoes_redoes_tells_and_is_in_the_file(opened):
    document, track_id = opened
    for command, done, undone in edits(document, track_id):
        before = copy.deepcopy(document.project)
        calls = heard(document)
        document.push(command)
        assert calls == done
        after = copy.deepcopy(document.project)
        assert after != before
        document.undo_stack.undo()
        assert calls == done + undone
        assert document.project == before
        document.undo_stack.redo()
        assert document.project == after
        document.undo_stack.undo()
        assert command.text()
        for name in ("sequence_added", "tracks_added", "tracks_removed", "tracks_changed", "keyframes_changed"):
            getattr(document, name).disconnect()
        for name in ("boxes_changed", "category_added", "category_changed", "attribute_changed", "storage_failed"):
            getattr(document, name).disconnect()


def test_what_a_run_finds_on_a_frame_is_said_once_and_taken_in_whole_or_not_at_all(opened):
    document, track_id = opened
    other = AddTrack(document, 1, "second", 1, 3, key())
    document.push(other)
    said: list[tuple] = []
    document.boxes_arrived.connect(lambda *what: said.append(what))
    document.boxes_changed.connect(lambda *what: said.append(what))
    document.apply_frame(4, {track_id: tracked(1), other.track_id: tracked(2), 999: tracked(3)})
    assert said == [(4, (track_id, other.track_id))]
    bad = TrackedBox(BoundingBox(0, 0, -1, 1), 0.5, TrackStatus.FOUND)
    with pytest.raises(ValueError, match="w=-1"):
        document.apply_frame(5, {track_id: tracked(1), other.track_id: bad})
    document.apply_frame(5, {999: tracked(3)})
    assert len(said) == 1
    path = document.path
    document.close()
    again = open_project(path)
    assert [list(again.track(it).boxes.frames()) for it in (track_id, other.track_id)] == [[4], [4]]
    again.close()


def test_nudges_are_one_undo_step(opened):
    document, track_id = opened
    document.push(SetKeyframe(document, track_id, 7, key(1)))
    steps = document.undo_stack.count()
    for x in range(2, 6):
        document.push(SetKeyframe(document, track_id, 7, key(x), merge=True))
    assert document.undo_stack.count() == steps + 1
    document.push(SetKeyframe(document, track_id, 8, key(9), merge=True))
    assert document.undo_stack.count() == steps + 2, "another frame is another step"
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert document.track(track_id).keyframes[7] == key(1)
    document.undo_stack.redo()
    assert document.track(track_id).keyframes[7] == key(5)


def test_a_run_is_one_undo_step_and_leaves_keyframes_alone(opened):
    document, track_id = opened
    track = document.track(track_id)
    document.push(SetKeyframe(document, track_id, 3, key(77)))
    before = track.boxes.slice(1, 9)
    for frame in range(1, 10):
        document.apply_tracked(track_id, frame, tracked(frame))
    document.push(ApplyPropagation(document, track_id, 1, 9, before, track.boxes.slice(1, 9)))
    assert track.keyframes == {0: key(), 3: key(77)}
    assert track.box_at(3) == key(77).box
    assert track.box_at(4) == tracked(4).box
    document.undo_stack.undo()
    assert len(track.boxes) == 0
    assert track.keyframes == {0: key(), 3: key(77)}
    document.undo_stack.redo()
    assert len(track.boxes) == 9


def test_ids_never_come_back(opened, tmp_path):
    document, _ = opened
    gone = AddTrack(document, 1, "gone", 1, 0, key())
    document.push(gone)
    document.undo_stack.undo()
    document.close()
    again = open_project(tmp_path / "p.dimple")
    try:
        command = AddTrack(again, 1, "new", 1, 0, key())
        assert command.track_id > gone.track_id
    finally:
        again.close()


def test_boxes_of_a_track_that_has_gone_are_passed_over(opened):
    document, track_id = opened
    document.apply_tracked(track_id, 1, tracked())
    document.push(RemoveTrack(document, track_id))
    document.apply_tracked(track_id, 2, tracked())
    document.undo_stack.undo()
    assert document.track(track_id).boxes.frames().tolist() == [1]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda document, track: AddTrack(document, 99, "", 1, 0, key()),
        lambda document, track: AddTrack(document, 1, "", 99, 0, key()),
        lambda document, track: AddTrack(document, 1, "", 1, FRAMES, key()),
        lambda document, track: RemoveTrack(document, 99),
        lambda document, track: SetKeyframe(document, track, FRAMES, key()),
        lambda document, track: SetKeyframe(document, track, -1, key()),
        lambda document, track: SetKeyframe(document, track, 0, Keyframe(BoundingBox(0, 0, 0, 5))),
        lambda document, track: SetKeyframe(document, track, 0, Keyframe(BoundingBox(float("nan"), 0, 5, 5))),
        lambda document, track: SetKeyframe(document, track, 0, Keyframe(None, visibility=1.5)),
        lambda document, track: DeleteKeyframe(document, track, 5),
        lambda document, track: ApplyPropagation(document, track, 0, FRAMES, TrackedBoxes(), TrackedBoxes()),
        lambda document, track: AddCategory(document, "  "),
        lambda document, track: AddCategory(document, " cup"),
        lambda document, track: RenameCategory(document, 99, "x"),
        lambda document, track: document.apply_tracked(track, FRAMES, tracked()),
        lambda document, track: document.apply_tracked(
            track, 1, TrackedBox(BoundingBox(0, 0, -1, 1), 0.5, TrackStatus.FOUND)
        ),
        lambda document, track: document.add_sequence("/x.mp4", "x", 0, 10, 10, 25.0),
        lambda document, track: document.add_sequence("/\udc80.mp4", "x", 1, 10, 10, 25.0),
    ],
)
def test_what_cannot_be_done_is_refused_when_it_is_built(opened, wrong):
    document, track_id = opened
    before = copy.deepcopy(document.project)
    with pytest.raises((KeyError, ValueError, AppError)):
        wrong(document, track_id)
    assert document.project == before


def test_names_are_cleaned(opened):
    document, track_id = opened
    document.push(RenameTrack(document, track_id, "  a\n\ud800\x00b "))
    assert document.track(track_id).name == "a \ufffd b"


def test_the_same_source_twice_is_one_sequence(opened, tmp_path):
    document, _ = opened
    calls = heard(document)
    assert document.add_sequence(tmp_path / "clip.mp4", "again", 5, 10, 10, 25.0) is document.project.sequences[1]
    assert calls == []
    assert document.add_sequence(tmp_path / "other.mp4", "other", 5, 10, 10, 25.0).id == 2
    assert calls == [("sequence_added", 2)]


def test_opened_is_told_when_the_event_loop_runs(tmp_path, qtbot: QtBot):
    document, _ = new_document(tmp_path / "p.dimple")
    with qtbot.waitSignal(document.opened, timeout=1000):
        pass
    document.close()


def test_everything_stays_sorted_as_it_will_be_after_reopening(opened):
    document, track_id = opened
    for _ in range(3):
        document.push(AddTrack(document, 1, "", 1, 0, key()))
    document.push(RemoveTrack(document, track_id))
    document.undo_stack.undo()
    for frame in (9, 4, 6):
        document.push(SetKeyframe(document, track_id, frame, key()))
    assert list(document.project.sequences[1].tracks) == sorted(document.project.sequences[1].tracks)
    assert list(document.track(track_id).keyframes) == [0, 4, 6, 9]

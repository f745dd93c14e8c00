"""An import is one edit: done, undone and done again, in memory and in the file."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from document_fixtures import key, new_document
from generated_projects import projects
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.document.commands import AddTrack, ImportTracks
from app.document.document import create_project
from app.document.model import Category, Keyframe, Project, Sequence, Track
from app.document.project_file import read_project
from app.document.statements import LastIds
from app.document.tracked_boxes import TrackedBox
from app.errors import AppError
from app.formats.matching import match_sequences
from app.formats.merging import additions, apply
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

pytestmark = pytest.mark.usefixtures("qapp")


def open_with(path: Path, project):
    """A document that holds the Sequences and all else of a generated project, made by imports."""
    document = create_project(path)
    for it in project.sequences.values():
        document.add_sequence(path.parent / f"{it.id}.mp4", it.name, it.frame_count, it.width, it.height, it.fps)
    return document


def push(document, imported, matches):
    added = additions(document.project, document.last_ids, imported, matches)
    document.push(ImportTracks(document, added.categories, added.attributes, added.tracks))
    return added


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(projects(), projects(), st.data())
def test_undo_and_redo_of_imports_are_exact_in_memory_and_in_the_file(tmp_path_factory, first, second, data):
    path = tmp_path_factory.mktemp("p") / "p.dimple"
    document = open_with(path, first)
    states = [copy.deepcopy(document.project)]
    ids = sorted(document.project.sequences)
    for imported in (first, second, second):
        matches = {number: data.draw(st.sampled_from(ids)) for number in imported.sequences}
        pure = copy.deepcopy(document.project)
        added = push(document, imported, matches)
        apply(pure, added)
        assert document.project == pure, "the command does what the pure function does"
        states.append(copy.deepcopy(document.project))
    for state in reversed(states[:-1]):
        document.undo_stack.undo()
        assert document.project == state
        document.flush()
        assert read_project(path).project == state
    for state in states[1:]:
        document.undo_stack.redo()
        assert document.project == state
    document.flush()
    assert read_project(path).project == states[-1]
    document.close()


def sorted_as_added(project, tracks):
    """By Sequence, then by id: the order in which an import adds Tracks."""
    ids = {it.id for it in tracks}
    return [
        it for sequence in project.sequences.values() for number, it in sorted(sequence.tracks.items()) if number in ids
    ]


@settings(deadline=None, max_examples=40)
@given(projects(), st.data())
def test_all_that_fits_comes_in_and_nothing_that_was_there_changes(first, data):
    second = data.draw(projects())
    before = copy.deepcopy(first)
    imported = copy.deepcopy(second)
    ids = sorted(first.sequences)
    matches = dict.fromkeys(second.sequences, ids[0])
    tracks = [number for it in first.sequences.values() for number in it.tracks]
    highest = LastIds(
        max(first.sequences), max(first.categories), max(tracks, default=0), max(first.attributes, default=0)
    )
    added = additions(first, highest, second, matches)
    assert first == before
    assert second == imported
    apply(first, added)
    count = first.sequences[ids[0]].frame_count
    for number, sequence in before.sequences.items():
        for track_id, track in sequence.tracks.items():
            assert first.sequences[number].tracks[track_id] == track
    came = [track for _, track in added.tracks]
    assert len({it.id for it in came}) == len(came)
    assert all(it.id > highest.track for it in came)
    theirs = [track for sequence in second.sequences.values() for track in sequence.tracks.values()]
    kept = [it for it in theirs if any(frame < count for frame in (*it.keyframes, *it.boxes.frames().tolist()))]
    assert len(came) == len(kept)
    for track, theirs_track in zip(came, sorted_as_added(second, kept), strict=True):
        assert track.name == theirs_track.name
        assert first.categories[track.category_id].name == second.categories[theirs_track.category_id].name
        last = max(theirs_track.keyframes, default=0)
        for frame in range(count):
            if theirs_track.keyframes.interpolated_gap(frame) is None or last < count:
                assert track.box_at(frame) == theirs_track.box_at(frame)


def test_ids_of_an_import_are_never_given_again(tmp_path: Path) -> None:
    document, _track = new_document(tmp_path / "p.dimple")
    track = Track(70, "far", 9, {0: Keyframe(BoundingBox(1, 2, 3, 4))})
    document.push(ImportTracks(document, [Category(9, "spoon")], [], [(1, track)]))
    document.undo_stack.undo()
    later = AddTrack(document, 1, "next", 1, 0, Keyframe(BoundingBox(1, 2, 3, 4)))
    assert later.track_id == 71
    assert document.new_category_id() == 10
    document.close()


def test_an_import_is_told_of_once_however_many_tracks_it_brings(tmp_path: Path) -> None:
    document, _used = new_document(tmp_path / "p.dimple")
    video = Sequence(7, "street", "/videos/street.mp4", 20, 320, 200, 25.0)
    tracks = [(it, Track(number, "", 1, {3: key(1)})) for number, it in ((72, 7), (70, 1), (71, 7), (73, 1))]
    heard: list[tuple[str, tuple[int, ...]]] = []
    document.tracks_added.connect(lambda ids: heard.append(("added", ids)))
    document.tracks_removed.connect(lambda ids: heard.append(("removed", ids)))
    document.push(ImportTracks(document, [], [], tracks, [video]))
    assert list(document.project.sequences[7].tracks) == [71, 72], "in the order of their numbers"
    assert [document.sequence_of(number).id for number in (70, 71, 72, 73)] == [1, 7, 7, 1]
    document.undo_stack.undo()
    assert heard == [("added", (72, 70, 71, 73)), ("removed", (72, 70, 71, 73))]
    document.close()


def test_a_new_video_comes_and_goes_with_its_boxes_and_its_id_is_never_given_again(tmp_path: Path) -> None:
    document, _used = new_document(tmp_path / "p.dimple")
    before = copy.deepcopy(document.project)
    video = Sequence(7, "street", "/videos/street.mp4", 20, 320, 200, 25.0)
    track = Track(70, "far", 1, {19: Keyframe(BoundingBox(1, 2, 3, 4))})
    document.push(ImportTracks(document, [], [], [(7, track)], [video]))
    document.flush()
    after = copy.deepcopy(document.project)
    assert after.sequences[7].tracks == {70: track}
    assert read_project(tmp_path / "p.dimple").project == after
    document.undo_stack.undo()
    document.flush()
    assert document.project == before == read_project(tmp_path / "p.dimple").project
    document.undo_stack.redo()
    assert document.project == after
    document.undo_stack.undo()
    assert document.add_sequence(tmp_path / "next.mp4", "next", 5, 320, 200, 25.0).id == 8
    with pytest.raises(ValueError, match="street"):
        ImportTracks(document, [], [], [], [video])
    with pytest.raises(AppError, match="0 frames"):
        ImportTracks(document, [], [], [], [Sequence(9, "empty", "/e.mp4", 0, 320, 200, 25.0)])
    document.close()


def test_what_cannot_be_imported_is_refused_before_anything_changes(tmp_path: Path) -> None:
    document, used = new_document(tmp_path / "p.dimple")
    before = copy.deepcopy(document.project)
    keyframes = {0: Keyframe(BoundingBox(1, 2, 3, 4))}
    for track, error in (
        (Track(used, "", 1, keyframes), ValueError),
        (Track(90, "", 1, {100_000: keyframes[0]}), ValueError),
        (Track(90, "", 77, keyframes), KeyError),
    ):
        with pytest.raises(error):
            ImportTracks(document, [], [], [(1, track)])
    with pytest.raises(ValueError, match="Category"):
        ImportTracks(document, [Category(1, "cup again")], [], [])
    with pytest.raises(KeyError):
        ImportTracks(document, [], [], [(5, Track(90, "", 1, keyframes))])
    assert document.project == before
    assert document.undo_stack.count() == 2
    document.close()


@settings(deadline=None, max_examples=60)
@given(projects())
def test_sequences_find_themselves(project):
    names = [it.name for it in project.sequences.values()]
    matches = match_sequences(project, project)
    if len({it.casefold() for it in names if it}) == len(names):
        assert matches == {number: number for number in project.sequences}
    assert len(set(matches.values())) == len(matches)


def test_importing_the_same_twice_is_said_before_it_happens(tmp_path):
    sequence = Sequence(1, "clip", "", 30, 320, 240, 25.0)
    for number, shift in ((1, 0.0), (2, 40.0)):
        sequence.tracks[number] = Track(number, "", 1, {3: Keyframe(BoundingBox(1 + shift, 2, 30, 40))})
        for frame in range(4, 20):
            box = BoundingBox(1 + shift + frame, 2, 30, 40)
            sequence.tracks[number].boxes.set(frame, TrackedBox(box, 0.5, TrackStatus.FOUND))
    mine = Project({1: sequence}, {1: Category(1, "cup")})
    mine.sequences[1].tracks[1].boxes.set(7, TrackedBox(BoundingBox(310, 2, 30, 40), 0.5, TrackStatus.FOUND))
    theirs = copy.deepcopy(mine)
    cut = TrackedBox(BoundingBox(310, 2.01, 10, 40), 1, TrackStatus.FOUND)
    theirs.sequences[1].tracks[1].boxes.set(7, cut)
    theirs.sequences[1].tracks[2].boxes.set(10, TrackedBox(BoundingBox(51.5, 2, 30, 40), 1, TrackStatus.FOUND))
    added = additions(mine, LastIds(sequence=1, track=2, category=1), theirs, {1: 1})
    assert "1 tracks have the same boxes as tracks of the project: they will be there twice." in added.notes
    assert added.frames == (3, 19)

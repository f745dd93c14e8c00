"""Commands on many frames, against what each frame shows; undo restores everything, redo does it again."""

from __future__ import annotations

import copy

import pytest
from document_fixtures import key, tracked
from generated_projects import attributes, tracks
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.document.changes import Changes
from app.document.commands import (
    CopyBox,
    DeleteBox,
    DeleteFrom,
    DuplicateTrack,
    MergeTracks,
    SetGap,
    SplitTrack,
    SwapTracks,
)
from app.document.model import Category, Dispute, Gap, Keyframe, Project, Sequence, Source, Track
from app.document.statements import LastIds
from app.errors import AppError

FRAMES = 30
every_frame = range(FRAMES)
frames = st.integers(0, FRAMES - 1)
quick = settings(deadline=None, max_examples=40, phases=[Phase.generate])


class InMemory(Changes):
    """A project without a file."""

    def _store(self, changes) -> None:
        pass


def in_memory(*made: Track) -> InMemory:
    project = Project({1: Sequence(1, "clip", "/clip.mp4", FRAMES, 320, 240, 25.0)}, {1: Category(1, "cup")})
    project.sequences[1].tracks = {track.id: track for track in made}
    return InMemory("/p.dimple", project, LastIds(1, 1, 9, 9))


@st.composite
def documents(draw: st.DrawFn) -> InMemory:
    known = [draw(attributes(number, [1])) for number in (1, 2)]
    document = in_memory(*(draw(tracks(number, [1], FRAMES, known)) for number in (1, 2)))
    document.project.attributes = {it.id: it for it in known}
    return document


def shown(track: Track) -> list[tuple]:
    """What each frame shows, where it shows a box; a line that is cut in two may differ in the last bit."""
    found = []
    for frame in every_frame:
        box = track.box_at(frame)
        sides = box and tuple(round(side, 9) for side in (box.x, box.y, box.w, box.h))
        found.append(sides and (sides, track.occluded_at(frame), track.visibility_at(frame)))
    return found


def values(document: InMemory, track: Track) -> list[list]:
    return [
        [track.value_at(it, frame) if track.box_at(frame) else None for it in document.project.attributes.values()]
        for frame in every_frame
    ]


def checked(document: InMemory, command) -> None:
    """Do it, and see that undo and redo are exact."""
    before = copy.deepcopy(document.project)
    command.redo()
    after = copy.deepcopy(document.project)
    command.undo()
    assert document.project == before
    command.redo()
    assert document.project == after


@quick
@given(documents(), frames)
def test_deleting_from_a_frame_on_leaves_nothing_there_and_all_before(document, frame):
    track = document.track(1)
    before = shown(track)
    try:
        command = DeleteFrom(document, 1, frame)
    except AppError:
        return
    checked(document, command)
    assert shown(track)[:frame] == before[:frame]
    assert shown(track)[frame:] == [None] * (FRAMES - frame)
    assert not track.keyframes.within(frame, FRAMES)


@quick
@given(documents(), frames)
def test_a_split_track_shows_in_two_what_it_showed_in_one(document, frame):
    track = document.track(1)
    before, said = shown(track), values(document, track)
    try:
        command = SplitTrack(document, 1, frame)
    except AppError:
        return
    checked(document, command)
    new = document.track(command.track_id)
    assert shown(track) == before[:frame] + [None] * (FRAMES - frame)
    assert shown(new) == [None] * frame + before[frame:]
    assert values(document, new)[frame:] == said[frame:]
    assert (new.name, new.category_id, new.attributes) == (track.name, track.category_id, track.attributes)
    assert document.project.sequences[1].painted()[-1] is new


@quick
@given(documents(), frames)
def test_swapped_tracks_show_each_others_boxes_from_there_on(document, frame):
    one, other = document.track(1), document.track(2)
    first, second = shown(one), shown(other)
    names = (one.name, other.name)
    try:
        command = SwapTracks(document, 1, 2, frame)
    except AppError:
        return
    checked(document, command)
    assert shown(one) == first[:frame] + second[frame:]
    assert shown(other) == second[:frame] + first[frame:]
    assert (one.name, other.name) == names


def said_of_boxes(track: Track) -> tuple[set[int], set[int]]:
    """Frames whose tracked box was found right, and frames not to learn from; on the former two runs disagreed."""
    accepted = {frame for frame in every_frame if track.is_accepted(frame)}
    assert {frame for frame in every_frame if track.dispute_at(frame)} == accepted
    return accepted, set(track.unlearned)


def with_marks(document: InMemory, number: int, accepted: set[int], unlearned: set[int]) -> Track:
    track = document.track(number)
    found = {frame: track.boxes.get(frame) for frame in sorted(accepted)}
    track.accepted = {frame: tracked.box for frame, tracked in found.items() if tracked is not None}
    track.disputed = {frame: Dispute(box, box.moved(500, 0)) for frame, box in track.accepted.items()}
    track.unlearned = frozenset(unlearned)
    return track


@quick
@given(documents(), frames, st.sets(frames), st.sets(frames), st.sets(frames))
def test_what_was_found_right_goes_over_with_swapped_boxes(document, frame, accepted, unlearned, others):
    one, other = with_marks(document, 1, accepted, unlearned), with_marks(document, 2, others, others)
    first, second = said_of_boxes(one), said_of_boxes(other)
    try:
        command = SwapTracks(document, 1, 2, frame)
    except AppError:
        return
    checked(document, command)
    for track, mine, theirs in ((one, first, second), (other, second, first)):
        for said, before, beyond in zip(said_of_boxes(track), mine, theirs, strict=True):
            assert said == {it for it in before if it < frame} | {it for it in beyond if it >= frame}


@quick
@given(documents(), st.booleans(), st.sets(frames), st.sets(frames))
def test_what_was_found_right_stays_so_in_a_merged_track(document, other_wins, accepted, others):
    kept, other = with_marks(document, 1, accepted, accepted), with_marks(document, 2, others, others)
    winner, loser = (other, kept) if other_wins else (kept, other)
    (right, avoided), (loser_right, loser_avoided) = said_of_boxes(winner), said_of_boxes(loser)
    taken = set(loser.frames()) - set(winner.frames())
    shown_right = {it for it in right if winner.source_at(it) is Source.TRACKED}
    shown_right |= {it for it in loser_right & taken if loser.source_at(it) is Source.TRACKED}
    seen = set(winner.frames())
    checked(document, MergeTracks(document, 1, 2, other_wins))
    found, unlearned = said_of_boxes(kept)
    assert shown_right <= found | set(kept.keyframes)
    assert unlearned == avoided | {it for it in loser_avoided if it not in seen}


@quick
@given(documents(), frames, st.sets(frames))
def test_what_two_runs_disagreed_on_stays_so_in_split_and_doubled_tracks(document, frame, accepted):
    track = with_marks(document, 1, accepted, set())
    before, _ = said_of_boxes(track)
    try:
        split = SplitTrack(document, 1, frame)
    except AppError:
        return
    double = DuplicateTrack(document, 1)
    checked(document, double)
    assert said_of_boxes(document.track(double.track_id))[0] == before
    checked(document, split)
    assert said_of_boxes(track)[0] == {it for it in before if it < frame}
    assert said_of_boxes(document.track(split.track_id))[0] == {it for it in before if it >= frame}


@quick
@given(documents(), st.booleans())
def test_a_merged_track_shows_what_either_showed(document, other_wins):
    kept, other = document.track(1), document.track(2)
    winner, loser = (shown(other), shown(kept)) if other_wins else (shown(kept), shown(other))
    both = {it for it in every_frame if winner[it] and loser[it]}
    spans = MergeTracks.conflicts(document, 1, 2)
    assert {it for first, last in spans for it in range(first, last + 1)} == both
    checked(document, MergeTracks(document, 1, 2, other_wins))
    assert shown(kept) == [it or loser[frame] for frame, it in enumerate(winner)]
    assert list(document.project.sequences[1].tracks) == [1]


@quick
@given(documents(), frames, st.integers(1, FRAMES))
def test_a_copied_box_is_on_the_frames_that_had_no_keyframe(document, frame, count):
    track = document.track(1)
    human, before = dict(track.keyframes), shown(track)
    try:
        command = CopyBox(document, 1, frame, count)
    except AppError:
        assert track.box_at(frame) is None or all(it in human for it in range(frame + 1, min(frame + count, 29) + 1))
        return
    checked(document, command)
    for it in range(frame + 1, min(frame + count, FRAMES - 1) + 1):
        assert track.keyframes[it] == human[it] if it in human else shown(track)[it] == before[frame]
    assert {it: keyframe for it, keyframe in track.keyframes.items() if it in human} == human
    assert len(track.keyframes) == len(human) + command.count


@quick
@given(documents(), frames, st.sampled_from(list(Gap)))
def test_a_gap_becomes_a_line_and_back_and_nothing_else_changes(document, frame, gap):
    track = document.track(1)
    before = shown(track)
    try:
        command = SetGap(document, 1, frame, gap)
    except AppError:
        return
    checked(document, command)
    inside = range(command.first + 1, command.last)
    for it in every_frame:
        if it not in inside:
            assert shown(track)[it] == before[it]
        else:
            assert (track.source_at(it) is Source.INTERPOLATED) == (gap is Gap.INTERPOLATED)


@quick
@given(documents())
def test_a_duplicate_is_equal_but_for_its_id_and_place(document):
    command = DuplicateTrack(document, 1)
    checked(document, command)
    new, track = document.track(command.track_id), document.track(1)
    assert (new.keyframes, new.boxes, new.attributes) == (track.keyframes, track.boxes, track.attributes)
    new.keyframes[3] = key(5)
    new.boxes.set(4, tracked(4))
    assert track.keyframes is not new.keyframes
    assert track.boxes is not new.boxes


def test_deleting_a_tracked_box_leaves_the_others_and_says_why_where_there_is_none():
    track = Track(1, "", 1, {10: Keyframe(key().box, gap=Gap.INTERPOLATED), 20: key()})
    for frame in (12, 25, 26):
        track.boxes.set(frame, tracked())
    document = in_memory(track)
    checked(document, DeleteBox(document, 1, 25))
    assert track.boxes.frames().tolist() == [12, 26]
    for frame, said in ((12, "line between"), (10, "no tracked box"), (5, "no tracked box")):
        with pytest.raises(AppError, match=said):
            DeleteBox(document, 1, frame)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda it: SplitTrack(it, 1, 0), "nothing before"),
        (lambda it: SplitTrack(it, 1, 29), "nothing from"),
        (lambda it: DeleteFrom(it, 1, 3), "whole track"),
        (lambda it: SwapTracks(it, 1, 1, 3), "two tracks"),
        (lambda it: MergeTracks(it, 1, 1), "two tracks"),
        (lambda it: SwapTracks(it, 1, 2, 25), "mixed up"),
        (lambda it: CopyBox(it, 1, 25, 3), "no box"),
        (lambda it: SetGap(it, 1, 15, Gap.INTERPOLATED), "between two keyframes"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(wrong, said):
    document = in_memory(Track(1, "", 1, {10: key()}), Track(2, "", 1, {5: key()}))
    with pytest.raises(AppError, match=said):
        wrong(document)


def test_who_shows_boxes_hears_of_every_frame_that_a_line_or_outside_reaches(qtbot):
    track = Track(1, "", 1, {10: key(), 20: key(50)})
    document = in_memory(track)
    heard = []
    document.keyframes_changed.connect(lambda *it: heard.append(it))
    SetGap(document, 1, 15, Gap.INTERPOLATED).redo()
    document.put_keyframe(1, 20, key(60))
    document.put_keyframe(1, 25, Keyframe(None))
    document.put_keyframe(1, 25, None)
    document.put_keyframe(1, 26, key())
    assert heard == [(1, 10, 19), (1, 11, 20), (1, 25, 29), (1, 25, 29), (1, 26, 26)]

"""What a format says it holds, its own reader gives back; each format, generated projects."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from format_fixtures import read_as, small_project, write_as
from generated_projects import HEIGHT, WIDTH, projects
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.document.model import Project, Sequence, Source, Track
from app.formats.format import Field, Format, Likeness
from app.formats.options import ExportOptions
from app.formats.recognition import recognise
from app.formats.registry import FORMATS, format_named
from app.formats.selection import select

BY_NAME = [
    format_named(name)
    for name in ("youtube-vis", "label-studio", "cvat", "csv", "yolo", "voc", "otb", "got10k", "lasot")
]
each_format = pytest.mark.parametrize("known", BY_NAME, ids=lambda it: it.name)
# more of them: EXAMPLES=500 python -m pytest tests/formats/test_held_fields.py
quick = settings(deadline=None, max_examples=int(os.environ.get("EXAMPLES", "10")), phases=[Phase.generate])

options = st.builds(
    ExportOptions,
    first_frame=st.integers(0, 3),
    last_frame=st.none() | st.integers(0, 30),
    frame_step=st.integers(1, 4),
    keyframes_only=st.booleans(),
)


def boxes_of(track: Track, sequence: Sequence, frames: list[int], *, clip: bool) -> dict[int, tuple[float, ...]]:
    """Frame -> edges, through ``Track.box_at``: another way than the exporters go."""
    found = {}
    for frame in frames:
        box = track.box_at(frame)
        if box is not None and clip:
            box = box.clipped(WIDTH, HEIGHT)
        if box is not None and min(box.w, box.h) > 1e-3:
            found[frame] = (box.x, box.y, box.right, box.bottom)
    return found


def assert_same_boxes(
    one: dict[int, tuple[float, ...]], two: dict[int, tuple[float, ...]], tolerance: float = 3e-4
) -> None:
    # a box that is a sliver at the border may be cut away by rounding
    for frame in one.keys() | two.keys():
        first, second = one.get(frame), two.get(frame)
        if first is None or second is None:
            left = first or second
            assert min(left[2] - left[0], left[3] - left[1]) < 7 * tolerance, frame
            continue
        assert first == pytest.approx(second, abs=tolerance), frame


def frames_of(sequence: Sequence, chosen: ExportOptions, track: Track) -> list[int]:
    """The frames on which this Track is exported."""
    last = sequence.frame_count - 1 if chosen.last_frame is None else chosen.last_frame
    frames = range(chosen.first_frame, min(last, sequence.frame_count - 1) + 1, chosen.frame_step)
    return [frame for frame in frames if frame in track.keyframes or not chosen.keyframes_only]


def matched(known: Format, project: Project, back: Project) -> list[tuple[Sequence, Track, Track]]:
    """Each exported Track beside the one that came back."""
    theirs = {track.id: track for sequence in back.sequences.values() for track in sequence.tracks.values()}
    return [
        (sequence, track, theirs[track.id])
        for sequence in project.sequences.values()
        for track in sequence.tracks.values()
        if track.id in theirs
    ]


@each_format
@quick
@given(project=projects(), chosen=options)
def test_boxes_come_back_as_they_were_shown(tmp_path_factory, known, project, chosen):
    path = tmp_path_factory.mktemp("out") / f"out{known.suffix}"
    write_as(known, project, path, chosen)
    assert recognise(path).name == known.name
    back = read_as(known, path)
    clip = Field.BEYOND_BORDER not in known.holds
    came_back = set()
    for sequence, track, again in matched(known, project, back):
        frames = frames_of(sequence, chosen, track)
        came_back.add(track.id)
        assert_same_boxes(boxes_of(again, sequence, frames, clip=False), boxes_of(track, sequence, frames, clip=clip))
    for sequence in project.sequences.values():
        for track in sequence.tracks.values():
            if track.id not in came_back:
                assert not boxes_of(track, sequence, frames_of(sequence, chosen, track), clip=clip)


@each_format
@quick
@given(project=projects())
def test_what_a_format_holds_comes_back(tmp_path_factory, known, project):
    path = tmp_path_factory.mktemp("out") / f"out{known.suffix}"
    write_as(known, project, path)
    back = read_as(known, path)
    clip = Field.BEYOND_BORDER not in known.holds
    if Field.CATEGORIES in known.holds:
        used = {track.category_id for _, track, _ in matched(known, project, back)}
        assert {project.categories[it].name for it in used} <= {it.name for it in back.categories.values()}
    for sequence, track, _ in matched(known, project, back):
        # formats of many files may know the Sequences in another order
        again = back.sequence_of(track.id)
        if Field.SEQUENCE_NAMES in known.holds:
            assert again.name == sequence.name
        if Field.FRAME_RATE in known.holds:
            assert again.fps == pytest.approx(sequence.fps)
        if Field.FRAME_NUMBERS in known.holds:
            assert again.frame_count == sequence.frame_count
            assert (again.width, again.height) == (WIDTH, HEIGHT)
    if Field.EMPTY_TRACKS in known.holds:
        wanted = [number for sequence in project.sequences.values() for number in sequence.tracks]
        assert sorted(number for it in back.sequences.values() for number in it.tracks) == wanted
    for sequence, track, again in matched(known, project, back):
        if Field.CATEGORIES in known.holds:
            assert back.categories[again.category_id].name == project.categories[track.category_id].name
        if Field.TRACK_NAMES in known.holds:
            assert again.name == track.name
        assert_track_fields(known, sequence, track, again, clip=clip)
        assert_attributes(known, project, track, back, again)


def write_unchanged(known: Format, project: Project, path: Path) -> None:
    """MOTChallenge takes occluded boxes for half hidden unless it is told otherwise."""
    own = {"occluded-visibility": 1.0} if known.name == "mot" else {}
    write_as(known, project, path, ExportOptions(own=own))


@pytest.mark.parametrize("first", FORMATS, ids=lambda it: it.name)
@settings(quick, max_examples=int(os.environ.get("EXAMPLES", "2")))
@given(project=projects())
def test_what_two_formats_hold_comes_through_both_of_them(tmp_path_factory, first, project):
    """Every pair: written and read in the one, then in the other."""
    folder = tmp_path_factory.mktemp("out")
    write_unchanged(first, project, folder / f"first{first.suffix}")
    between = read_as(first, folder / f"first{first.suffix}")
    for second in FORMATS:
        path = folder / f"{second.name}{second.suffix}"
        write_unchanged(second, between, path)
        back = read_as(second, path)
        both = SimpleNamespace(holds=first.holds & second.holds)
        clip = Field.BEYOND_BORDER not in both.holds
        came_through = matched(both, project, back)
        for sequence, track, again in came_through:
            frames = list(range(sequence.frame_count))
            mine, theirs = (boxes_of(it, sequence, frames, clip=clip) for it in (track, again))
            assert_same_boxes(theirs, mine, 1e-3)
            if Field.CATEGORIES in both.holds:
                assert back.categories[again.category_id].name == project.categories[track.category_id].name
            if Field.TRACK_NAMES in both.holds:
                assert again.name == track.name
            assert_track_fields(both, sequence, track, again, clip=clip)
            assert_attributes(both, project, track, back, again)
        left = {it.id for _, it, _ in came_through}
        for sequence in project.sequences.values():
            for track in sequence.tracks.values():
                gone = boxes_of(track, sequence, list(range(sequence.frame_count)), clip=clip)
                assert track.id in left or not gone


def assert_track_fields(known: Format, sequence: Sequence, track: Track, again: Track, *, clip: bool) -> None:
    shown = boxes_of(track, sequence, list(track.keyframes), clip=clip)
    if Field.KEYFRAMES in known.holds:
        assert {frame for frame in again.keyframes if again.keyframes[frame].box} >= shown.keys()
    if Field.OUTSIDE in known.holds:
        mine = {frame for frame, it in track.keyframes.items() if it.box is None}
        theirs = {frame for frame, it in again.keyframes.items() if it.box is None}
        assert theirs == mine
    for frame in shown:
        mine, theirs = track.keyframes[frame], again.keyframes.get(frame)
        if Field.OCCLUDED in known.holds:
            assert (theirs is not None and theirs.occluded) == mine.occluded
        if Field.VISIBILITY in known.holds:
            assert (1 if theirs is None else theirs.visibility) == mine.visibility
    for frame, tracked in track.boxes.items():
        if track.source_at(frame) is not Source.TRACKED or again.source_at(frame) is not Source.TRACKED:
            continue
        theirs = again.boxes.get(frame)
        if Field.SCORES in known.holds:
            assert theirs.score == pytest.approx(tracked.score, abs=1e-5)
        if Field.STATUS in known.holds:
            assert theirs.status == tracked.status


def assert_attributes(known: Format, project: Project, track: Track, back: Project, again: Track) -> None:
    """By name, for a whole track on its first frame, else where something of the track is exported."""
    theirs = {it.name: it for it in back.attributes_of(again)}
    frames = sorted({*track.frames(), *track.keyframes})
    for mine in project.attributes_of(track):
        held = Field.FRAME_ATTRIBUTES if mine.per_frame else Field.TRACK_ATTRIBUTES
        if held not in known.holds:
            continue
        assert replace(theirs[mine.name], id=mine.id, category_id=mine.category_id) == mine
        for frame in frames or ([] if mine.per_frame else [0]):
            assert again.value_at(theirs[mine.name], frame) == track.value_at(mine, frame)


@each_format
def test_a_file_is_recognised_and_no_other_format_is_as_sure(tmp_path, known):
    path = tmp_path / f"out{known.suffix}"
    write_as(known, small_project(), path)
    sure = {it.name: it.sniff(path) for it in FORMATS}
    assert sure.pop(known.name) is Likeness.CERTAIN
    assert max(sure.values()) < Likeness.CERTAIN
    (tmp_path / "other").write_bytes(b"\x00\xff\xfe{<")
    (tmp_path / "empty").mkdir()
    for other in ("other", "empty", "missing"):
        assert known.sniff(tmp_path / other) is Likeness.NO


@each_format
def test_the_small_project_with_all_its_gaps(tmp_path, known):
    """By heart: frames 0 to 3, outside from frame 5, two categories, two sequences whose names differ in case."""
    write_as(known, small_project(), tmp_path / "out")
    back = read_as(known, tmp_path / "out")
    found = sorted(
        tuple(box)
        for sequence in back.sequences.values()
        for track in sequence.tracks.values()
        for frame in track.frames()
        for box in [(frame, track.box_at(frame).x, track.box_at(frame).y)]
    )
    wanted = sorted(
        [(0, 10.25, 20.5)] * 4 + [(n, 10.25 + n, 20.5 + 50 * extra) for n in (1, 2, 3) for extra in (0, 1)] * 2
    )
    assert [it[0] for it in found] == [it[0] for it in wanted]
    for one, two in zip(found, wanted, strict=True):
        assert one == pytest.approx(two, abs=1e-3)


@each_format
@quick
@given(project=projects(), chosen=options)
def test_pictures_have_places_of_their_own(known, project, chosen):
    selection = select(project, replace(chosen, pictures=True))
    paths = [
        path.casefold()
        for selected in selection.sequences
        for index in range(len(selected.frames))
        for path in known.picture_paths(selected, index)
    ]
    assert len(set(paths)) == len(paths)
    assert all(".." not in it.split("/") and not it.startswith("/") for it in paths)

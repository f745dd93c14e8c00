"""Edits as SQL: what each change of the document means for its file. Pure data; ``Store`` runs it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from app.document.model import Category, Keyframe, Project, Sequence, Track
from app.document.source_path import relative_source
from app.document.tracked_boxes import TrackedBox, TrackedBoxes

SqlValue = int | float | str | None


class Statement(NamedTuple):
    """One SQL statement, run once for each row of parameters."""

    sql: str
    rows: list[tuple[SqlValue, ...]]


def put_sequence(sequence: Sequence, project_path: Path) -> list[Statement]:
    """A new Sequence, without its Tracks."""
    relative = relative_source(Path(sequence.path), project_path)
    row = (
        sequence.id,
        sequence.name,
        sequence.path,
        relative,
        sequence.frame_count,
        sequence.width,
        sequence.height,
        sequence.fps,
        sequence.file_size,
        sequence.fingerprint,
    )
    return [Statement("INSERT INTO sequence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [row])]


def relocate_sequence(sequence: Sequence, project_path: Path) -> list[Statement]:
    """The Sequence's file is at another place now."""
    row = (sequence.path, relative_source(Path(sequence.path), project_path), sequence.id)
    return [Statement("UPDATE sequence SET path = ?, relative_path = ? WHERE id = ?", [row])]


def put_category(category: Category) -> list[Statement]:
    """A Category, new or in place of the one with its id."""
    sql = "INSERT INTO category VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name"
    return [Statement(sql, [(category.id, category.name)])]


def remove_category(category_id: int) -> list[Statement]:
    """A Category goes."""
    return [Statement("DELETE FROM category WHERE id = ?", [(category_id,)])]


def put_track(sequence_id: int, track: Track) -> list[Statement]:
    """A new Track with all it holds."""
    return [
        Statement("INSERT INTO track VALUES (?, ?, ?, ?)", [(track.id, sequence_id, track.category_id, track.name)]),
        Statement(_PUT_KEYFRAME, [_keyframe_row(track.id, *item) for item in track.keyframes.items()]),
        Statement(_PUT_BOX, _box_rows(track.id, track.boxes)),
    ]


def remove_track(track_id: int) -> list[Statement]:
    """A Track goes with all it holds."""
    return [Statement("DELETE FROM track WHERE id = ?", [(track_id,)])]


def describe_track(track: Track) -> list[Statement]:
    """Name and Category of a Track."""
    return [
        Statement(
            "UPDATE track SET name = ?, category_id = ? WHERE id = ?", [(track.name, track.category_id, track.id)]
        )
    ]


def put_keyframe(track_id: int, frame: int, keyframe: Keyframe | None) -> list[Statement]:
    """The Keyframe of a frame, or None for none."""
    if keyframe is None:
        return [Statement("DELETE FROM keyframe WHERE track_id = ? AND frame = ?", [(track_id, frame)])]
    return [Statement(_PUT_KEYFRAME, [_keyframe_row(track_id, frame, keyframe)])]


def put_boxes(boxes: Iterable[tuple[int, int, TrackedBox]]) -> list[Statement]:
    """Tracked boxes as (track id, frame, box)."""
    rows: list[tuple[SqlValue, ...]] = []
    for track_id, frame, tracked in boxes:
        box = tracked.box
        sides = (float(box.x), float(box.y), float(box.w), float(box.h))
        rows.append((track_id, frame, *sides, float(tracked.score), int(tracked.status)))
    return [Statement(_PUT_BOX, rows)]


def replace_boxes(track_id: int, first: int, last: int, boxes: TrackedBoxes) -> list[Statement]:
    """Frames ``first .. last`` inclusive hold what ``boxes`` holds there and nothing else."""
    return [
        Statement("DELETE FROM tracked_box WHERE track_id = ? AND frame BETWEEN ? AND ?", [(track_id, first, last)]),
        Statement(_PUT_BOX, _box_rows(track_id, boxes.slice(first, last))),
    ]


def put_project(project: Project, project_path: Path) -> list[Statement]:
    """Everything, into an empty file."""
    statements: list[Statement] = []
    for category in project.categories.values():
        statements += put_category(category)
    for sequence in project.sequences.values():
        statements += put_sequence(sequence, project_path)
        for track in sequence.tracks.values():
            statements += put_track(sequence.id, track)
    return statements


def reserve_ids(sequence: int, category: int, track: int) -> list[Statement]:
    """Highest ids that were ever used, so that none comes back after its owner has gone."""
    rows: list[tuple[SqlValue, ...]] = [("sequence", sequence), ("category", category), ("track", track)]
    return [
        Statement("DELETE FROM sqlite_sequence WHERE name = ?", [(name,) for name, _ in rows]),
        Statement("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", rows),
    ]


_PUT_KEYFRAME = "INSERT OR REPLACE INTO keyframe VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_PUT_BOX = "INSERT OR REPLACE INTO tracked_box VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


def _keyframe_row(track_id: int, frame: int, keyframe: Keyframe) -> tuple[SqlValue, ...]:
    box = keyframe.box
    sides = (None,) * 4 if box is None else (float(box.x), float(box.y), float(box.w), float(box.h))
    return (track_id, frame, *sides, int(keyframe.occluded), float(keyframe.visibility))


def _box_rows(track_id: int, boxes: TrackedBoxes) -> list[tuple[SqlValue, ...]]:
    frames, sides, scores, statuses = boxes.arrays()
    columns = (frames, *sides.T, scores, statuses)
    return [(track_id, *row) for row in zip(*(column.tolist() for column in columns), strict=True)]

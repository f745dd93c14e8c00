"""Edits of all but Tracks as SQL: what each change means for the project's file. Pure data; ``Store`` runs it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from app.document.attributes import AttributeValues
from app.document.model import Attribute, Category, Project, Sequence
from app.document.source_path import relative_source
from app.document.statement import LaterRows, Row, Statement, sql_value
from app.document.track_statements import put_tracks, room


class LastIds(NamedTuple):
    """Highest ids ever used; the fields are names of tables."""

    sequence: int = 0
    category: int = 0
    track: int = 0
    attribute: int = 0


def put_sequence(sequence: Sequence, project_path: Path) -> list[Statement]:
    """A new Sequence with all it holds."""
    relative = relative_source(Path(sequence.path), project_path)
    row: Row = (
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
        sequence.marked,
        sequence.note,
    )
    statements = [Statement("INSERT INTO sequence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [row])]
    statements += put_effort(sequence)
    for frame, note in sequence.bookmarks.items():
        statements += put_bookmark(sequence.id, frame, note)
    return statements + put_tracks((sequence.id, track) for track in sequence.tracks.values())


def remove_sequence(sequence: Sequence) -> list[Statement]:
    """A Sequence goes with all it holds."""
    return [
        Statement("DELETE FROM track WHERE sequence_id = ?", [(sequence.id,)], room(sequence.tracks.values())),
        Statement("DELETE FROM sequence WHERE id = ?", [(sequence.id,)]),
    ]


def describe_sequence(sequence: Sequence) -> list[Statement]:
    """State and note of a Sequence."""
    row = (sequence.marked, sequence.note, sequence.id)
    return [Statement("UPDATE sequence SET state = ?, note = ? WHERE id = ?", [row])]


def put_bookmark(sequence_id: int, frame: int, note: str | None) -> list[Statement]:
    """The bookmark of a frame, or None for none."""
    if note is None:
        return [Statement("DELETE FROM bookmark WHERE sequence_id = ? AND frame = ?", [(sequence_id, frame)])]
    return [Statement("INSERT OR REPLACE INTO bookmark VALUES (?, ?, ?)", [(sequence_id, frame, note)])]


def put_effort(sequence: Sequence) -> list[Statement]:
    """What the Sequence has cost so far."""
    effort = sequence.effort
    row = (sequence.id, effort.drawn, effort.corrected, effort.accepted, float(effort.seconds))
    return [Statement("INSERT OR REPLACE INTO effort VALUES (?, ?, ?, ?, ?)", [row])]


def relocate_sequence(sequence: Sequence, project_path: Path) -> list[Statement]:
    """The Sequence's file is at another place now."""
    row = (sequence.path, relative_source(Path(sequence.path), project_path), sequence.id)
    return [Statement("UPDATE sequence SET path = ?, relative_path = ? WHERE id = ?", [row])]


def put_category(category: Category) -> list[Statement]:
    """A Category, new or in place of the one with its id."""
    sql = (
        "INSERT INTO category VALUES (?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name, colour = excluded.colour"
    )
    return [Statement(sql, [(category.id, category.name, category.colour)])]


def remove_category(category_id: int) -> list[Statement]:
    """A Category goes."""
    return [Statement("DELETE FROM category WHERE id = ?", [(category_id,)])]


def put_attribute(attribute: Attribute) -> list[Statement]:
    """An Attribute, new or in place of the one with its id; values stay."""
    sql = (
        "INSERT INTO attribute VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, "
        "kind = excluded.kind, choices = excluded.choices, per_frame = excluded.per_frame, "
        "category_id = excluded.category_id, default_value = excluded.default_value"
    )
    default = None if attribute.default is None else sql_value(attribute.default)
    choices = json.dumps(attribute.choices)
    row = (
        attribute.id,
        attribute.name,
        attribute.kind.value,
        choices,
        int(attribute.per_frame),
        attribute.category_id,
        default,
    )
    return [Statement(sql, [row])]


def remove_attribute(attribute_id: int) -> list[Statement]:
    """An Attribute goes with all its values."""
    return [Statement("DELETE FROM attribute WHERE id = ?", [(attribute_id,)])]


def replace_values(attribute_id: int, values: AttributeValues, replaced: int) -> list[Statement]:
    """An Attribute has these values, in place of so many that it had."""

    def on_tracks() -> Iterator[Row]:
        return ((track_id, attribute_id, sql_value(value)) for track_id, value in values.tracks.items())

    def on_keyframes() -> Iterator[Row]:
        return (
            (track_id, frame, attribute_id, sql_value(value))
            for track_id, frames in values.keyframes.items()
            for frame, value in frames.items()
        )

    count = len(values)
    return [
        Statement("DELETE FROM track_attribute WHERE attribute_id = ?", [(attribute_id,)]),
        Statement("DELETE FROM keyframe_attribute WHERE attribute_id = ?", [(attribute_id,)], replaced),
        Statement("INSERT INTO track_attribute VALUES (?, ?, ?)", LaterRows(count, on_tracks)),
        Statement("INSERT INTO keyframe_attribute VALUES (?, ?, ?, ?)", LaterRows(count, on_keyframes)),
    ]


def put_project(project: Project, project_path: Path) -> list[Statement]:
    """Everything, into an empty file."""
    statements: list[Statement] = []
    for category in project.categories.values():
        statements += put_category(category)
    for attribute in project.attributes.values():
        statements += put_attribute(attribute)
    for sequence in project.sequences.values():
        statements += put_sequence(sequence, project_path)
    return statements


def reserve_ids(last: LastIds) -> list[Statement]:
    """Highest ids that were ever used, so that none comes back after its owner has gone."""
    rows: list[Row] = list(last._asdict().items())
    return [
        Statement("DELETE FROM sqlite_sequence WHERE name = ?", [(name,) for name, _ in rows]),
        Statement("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", rows),
    ]

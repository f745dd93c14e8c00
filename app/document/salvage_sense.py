"""Makes sense of what was salvaged: stand-ins for what is lost, without what contradicts the rest. No Qt."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from app.document import salvage_losses, schema
from app.document.model import MAX_FRAMES
from app.document.project_reader import DamagedProjectError, LoadedProject, load
from app.errors import AppError
from tracker.geometry import FARTHEST

_EXTRAS = ("track_attribute", "keyframe_attribute", "attribute")
"""What a project can do without, where it contradicts itself in a way that the tables do not know."""

_IMPOSSIBLE = (
    # owners that nothing can stand in for
    *(
        f"DELETE FROM {table} WHERE {owner}_id NOT BETWEEN 1 AND {schema.MAX_ID}"  # noqa: S608
        for table, owner in (
            ("keyframe", "track"),
            ("tracked_box", "track"),
            ("track", "category"),
            ("track", "sequence"),
        )
    ),
)
_REPAIRS = (
    # stand-ins for what was lost while that which belongs to it is there
    """INSERT INTO track SELECT DISTINCT track_id, (SELECT ifnull(min(id), 1) FROM sequence),
       (SELECT ifnull(min(id), 1) FROM category), 'recovered ' || track_id, track_id
       FROM (SELECT track_id FROM keyframe UNION SELECT track_id FROM tracked_box)
       WHERE track_id NOT IN (SELECT id FROM track)""",
    """INSERT INTO category SELECT DISTINCT category_id, 'recovered ' || category_id ||
       iif('recovered ' || category_id IN (SELECT name FROM category), ' (' || hex(randomblob(4)) || ')', ''), ''
       FROM track WHERE category_id NOT IN (SELECT id FROM category)""",
    f"""INSERT INTO sequence SELECT sequence_id, 'recovered ' || sequence_id, '', NULL,
       min({MAX_FRAMES}, 1 + max(max(ifnull((SELECT max(frame) FROM tracked_box WHERE track_id = track.id), 0),
                                 ifnull((SELECT max(frame) FROM keyframe WHERE track_id = track.id), 0)))),
       1920, 1080, 25.0, 0, '', NULL, '' FROM track
       WHERE sequence_id NOT IN (SELECT id FROM sequence) GROUP BY sequence_id""",  # noqa: S608
)
_NONSENSE = (
    *(
        f"""DELETE FROM {table} WHERE frame >= (SELECT frame_count FROM sequence JOIN track ON sequence_id = sequence.id
            WHERE track.id = track_id)"""  # noqa: S608
        for table in ("keyframe", "tracked_box", "accepted_box", "disputed_box", "unlearned_frame")
    ),
    *(
        f"DELETE FROM {table} WHERE NOT (abs(x) <= {FARTHEST} AND abs(y) <= {FARTHEST} "  # noqa: S608
        f"AND w <= {FARTHEST} AND h <= {FARTHEST})"
        for table in ("keyframe", "tracked_box", "accepted_box", "disputed_box")
    ),
    (
        f"DELETE FROM disputed_box WHERE NOT (abs(other_x) <= {FARTHEST} AND abs(other_y) <= {FARTHEST} "  # noqa: S608
        f"AND other_w <= {FARTHEST} AND other_h <= {FARTHEST})"
    ),
    "DELETE FROM tracked_box WHERE NOT abs(score) < 1e38",
    (
        "UPDATE category SET colour = '' WHERE colour <> '' AND "
        "colour NOT GLOB '#[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]'"
    ),
    "DELETE FROM effort WHERE NOT seconds < 1e300",
    "UPDATE attribute SET category_id = NULL WHERE category_id NOT IN (SELECT id FROM category)",
    "DELETE FROM bookmark WHERE frame >= (SELECT frame_count FROM sequence WHERE id = sequence_id)",
)
_ORPHANS = (
    *(
        f"DELETE FROM {table} WHERE {owner}_id NOT IN (SELECT id FROM {owner})"  # noqa: S608 - names of our own
        for table, owner in (
            ("bookmark", "sequence"),
            ("effort", "sequence"),
            ("accepted_box", "track"),
            ("disputed_box", "track"),
            ("unlearned_frame", "track"),
            ("track_attribute", "track"),
            ("track_attribute", "attribute"),
            ("keyframe_attribute", "attribute"),
        )
    ),
    "DELETE FROM keyframe_attribute WHERE (track_id, frame) NOT IN (SELECT track_id, frame FROM keyframe)",
)


def sensible_project(sieve: sqlite3.Connection, path: Path, losses: list[str]) -> LoadedProject:
    """The project in the sieve, with stand-ins, without what contradicts the rest.

    Args:
        sieve: Database with the tables of this version and what was salvaged; it is altered.
        path: Of the damaged file.
        losses: Sentences on what is left out are added.

    Raises:
        AppError: It is no project whatever is left out.
    """
    gone = sum(sieve.execute(statement).rowcount for statement in _IMPOSSIBLE)
    for table in ("track", "category", "sequence"):
        before = set(ids_of(sieve, table))
        sieve.execute(next(it for it in _REPAIRS if it.startswith(f"INSERT INTO {table} ")))
        losses += [salvage_losses.stand_in(table, number) for number in sorted(set(ids_of(sieve, table)) - before)]
    gone += sum(sieve.execute(statement).rowcount for statement in (*_NONSENSE, *_ORPHANS))
    if gone:
        losses.append(salvage_losses.out_of_bounds(gone))
    for extra in (None, *_EXTRAS):
        if extra is not None:
            dropped = sieve.execute(f"DELETE FROM {extra}").rowcount  # noqa: S608
            if dropped:
                losses.append(salvage_losses.contradicting(extra, dropped))
        try:
            return load(sieve, path)
        except (DamagedProjectError, sqlite3.DatabaseError) as error:
            last = error
    raise AppError("What can be read of {0} is no project ({1}): restore a backup or a copy.", path, last) from last


def ids_of(sieve: sqlite3.Connection, table: str) -> list[int]:
    """Of the rows of a table, ascending."""
    return [row[0] for row in sieve.execute(f"SELECT id FROM {table} ORDER BY id")]  # noqa: S608

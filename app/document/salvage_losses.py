"""What a salvage could not bring back, in sentences for the person."""

from __future__ import annotations

from app.spoken import spoken

Gap = tuple[int, int]
"""First and last number of what could not be read."""


def rows_of(table: str) -> str:
    """What the rows of a table are to a person."""
    return {
        "sequence": spoken("Sequences"),
        "category": spoken("Categories"),
        "attribute": spoken("Attributes"),
        "track": spoken("Tracks"),
        "effort": spoken("Efforts of sequences"),
        "keyframe": spoken("Keyframes"),
        "tracked_box": spoken("Tracked boxes"),
        "accepted_box": spoken("Accepted boxes"),
        "disputed_box": spoken("Disputed boxes"),
        "unlearned_frame": spoken("Frames not to learn from"),
        "keyframe_attribute": spoken("Attribute values"),
        "track_attribute": spoken("Attribute values"),
        "bookmark": spoken("Bookmarks"),
    }[table]


def rows_of_track(table: str, track_id: int, name: str) -> str:
    """The rows of a table that belong to a Track, which may have a name."""
    if name:
        return spoken("{0} of track {1} “{2}”", rows_of(table), track_id, name)
    return spoken("{0} of track {1}", rows_of(table), track_id)


def unreadable(what: str, gap: Gap) -> str:
    """Some of the rows, by id."""
    return spoken("{0} {1} could not be read.", what, _span(gap))


def unreadable_frames(what: str, gap: Gap) -> str:
    """What a Track has on some frames."""
    return spoken("{0} on frames {1} could not be read.", what, _span(gap))


def unreadable_rest(table: str, owner: str, number: int) -> str:
    """Some of the rows that belong to a Sequence or a Track."""
    if owner == "sequence":
        return spoken("{0} of sequence {1} could not all be read.", rows_of(table), number)
    return spoken("{0} of track {1} could not all be read.", rows_of(table), number)


def none_found(table: str, owners: list[int]) -> str:
    """Sequences or Tracks of whose rows there are none, which may be so or not."""
    spans: list[Gap] = []
    for number in sorted(set(owners)):
        if spans and spans[-1][1] == number - 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    listed = ", ".join(_span(it) for it in spans)
    if table == "bookmark":
        return spoken("{0} of sequences {1}: if there were any, they could not be read.", rows_of(table), listed)
    return spoken("{0} of tracks {1}: if there were any, they could not be read.", rows_of(table), listed)


def senseless(what: str, count: int) -> str:
    """Rows that the tables refuse."""
    return spoken("{0}: {1} made no sense and are left out.", what, count)


def stand_in(table: str, number: int) -> str:
    """Something of which only its belongings are left."""
    if table == "track":
        return spoken("What track {0} was is lost: “recovered {0}” stands for it.", number)
    if table == "category":
        return spoken("What category {0} was is lost: “recovered {0}” stands for it.", number)
    return spoken("What sequence {0} was is lost: “recovered {0}” stands for it.", number)


def out_of_bounds(count: int) -> str:
    """Rows that cannot be, or belong to nothing."""
    return spoken("{0} entries beyond all bounds or of things that are lost are left out.", count)


def contradicting(table: str, count: int) -> str:
    """Rows without which the rest is a project."""
    return spoken("{0}: {1} contradicted the rest and are left out.", rows_of(table), count)


def beginning() -> str:
    """The first page."""
    return spoken("The beginning of the file was damaged and has been taken from a new one.")


def unreadable_pages(count: int) -> str:
    """Parts of a file without its beginning."""
    return spoken("{0} further parts of the file (4 KB each) could not be read.", count)


def _span(gap: Gap) -> str:
    return str(gap[0]) if gap[0] == gap[1] else spoken("{0} to {1}", *gap)

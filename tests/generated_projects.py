"""Projects as hypothesis draws them: odd names, gaps, outside, boxes over the border, single frames."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from app.document.attributes import Attribute, AttributeKind
from app.document.model import (
    Category,
    Dispute,
    Effort,
    Gap,
    Keyframe,
    Keyframes,
    Project,
    Sequence,
    SequenceState,
    Track,
)
from app.document.names import clean_name
from app.document.tracked_boxes import TrackedBox, TrackedBoxes
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

WIDTH, HEIGHT = 320, 240

names = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", ".", "..", "a/b", "CON", "seqmaps", "50%", "Käse 🧀", "x" * 300, "A", "a", "export_info.json"]
    ),
).map(clean_name)

sides = st.floats(0.01, 400, allow_nan=False)
boxes = st.builds(BoundingBox, st.floats(-100, WIDTH), st.floats(-100, HEIGHT), sides, sides)
keyframes = st.builds(
    Keyframe, st.none() | boxes, st.booleans(), st.sampled_from([1.0, 0.25, 0.0]), st.sampled_from(list(Gap))
)
texts = st.text(max_size=8).map(clean_name)


def values_of(attribute: Attribute) -> st.SearchStrategy[str | float | bool]:
    """Values that an attribute can have."""
    if attribute.kind is AttributeKind.FLAG:
        return st.booleans()
    if attribute.kind is AttributeKind.NUMBER:
        return st.floats(allow_nan=False, allow_infinity=False)
    return st.sampled_from(attribute.choices) if attribute.kind is AttributeKind.CHOICE else texts


@st.composite
def attributes(draw: st.DrawFn, number: int, category_ids: list[int]) -> Attribute:
    kind = draw(st.sampled_from(list(AttributeKind)))
    choices = ()
    if kind is AttributeKind.CHOICE:
        choices = tuple(draw(st.lists(names.filter(bool), min_size=1, max_size=3, unique=True)))
    category = draw(st.none() | st.sampled_from(category_ids))
    made = Attribute(number, f"attribute {number}", kind, choices, draw(st.booleans()), category)
    return replace(made, default=draw(st.none() | values_of(made)))


def values(known: list[Attribute], *, per_frame: bool) -> st.SearchStrategy[dict[int, str | float | bool]]:
    """Attribute id -> value, for some of the attributes of this kind."""
    usable = [it for it in known if it.per_frame is per_frame]
    return st.fixed_dictionaries({}, optional={it.id: values_of(it) for it in usable}).map(
        lambda drawn: dict(sorted(drawn.items()))
    )


tracked_boxes = st.builds(TrackedBox, boxes, st.floats(0, 1, width=32), st.sampled_from(list(TrackStatus)))


@st.composite
def tracks(draw: st.DrawFn, number: int, category_ids: list[int], frame_count: int, known: list[Attribute]) -> Track:
    frames = st.integers(0, frame_count - 1)
    track = Track(number, draw(names), draw(st.sampled_from(category_ids)))
    drawn = draw(st.dictionaries(frames, keyframes, max_size=4))
    track.keyframes = Keyframes(
        {frame: replace(it, attributes=draw(values(known, per_frame=True))) for frame, it in drawn.items()}
    )
    track.attributes = draw(values(known, per_frame=False))
    track.z = draw(st.integers(-3, 3))
    track.boxes = TrackedBoxes()
    for frame, tracked in draw(st.dictionaries(frames, tracked_boxes, max_size=8)).items():
        track.boxes.set(frame, tracked)
    track.accepted = dict(sorted(draw(st.dictionaries(frames, boxes, max_size=3)).items()))
    disputes = st.builds(Dispute, boxes, boxes)
    track.disputed = dict(sorted(draw(st.dictionaries(frames, disputes, max_size=3)).items()))
    track.unlearned = draw(st.frozensets(frames, max_size=3))
    return track


@st.composite
def projects(draw: st.DrawFn) -> Project:
    project = Project()
    for number, name in enumerate(draw(st.lists(names.filter(bool), min_size=1, max_size=4, unique=True)), start=1):
        project.categories[number] = Category(number, name)
    for number in range(1, draw(st.integers(0, 3)) + 1):
        project.attributes[number] = draw(attributes(number, list(project.categories)))
    track_id = 0
    for number in range(1, draw(st.integers(1, 3)) + 1):
        frame_count = draw(st.sampled_from([1, 2, 30]))
        fps = draw(st.sampled_from([25.0, 29.97, 0.5]))
        sequence = Sequence(number, draw(names), f"/videos/{number}.mp4", frame_count, WIDTH, HEIGHT, fps, 10, "f00")
        for _ in range(draw(st.integers(0, 3))):
            track_id += 1
            sequence.tracks[track_id] = draw(
                tracks(track_id, list(project.categories), frame_count, list(project.attributes.values()))
            )
        sequence.marked = draw(st.none() | st.sampled_from(list(SequenceState)))
        sequence.note = draw(texts)
        marked = draw(st.dictionaries(st.integers(0, frame_count - 1), texts, max_size=3))
        sequence.bookmarks = dict(sorted(marked.items()))
        sequence.effort = Effort(*draw(st.tuples(*[st.integers(0, 99)] * 3)), draw(st.floats(0, 1e6)))
        project.sequences[number] = sequence
    return project

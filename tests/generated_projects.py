"""Projects as hypothesis draws them: odd names, gaps, outside, boxes over the border, single frames."""

from __future__ import annotations

from hypothesis import strategies as st

from app.document.model import Category, Keyframe, Project, Sequence, Track
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
keyframes = st.builds(Keyframe, st.none() | boxes, st.booleans(), st.sampled_from([1.0, 0.25, 0.0]))
tracked_boxes = st.builds(TrackedBox, boxes, st.floats(0, 1, width=32), st.sampled_from(list(TrackStatus)))


@st.composite
def tracks(draw: st.DrawFn, number: int, category_ids: list[int], frame_count: int) -> Track:
    frames = st.integers(0, frame_count - 1)
    track = Track(number, draw(names), draw(st.sampled_from(category_ids)))
    drawn = draw(st.dictionaries(frames, keyframes, max_size=4))
    track.keyframes = dict(sorted(drawn.items()))
    track.boxes = TrackedBoxes()
    for frame, tracked in draw(st.dictionaries(frames, tracked_boxes, max_size=8)).items():
        track.boxes.set(frame, tracked)
    return track


@st.composite
def projects(draw: st.DrawFn) -> Project:
    project = Project()
    for number, name in enumerate(draw(st.lists(names.filter(bool), min_size=1, max_size=4, unique=True)), start=1):
        project.categories[number] = Category(number, name)
    track_id = 0
    for number in range(1, draw(st.integers(1, 3)) + 1):
        frame_count = draw(st.sampled_from([1, 2, 30]))
        fps = draw(st.sampled_from([25.0, 29.97, 0.5]))
        sequence = Sequence(number, draw(names), f"/videos/{number}.mp4", frame_count, WIDTH, HEIGHT, fps, 10, "f00")
        for _ in range(draw(st.integers(0, 3))):
            track_id += 1
            sequence.tracks[track_id] = draw(tracks(track_id, list(project.categories), frame_count))
        project.sequences[number] = sequence
    return project

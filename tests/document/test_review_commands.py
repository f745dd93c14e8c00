"""What a person found right, and what the tracker must not learn from."""

from __future__ import annotations

from pathlib import Path

import pytest
from document_fixtures import tracked

from app.document.commands import AcceptBoxes, AddCategory, AddTrack, ApplyPropagation, SetLearning
from app.document.document import Document, create_project, open_project
from app.document.keyframes import Keyframe
from app.document.tracked_boxes import TrackedBoxes
from tracker.geometry import BoundingBox

pytestmark = pytest.mark.usefixtures("qapp")


def boxes(x: float) -> TrackedBoxes:
    made = TrackedBoxes()
    for frame in range(1, 6):
        made.set(frame, tracked(x + frame))
    return made


@pytest.fixture
def document(tmp_path: Path):
    made = create_project(tmp_path / "p.dimple")
    made.push(AddCategory(made, "thing"))
    made.add_sequence(tmp_path / "clip.mp4", "clip", 20, 640, 480, 25.0)
    made.push(AddTrack(made, 1, "", 1, 0, Keyframe(BoundingBox(1, 2, 3, 4))))
    made.push(ApplyPropagation(made, 1, 1, 5, TrackedBoxes(), boxes(10)))
    yield made
    made.close()


def test_accepted_box_counts_until_another_takes_its_place_and_again_when_it_is_back(document: Document) -> None:
    document.push(AcceptBoxes(document, 1, [2, 3, 9]))
    track = document.track(1)
    assert [frame for frame in range(10) if track.is_accepted(frame)] == [2, 3]
    document.push(ApplyPropagation(document, 1, 3, 5, track.boxes.slice(3, 5), boxes(50)))
    assert [frame for frame in range(10) if track.is_accepted(frame)] == [2]
    document.undo_stack.undo()
    assert [frame for frame in range(10) if track.is_accepted(frame)] == [2, 3]
    document.undo_stack.undo()
    assert not track.accepted


def test_nothing_to_accept_is_no_command(document: Document) -> None:
    with pytest.raises(ValueError, match="no tracked box"):
        AcceptBoxes(document, 1, [0, 9])


def test_both_are_in_the_file_and_go_with_the_track(document: Document) -> None:
    document.push(AcceptBoxes(document, 1, [2]))
    document.push(SetLearning(document, 1, 4, learns=False))
    document.push(SetLearning(document, 1, 0, learns=False))
    document.push(SetLearning(document, 1, 0, learns=True))
    track, path = document.track(1), document.path
    assert track.unlearned == {4}
    document.close()
    again = open_project(path)
    assert again.track(1) == track
    again.close()

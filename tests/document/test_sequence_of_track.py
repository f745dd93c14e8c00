"""Which Sequence a Track is of is looked up, however many Sequences there are."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.document.commands import AddCategory, AddTrack, RemoveTrack, RenumberTrack
from app.document.document import create_project
from app.document.model import Keyframe
from tracker.geometry import BoundingBox


def test_the_sequence_of_a_track_is_known_whatever_comes_and_goes(tmp_path: Path, qtbot: QtBot) -> None:
    document = create_project(tmp_path / "p.dimple")
    first = document.add_sequence(tmp_path / "a.mp4", "a", 10, 64, 48, 25.0)
    second = document.add_sequence(tmp_path / "b.mp4", "b", 10, 64, 48, 25.0)
    category = AddCategory(document, "thing")
    document.push(category)
    box = Keyframe(BoundingBox(1, 2, 3, 4))
    added = [AddTrack(document, it.id, "", category.category_id, 0, box) for it in (first, second, second)]
    for command in added:
        document.push(command)
    document.push(RenumberTrack(document, added[1].track_id, 77))
    document.push(RemoveTrack(document, added[2].track_id))

    def check() -> None:
        tracks = {track: it for it in document.project.sequences.values() for track in it.tracks}
        for number in range(1, 80):
            if number in tracks:
                assert document.sequence_of(number) is tracks[number]
            else:
                with pytest.raises(KeyError):
                    document.sequence_of(number)

    check()
    taken = document.take_sequence(second.id)
    check()
    document.put_sequence(taken)
    check()
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
        check()
    document.close()

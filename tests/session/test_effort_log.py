"""What is counted as work, on a clock of the test's own."""

from __future__ import annotations

import csv
from types import SimpleNamespace

import pytest

from app.document.commands import AddCategory, AddTrack
from app.document.document import create_project, open_project
from app.document.model import Effort, Keyframe
from app.errors import AppError
from app.formats.effort_table import COLUMNS, effort_rows, write_effort
from app.session.effort_log import EffortLog
from tracker.geometry import BoundingBox


@pytest.fixture
def opened(tmp_path, qapp):
    document = create_project(tmp_path / "p.dimple")
    for name in ("one", "two"):
        document.add_sequence(tmp_path / f"{name}.mp4", name, 100, 640, 480, 25.0)
    screen = SimpleNamespace(sequence=document.project.sequences[1], frame=0)
    clock = SimpleNamespace(now=0.0)
    log = EffortLog(document, screen, None, lambda: clock.now)
    yield document, screen, clock, log
    document.close()


def test_pauses_of_over_a_minute_are_no_work(opened):
    document, _, clock, log = opened
    for now in (10, 12.5, 72.5, 200, 201):
        clock.now = now
        log.active()
    log.flush()
    assert document.project.sequences[1].effort == Effort(seconds=2.5 + 60 + 1)


def test_moving_a_box_in_steps_is_one_correction(opened):
    document, screen, _, log = opened
    log.drew(1)
    log.corrected(1)
    screen.frame = 5
    for _ in range(4):
        log.corrected(1)
    log.corrected(2)
    screen.frame = 6
    log.corrected(1)
    log.accepted()
    log.accepted()
    log.flush()
    assert document.project.sequences[1].effort == Effort(drawn=1, corrected=3, accepted=2)


def test_each_sequence_has_its_own_and_it_is_in_the_file_after_undo(opened, tmp_path):
    document, screen, _, log = opened
    category = AddCategory(document, "cup")
    document.push(category)
    log.drew(1)
    screen.sequence = document.project.sequences[2]
    log.drew(2)
    log.flush()
    document.undo_stack.undo()
    document.close()
    again = open_project(tmp_path / "p.dimple")
    assert [it.effort for it in again.project.sequences.values()] == [Effort(drawn=1), Effort(drawn=1)]
    again.close()


def test_the_table_counts_per_thousand_boxes_and_its_last_line_is_the_whole_project(opened, tmp_path):
    document = opened[0]
    category = AddCategory(document, "cup")
    document.push(category)
    for frame in range(4):
        document.push(AddTrack(document, 1, "", category.category_id, frame, Keyframe(BoundingBox(1, 2, 3, 4))))
    document.put_effort(1, Effort(3, 1, 2, 30.04))
    document.put_effort(2, Effort(1, 0, 0, 5.0))
    write_effort(document.project, tmp_path / "effort.csv")
    with (tmp_path / "effort.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    assert lines == [
        list(COLUMNS),
        ["one", "100", "4", "3", "1", "2", "30.0", "1000.0", "7510.0"],
        ["two", "100", "0", "1", "0", "0", "5.0", "", ""],
        ["", "200", "4", "4", "1", "2", "35.0", "1250.0", "8760.0"],
    ]
    assert effort_rows(document.project)[-1].effort.seconds == pytest.approx(35.04)
    with pytest.raises(AppError, match="folder"):
        write_effort(document.project, tmp_path)

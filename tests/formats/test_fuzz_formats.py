"""A short run of the fuzzer (``python -m bench.fuzz_formats`` is the long one), and what it has found so far."""

from __future__ import annotations

import random
import tracemalloc
from pathlib import Path

import pytest
from format_fixtures import read_as

from app.formats.export import export_project
from app.formats.options import ExportOptions, ImportOptions, SourceShape
from app.formats.registry import FORMATS, ExportTarget, format_named
from bench.damage import damaged
from bench.fuzz_formats import fuzz, small_project


@pytest.mark.parametrize("known", FORMATS, ids=lambda it: it.name)
def test_damaged_files_are_imported_or_refused_in_words(known):
    tally = fuzz(known, 40, seed=7)
    assert not tally.bugs, "\n".join(tally.bugs)
    assert tally.imported + tally.refused == 40
    assert tally.refused > 5, "the damage reaches the reader"


def test_a_key_box_on_a_frame_far_away_costs_neither_time_nor_memory(tmp_path):
    """Found by the fuzzer: a line to frame 9,999,999 took a minute and over a gigabyte."""
    text = (Path(__file__).parent / "foreign" / "label_studio_export.json").read_text("utf-8")
    (tmp_path / "far.json").write_text(
        text.replace('"frame": 8', '"frame": 9999999').replace('5, "enabled": false', '5, "enabled": true')
    )
    project = read_as("label-studio", tmp_path / "far.json", ImportOptions(source=SourceShape("v", 10, 200, 100, 25.0)))
    (track,) = project.sequences[31].tracks.values()
    assert list(track.keyframes) == [0, 4, 9999998]
    assert len(track.boxes) == 0
    assert track.box_at(5_000_000) is not None


def test_a_line_of_tracked_boxes_to_a_frame_far_away_costs_no_memory(tmp_path):
    """An export of ours with a frame changed to 9,999,999 took 1.3 GB: no box of it is a person's."""
    project = small_project()
    for track in project.sequences[1].tracks.values():
        track.keyframes.clear()
    path = tmp_path / "far.json"
    export_project(project, ExportTarget(format_named("label-studio"), path), ExportOptions())
    text = path.read_text("utf-8")
    assert text.count('"frame": 4, "enabled": false') == 4
    path.write_text(text.replace('"frame": 4, ', '"frame": 9999999, '))
    tracemalloc.start()
    read = read_as("label-studio", path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000
    track = next(iter(read.sequences[1].tracks.values()))
    assert track.box_at(5_000_000) is not None
    assert list(track.keyframes) == [2, 9_999_998]


def test_the_same_seed_makes_the_same_damage():
    files = {"a.json": b'{"a": [1, 2, 3]}\n' * 20, "b/c.txt": b"1,2,3,4\n" * 20}
    assert damaged(files, random.Random("x")) == damaged(files, random.Random("x"))

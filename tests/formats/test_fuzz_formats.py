"""A short run of the fuzzer (``python -m bench.fuzz_formats`` is the long one), and what it has found so far."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from format_fixtures import read_as

from app.formats.options import ImportOptions, SourceShape
from app.formats.registry import FORMATS
from bench.damage import damaged
from bench.fuzz_formats import fuzz


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


def test_the_same_seed_makes_the_same_damage():
    files = {"a.json": b'{"a": [1, 2, 3]}\n' * 20, "b/c.txt": b"1,2,3,4\n" * 20}
    assert damaged(files, random.Random("x")) == damaged(files, random.Random("x"))

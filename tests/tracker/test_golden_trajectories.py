"""Each architecture, from a file as published through ``weights add`` to tracked boxes, against kept trajectories."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from golden_trajectories import GOLDEN, LENGTHS, added_model, differences, trajectory

from tracker.network_config import NETWORK_CONFIGS

KEPT = json.loads(GOLDEN.read_text(encoding="utf-8"))
TOLERANCES = {"box": 0.05, "score": 1e-3, "map_mean": 2e-4, "decisions": 0}
"""``golden_trajectories.py --spread`` imitates other processors; these are ten times what it found, or more."""

DEEP = ("dimp50", "super_dimp", "prdimp50")


def test_every_architecture_has_a_trajectory_that_moves() -> None:
    assert KEPT.keys() == LENGTHS.keys() == NETWORK_CONFIGS.keys()
    for name, rows in KEPT.items():
        assert len(rows) == LENGTHS[name] + 1
        assert len({tuple(row["box"]) for row in rows}) > len(rows) * 0.4, name
    assert {row["status"] for rows in KEPT.values() for row in rows} >= {"FOUND", "NOT_FOUND"}


@pytest.mark.parametrize(
    ("name", "zip_format"),
    [
        ("lite0", True),
        ("dimp18", True),
        ("prdimp18", False),
        *(pytest.param(name, name != "dimp50", marks=pytest.mark.slow) for name in DEEP),
    ],
)
def test_from_the_published_file_to_the_kept_boxes(tmp_path: Path, name: str, zip_format: bool) -> None:
    library = added_model(name, tmp_path, zip_format=zip_format)
    found = differences(trajectory(name, library), KEPT[name])
    assert all(found[what] <= limit for what, limit in TOLERANCES.items()), found

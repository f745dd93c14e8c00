"""How long the window is held up by the largest things a person can do to a huge project, and to a crowd of objects."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median

from app.document.project_file import write_project
from app.formats.export import export_project
from app.formats.registry import ExportTarget, parse_target
from app.marked_section import check_section, write_section
from bench.crowd_doings import CROWD_DOINGS
from bench.dataset_doings import DATASET_DOINGS
from bench.doings import HUGE_DOINGS, Doing, Doings, Held
from bench.faults.blank_source import blank_loader, open_blank
from bench.hands import Hands
from bench.huge_project import (
    CROWD_FRAMES,
    HUGE,
    LARGE,
    SMALL,
    crowd_project,
    dataset_project,
    huge_project,
    large_pictures_project,
)
from bench.machine_stalls import stalls
from bench.picture_doings import PICTURE_DOINGS
from bench.private_home import private_home

SECTION = "blocking"
GOAL_MS = 50.0
CROWD = 200
"""Objects at once."""
DATASET_TRACKS, DATASET_SEQUENCES, DATASET_CATEGORIES = 5000, 1000, 1200


def measure(folder: Path, frames: int, boxes: int, only: tuple[str, ...] = ()) -> list[Held]:
    """Do them all, one after the other, in the real window.

    Args:
        folder: Empty.
        frames: Of the huge Sequence.
        boxes: In it.
        only: Names of what is to be done; everything where there are none.
    """
    huge, table = folder / "huge.dimple", folder / "boxes.csv"
    project = huge_project(folder, frames, boxes)
    write_project(huge, project)
    export_project(project, ExportTarget(parse_target("csv:boxes.csv").format, table))
    del project
    held: list[Held] = []
    with private_home(folder):
        window = Hands(lambda: blank_loader({str(SMALL): 400, str(HUGE): frames}))
        try:
            Doings(window, huge, table, held).all(_chosen(HUGE_DOINGS, only))
        finally:
            window.close()
    crowd = folder / "crowd.dimple"
    write_project(crowd, crowd_project(folder, CROWD))
    export_project(crowd_project(folder, CROWD), ExportTarget(parse_target("csv:boxes.csv").format, table))
    with private_home(folder):
        window = Hands(lambda: blank_loader({str(SMALL): 400, str(HUGE): CROWD_FRAMES}), open_pictures=open_blank)
        try:
            Doings(window, crowd, table, held, "a crowd: ").all(_chosen(CROWD_DOINGS, only))
        finally:
            window.close()
    _measure_dataset(folder, held, only)
    _measure_pictures(folder, held, only)
    return held


def _measure_dataset(folder: Path, held: list[Held], only: tuple[str, ...]) -> None:
    doings = _chosen(DATASET_DOINGS, only)
    if not doings:
        return
    folder = folder / "dataset"  # what was copied or exported before is in the other
    folder.mkdir()
    dataset, table = folder / "dataset.dimple", folder / "dataset.csv"
    project = dataset_project(folder, DATASET_TRACKS, DATASET_SEQUENCES, DATASET_CATEGORIES)
    frames = {str(it.id): it.frame_count for it in project.sequences.values()}
    write_project(dataset, project)
    export_project(project, ExportTarget(parse_target("csv:boxes.csv").format, table))
    del project
    with private_home(folder):
        window = Hands(lambda: blank_loader(frames), open_pictures=open_blank)
        try:
            Doings(window, dataset, table, held, "a data set: ").all(doings)
        finally:
            window.close()


def _measure_pictures(folder: Path, held: list[Held], only: tuple[str, ...]) -> None:
    folder = folder / "pictures"
    folder.mkdir()
    path = folder / "pictures.dimple"
    write_project(path, large_pictures_project(folder))
    frames = {str(SMALL): 400, str(HUGE): CROWD_FRAMES}
    with private_home(folder):
        window = Hands(lambda: blank_loader(frames, *LARGE), open_pictures=open_blank)
        try:
            Doings(window, path, path, held, "large pictures: ").all(_chosen(PICTURE_DOINGS, only))
        finally:
            window.close()


def _chosen(doings: dict[str, Doing], only: tuple[str, ...]) -> list[Doing]:
    return [doing for name, doing in doings.items() if not only or name in only]


def _row(runs: tuple[Held, ...]) -> str:
    """One thing, done once in each run: all gaps, the shortest first."""
    walls, owns = (
        ", ".join(f"{it:.0f}" for it in sorted(times))
        for times in ([it.gap.wall_ms for it in runs], [it.gap.own_ms for it in runs])
    )
    return f"| {runs[0].what} | {walls} | {owns} | {median(it.seconds for it in runs):.2f} |"


def _late(rows: list[tuple[Held, ...]]) -> list[str]:
    """How many things take longer than they may, and which of them do so more often than not."""
    own = [(runs[0].what, [it.gap.own_ms for it in runs]) for runs in rows]
    always = [what for what, times in own if min(times) > GOAL_MS]
    mostly = [what for what, times in own if min(times) <= GOAL_MS < median(times)]
    once = sum(max(times) > GOAL_MS for _, times in own)
    return [
        f"Over {GOAL_MS:.0f} ms of own time: {once} of {len(own)} in a run or more.",
        f"In each run: {'; '.join(always) or 'none'}.",
        f"In most runs, not in each: {'; '.join(mostly) or 'none'}.",
    ]


def report(
    frames: int = 200_000,
    boxes: int = 500_000,
    page: Path | None = None,
    only: tuple[str, ...] = (),
    runs: int = 1,
) -> None:
    """Print what was seen, and write it into a page."""
    if page is not None:
        check_section(page, SECTION)
    held: list[list[Held]] = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory(prefix="dimple-blocking-") as folder:
            held.append(measure(Path(folder), frames, boxes, only))
    lines = [
        f"A project of {frames:,} frames and {boxes:,} boxes; a crowd of {CROWD} objects on each of {CROWD_FRAMES:,}.",
        f"A data set: {DATASET_TRACKS:,} tracks, {DATASET_SEQUENCES:,} sequences, {DATASET_CATEGORIES:,} categories.",
        f"Large pictures: {LARGE[0]} x {LARGE[1]}.",
        stalls(),
        *_late(list(zip(*held, strict=True))),
        "",
        "| what | longest gap, ms | most own time, ms | done after, s |",
        "|---|---|---|---|",
        *map(_row, zip(*held, strict=True)),
    ]
    print("\n".join(lines))
    if page is not None:
        write_section(page, SECTION, "\n".join(lines))

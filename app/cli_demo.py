"""``demo``: the bundled sample clip tracked, exported and shown as one picture, where there is no window."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from app.cli_terminal import say
from app.cli_track import TrackJob, run_track
from app.errors import AppError
from app.formats.registry import ExportTarget, format_named
from app.session.messages import ModelChoice
from app.session.tracker_protocol import MakeTracker
from tracker.geometry import BoundingBox

SAMPLE_FOLDER = Path(__file__).resolve().parents[1] / "resources" / "sample"


@dataclass(frozen=True, slots=True)
class Sample:
    """The bundled clip and what is on it.

    Attributes:
        path: Of the clip.
        box: Of the target on frame 0.
        name: Of the track.
        category: Of the track.
    """

    path: Path
    box: BoundingBox
    name: str
    category: str


def read_sample(folder: Path = SAMPLE_FOLDER) -> Sample:
    """The bundled sample clip.

    Raises:
        AppError: The checkout is incomplete.
    """
    try:
        described = json.loads((folder / "sample.json").read_text(encoding="utf-8"))
        x, y, w, h = map(float, described["box"])
        return Sample(folder / described["file"], BoundingBox(x, y, w, h), described["name"], described["category"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AppError(f"The sample clip in {folder} is incomplete; fetch the program's files again.") from error


def run_demo(out: Path, model: ModelChoice, until: int | None, make_tracker: MakeTracker) -> int:
    """Track the sample clip and write COCO, MOT and a contact sheet into ``out``, which is made if need be.

    Args:
        out: A folder; results of an earlier demo in it are replaced.
        model: Network, device and seed.
        until: Last frame, or None for the whole clip.
        make_tracker: Makes the tracker.

    Returns:
        Exit code, as of ``run_track``.

    Raises:
        AppError: The folder cannot be made, or the sample is not there.
    """
    sample = read_sample()
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AppError(f"The folder {out} cannot be made ({error.strerror or error}); choose another.") from error
    job = TrackJob(
        source=sample.path,
        box=sample.box,
        until=until,
        model=model,
        name=sample.name,
        category=sample.category,
        exports=(
            ExportTarget(format_named("coco"), out / "coco.json"),
            ExportTarget(format_named("mot"), out / "mot"),
        ),
        contact_sheet=out / "contact_sheet.png",
    )
    say(f"Tracking {sample.name!r} through the sample clip {sample.path.name}.")
    return run_track(job, make_tracker)

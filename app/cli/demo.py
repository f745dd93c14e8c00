"""``demo``: the bundled sample clip tracked, exported and shown as one picture, where there is no window."""

from __future__ import annotations

from pathlib import Path

from app.cli.terminal import say
from app.cli.track import TrackJob, run_track
from app.errors import AppError
from app.formats.registry import ExportTarget, format_named
from app.sample import load_sample
from app.session.messages import ModelChoice
from app.session.tracker_protocol import MakeTracker


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
    sample = load_sample()
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AppError(f"The folder {out} cannot be made ({error.strerror or error}); choose another.") from error
    job = TrackJob(
        source=sample.video,
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
    say(f"Tracking {sample.name!r} through the sample clip {sample.video.name}.")
    return run_track(job, make_tracker)

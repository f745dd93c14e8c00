"""``track``: carry one box through a video without a window, on the engine that the window uses."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from app.cli.contact_sheet import draw_contact_sheet, evenly, save_png
from app.cli.outputs import check_outputs
from app.cli.terminal import ProgressBar, complain, in_minutes, say, stop_on_interrupt
from app.document.model import Category, Keyframe, Keyframes, Project, Sequence, Track
from app.document.project_file import write_project
from app.document.tracked_boxes import TrackedBox
from app.errors import AppError
from app.formats.export import export_project
from app.formats.registry import ExportTarget
from app.media.frame_source import FrameSource, OpeningCancelledError
from app.media.open_source import describe_source, open_source
from app.session.engine import Cancelled, Engine
from app.session.messages import (
    FrameTracked,
    ModelChoice,
    PropagationRequest,
    RunFinished,
    StopReason,
    StopRules,
    TargetRequest,
)
from app.session.run import Run
from app.session.tracker_protocol import MakeTracker, OpenSource
from tracker.errors import TrackerError
from tracker.geometry import BoundingBox

EXIT_DONE, EXIT_FAILED, EXIT_INTERRUPTED = 0, 1, 130

_TRACK_ID = 1
_RULES = StopRules(uncertain_frames=0, left_frames=0, jump=0.0, size_jump=0.0)
"""Nobody watches: only a lost target ends the work."""
_SHEET_FRAMES = 12


@dataclass(frozen=True, slots=True)
class TrackJob:
    """What ``track`` was asked to do. Frames count from 0.

    Attributes:
        source: Video file or image folder.
        box: Of the target on ``frame``.
        frame: Where the box is given.
        until: Where to stop; None for the end (the start, backward).
        backward: Towards earlier frames.
        model: Network, device and seed.
        name: Of the track.
        category: Of the track.
        project: A project file to make, or None.
        exports: Formats and where to.
        contact_sheet: A PNG to make, or None.
    """

    source: Path
    box: BoundingBox
    frame: int = 0
    until: int | None = None
    backward: bool = False
    model: ModelChoice = field(default_factory=ModelChoice)
    name: str = ""
    category: str = "object"
    project: Path | None = None
    exports: tuple[ExportTarget, ...] = ()
    contact_sheet: Path | None = None


def run_track(job: TrackJob, make_tracker: MakeTracker) -> int:
    """Track, then write what was asked for; nothing is written before everything given has been found usable.

    Args:
        job: What to do.
        make_tracker: Makes the tracker.

    Returns:
        Exit code: 0 when done or when the target was lost (what there is is written), 1 when tracking broke off,
        130 when interrupted.

    Raises:
        AppError: Something in the job is not usable; nothing was written.
        TrackerError: The box or the model is not usable; nothing was written.
    """
    _check_places(job)
    bar = ProgressBar()
    with stop_on_interrupt() as stopped:
        try:
            source = open_source(job.source, lambda done, total: bar.show("Opening", done, total), stopped.is_set)
        except OpeningCancelledError:
            bar.clear()
            complain("Interrupted: nothing was written.")
            return EXIT_INTERRUPTED
        bar.clear()
        engine = Engine(_already_open(source), make_tracker)
        try:
            last = last_frame(job, source)
            project, track = _new_project(job, source)
            try:
                finished = _track(job, last, engine, track, bar, stopped.is_set)
            except Cancelled:
                complain("Interrupted before the first frame: nothing was written.")
                return EXIT_INTERRUPTED
            return _report(job, finished, project, track, source)
        finally:
            engine.close()
            source.close()


def _check_places(job: TrackJob) -> None:
    """Refuse places that the results cannot go to, before the work.

    Raises:
        AppError: A place is taken, of the wrong kind, or not writable.
    """
    if job.contact_sheet is not None and job.contact_sheet.suffix.lower() != ".png":
        raise AppError(f"The contact sheet {job.contact_sheet} must be a .png file; give it that ending.")
    if job.project is not None and job.project.exists():
        raise AppError(f"{job.project} exists already; name a new project file.")
    check_outputs(job.exports, [path for path in (job.project, job.contact_sheet) if path is not None])


def last_frame(job: TrackJob, source: FrameSource) -> int:
    """The frame at which the job ends.

    Raises:
        AppError: Frames or box do not fit the source.
    """
    count = source.frame_count
    for option, frame in (("--frame", job.frame), ("--until", job.until)):
        if frame is not None and not 0 <= frame < count:
            raise AppError(f"{option} {frame} is not in {job.source}; its frames are 0 to {count - 1}.")
    if job.box.clipped(source.width, source.height) is None:
        box = ",".join(f"{side:g}" for side in (job.box.x, job.box.y, job.box.w, job.box.h))
        raise AppError(
            f"The box {box} lies outside the picture, which is {source.width} x {source.height} pixels; "
            "give a box that the target is in."
        )
    if job.until is None:
        return 0 if job.backward else count - 1
    if job.until < job.frame and not job.backward:
        raise AppError(f"--until {job.until} comes before --frame {job.frame}; add --backward to go that way.")
    if job.until > job.frame and job.backward:
        raise AppError(f"--until {job.until} comes after --frame {job.frame}; leave --backward out to go that way.")
    return job.until


def _new_project(job: TrackJob, source: FrameSource) -> tuple[Project, Track]:
    info = describe_source(job.source, source)
    track = Track(id=_TRACK_ID, name=job.name, category_id=1, keyframes=Keyframes({job.frame: Keyframe(job.box)}))
    sequence = Sequence(
        id=1,
        name=info.name,
        path=str(info.path),
        frame_count=info.frame_count,
        width=info.width,
        height=info.height,
        fps=info.fps,
        file_size=info.file_size,
        fingerprint=info.fingerprint,
        tracks={track.id: track},
    )
    return Project(sequences={1: sequence}, categories={1: Category(1, job.category)}), track


def _track(
    job: TrackJob, last: int, engine: Engine, track: Track, bar: ProgressBar, stopped: Callable[[], bool]
) -> RunFinished | None:
    """Run to the end and put the boxes into ``track``; None where there is no frame to go to."""
    if last == job.frame:
        return None
    target = TargetRequest(_TRACK_ID, keyframes=((job.frame, job.box),), start_box=job.box, name=job.name)
    request = PropagationRequest(1, job.source, (target,), job.frame, last, _RULES, job.model)
    run = engine.start(request, lambda step: complain(f"{step.text} ..."), stopped)
    total = abs(last - job.frame)
    started = time.monotonic()
    try:
        while True:
            if stopped():
                return run.cancelled()
            reply = _step(run)
            if isinstance(reply, RunFinished):
                return reply
            for _, result in reply.results:
                track.boxes.set(reply.frame, TrackedBox(result.box, result.score, result.status))
            done = abs(reply.frame - job.frame)
            rate = done / max(1e-9, time.monotonic() - started)
            bar.show("Tracking", done, total, f"{rate:.1f} frames/s, {in_minutes((total - done) / rate)} left")
    finally:
        bar.clear()


def _already_open(source: FrameSource) -> OpenSource:
    """The engine takes the source that the job was checked against."""

    def opened(
        path: Path,  # noqa: ARG001  # the engine's way of asking
        progress: Callable[[int, int], None] | None = None,  # noqa: ARG001
        cancelled: Callable[[], bool] | None = None,  # noqa: ARG001
    ) -> FrameSource:
        return source

    return opened


def _step(run: Run) -> FrameTracked | RunFinished:
    """One frame; an error that is for the person ends the run, so that the frames before it are kept."""
    try:
        return run.step()
    except (AppError, TrackerError) as error:
        return run.failed(str(error))


def _report(job: TrackJob, finished: RunFinished | None, project: Project, track: Track, source: FrameSource) -> int:
    """Write the results, say in words what happened, and give the exit code."""
    reason = StopReason.REACHED_END if finished is None else finished.reason
    if finished is None:
        say("There is no frame to go to: the box you gave is all there is.")
    else:
        rate = finished.frames_done / finished.seconds if finished.seconds > 0 else 0.0
        say(f"Tracked {finished.frames_done} frames at {rate:.1f} frames per second.")
        (complain if finished.reason is StopReason.FAILED else say)(_in_words(finished))
    if job.project is not None:
        write_project(job.project, project)
        say(f"Wrote {job.project}")
    if reason is StopReason.CANCELLED:
        kept = "the frames so far are in the project" if job.project is not None else "nothing was written"
        complain(f"Interrupted: {kept}.")
        return EXIT_INTERRUPTED
    for target in job.exports:
        for loss in export_project(project, target):
            complain(loss)
        say(f"Wrote {target.path}")
    if job.contact_sheet is not None:
        end = job.frame if finished is None else finished.frame
        frames = evenly(job.frame, end, _SHEET_FRAMES)
        save_png(draw_contact_sheet(source.read, track.box_at, frames), job.contact_sheet)
        say(f"Wrote {job.contact_sheet}")
    return EXIT_FAILED if reason is StopReason.FAILED else EXIT_DONE


def _in_words(finished: RunFinished) -> str:
    """Why a run ended, as it helps where there is no window."""
    if finished.reason is StopReason.LOST:
        return (
            f"Stopped: the tracker lost the target at frame {finished.frame}; to go on from there, give its box on a "
            "later frame with --frame and --box."
        )
    return finished.text

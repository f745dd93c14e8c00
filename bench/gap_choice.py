"""``python -m bench.gap_choice``: what to show between two drawn boxes: one run, two joined, or a straight line.

Gaps are drawn at random from sequences with true boxes; the ends are the drawn boxes, from which the tracker learns
both, as *Fill* does. Nothing here is timed.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.cli.sequences import chosen_sets
from app.document.tracked_boxes import TrackedBox, TrackedBoxes
from app.errors import AppError
from app.marked_section import check_section, write_section
from app.session.joining import join
from app.session.messages import ModelChoice
from app.session.tracker_factory import dimp_trackers
from app.session.tracker_protocol import Tracker
from tracker.errors import TrackerError
from tracker.evaluation.sequence import AnnotatedSequence
from tracker.evaluation.text_table import text_table
from tracker.geometry import BoundingBox, iou

SECTION = "gaps"
LENGTHS = (4, 8, 16, 30)
"""Frames between the two boxes."""
PER_SEQUENCE = 6
_STEPS = 40

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FilledGap:
    """IoU with the true boxes, and what is known without them.

    Attributes:
        length: Frames.
        forward: IoU of the forward run's boxes, ``(N,)``; frames without the object are left out.
        joined: Of the joined ones.
        line: Of the straight line's.
        agreement: Mean IoU of forward and backward boxes.
        score: Mean of the lower of both scores.
    """

    length: int
    forward: Numbers
    joined: Numbers
    line: Numbers
    agreement: float
    score: float


def filled_gaps(sequences: Sequence[AnnotatedSequence], tracker: Tracker, seed: int = 0) -> Iterator[FilledGap]:
    """Some gaps of each sequence; none whose ends show no object."""
    generator = np.random.default_rng(seed)
    for sequence in sequences:
        for _ in range(PER_SEQUENCE):
            length = int(generator.choice(LENGTHS))
            if len(sequence) < length + 2:
                continue
            first = int(generator.integers(0, len(sequence) - length - 1))
            boxes = sequence.boxes[first : first + length + 2]
            if boxes[0] is not None and boxes[-1] is not None and any(boxes[1:-1]):
                yield _filled(sequence, first, boxes, tracker)


def _filled(
    sequence: AnnotatedSequence, first: int, truth: Sequence[BoundingBox | None], tracker: Tracker
) -> FilledGap:
    images = [sequence.read(first + place) for place in range(len(truth))]
    last = len(truth) - 1
    forward = _run(tracker, images, truth, range(last + 1))
    backward = _run(tracker, images, truth, range(last, -1, -1))
    joined = join(forward, backward, 1, last - 1).boxes
    start, end = truth[0], truth[-1]
    assert start is not None
    assert end is not None
    overlaps, known = [], []
    for place in range(1, last):
        one, two, both = forward.get(place), backward.get(place), joined.get(place)
        assert one is not None
        assert two is not None
        assert both is not None
        known.append((iou(one.box, two.box), min(one.score, two.score)))
        if (true := truth[place]) is not None:
            line = _between(start, end, place / last)
            overlaps.append((iou(one.box, true), iou(both.box, true), iou(line, true)))
    columns = np.array(overlaps).T
    agreement, score = np.mean(known, axis=0).tolist()
    return FilledGap(last - 1, columns[0], columns[1], columns[2], agreement, score)


def _run(
    tracker: Tracker, images: Sequence[npt.NDArray[np.uint8]], truth: Sequence[BoundingBox | None], way: range
) -> TrackedBoxes:
    ends = [(images[place], box) for place in (way[-1], way[0]) if (box := truth[place]) is not None]
    tracker.rebuild(ends)
    made = TrackedBoxes()
    for place in way[1:-1]:
        result = tracker.track(images[place])
        made.set(place, TrackedBox(result.box, result.score, result.status))
    return made


def _between(a: BoundingBox, b: BoundingBox, part: float) -> BoundingBox:
    x, y, w, h = (one + part * (two - one) for one, two in ((a.x, b.x), (a.y, b.y), (a.w, b.w), (a.h, b.h)))
    return BoundingBox(x, y, w, h)


def tables(gaps: Sequence[FilledGap]) -> str:
    """Quality by length, and what choosing the line by a number known without the truth could gain at most."""
    rows = []
    for length in LENGTHS:
        some = [gap for gap in gaps if gap.length == length]
        if some:
            paths = [np.concatenate([getattr(gap, name) for gap in some]) for name in ("forward", "joined", "line")]
            cells = [f"{it.mean():.3f} / {(it >= 0.7).mean():.2f}" for it in paths]
            rows.append([str(length), str(len(some)), *cells])
    joined, line = (np.array([getattr(gap, name).mean() for gap in gaps]) for name in ("joined", "line"))
    better, share = np.maximum(joined, line).mean(), (line > joined).mean()
    lines = [
        text_table(["frames", "gaps", "forward: mean IoU / share at 0.7", "joined", "straight line"], rows),
        (
            f"Mean over gaps: joined {joined.mean():.3f}, line {line.mean():.3f}; the better of both each time, which "
            f"nobody knows beforehand, {better:.3f} (the line in {share:.0%} of the gaps)."
        ),
    ]
    for name, about in (("agreement", "forward and backward agree less than"), ("score", "the score is under")):
        known = np.array([getattr(gap, name) for gap in gaps])
        limits = np.linspace(0, known.max(), _STEPS)
        chosen = [np.where(known < limit, line, joined).mean() for limit in limits]
        best = int(np.argmax(chosen))
        lines.append(f"The line where {about} {limits[best]:.2f}, the best limit in hindsight: {chosen[best]:.3f}.")
    return "\n".join(lines)


def main() -> None:
    """Fill the gaps, print the tables, write them into a page."""
    parser = argparse.ArgumentParser(prog="python -m bench.gap_choice", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="*", metavar="DIR")
    parser.add_argument("--held-out", metavar="CONFIG")
    parser.add_argument("--table", type=Path)
    options = parser.parse_args()
    options.generated, options.scene_seeds, options.frames = False, (201, 202), None
    try:
        if options.table:
            check_section(options.table, SECTION)
        sets = chosen_sets(options)
    except (AppError, TrackerError) as error:
        parser.error(str(error))
    tracker = dimp_trackers()(ModelChoice())
    gaps: list[FilledGap] = []
    for one in sets:
        gaps += filled_gaps(one.sequences, tracker)
        print(f"{one.name}: {len(gaps)} gaps so far", flush=True)
    text = tables(gaps)
    print(text)
    if options.table:
        write_section(options.table, SECTION, text)


if __name__ == "__main__":
    main()

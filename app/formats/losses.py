"""What an export will lose, counted in the project and said before it happens."""

from __future__ import annotations

from collections import Counter

import numpy as np

from app.document.model import Track
from app.formats.format import Field, Format
from app.formats.progress import SILENT, Progress
from app.formats.selection import SelectedSequence, Selection
from app.formats.shown_boxes import ShownBoxes
from app.spoken import spoken
from tracker.result import TrackStatus

Contents = Counter[Field]
"""Field -> how often the selection has it."""


def contents(selection: Selection, progress: Progress = SILENT) -> Contents:
    """What a selection holds of each field; the same for all formats.

    Raises:
        CancelledError: The person does not want to know any more.
    """
    done, total = 0, selection.track_count
    found: Contents = Counter()
    used: set[int] = set()
    for selected in selection.sequences:
        found[Field.SEQUENCE_NAMES] += selected.folder != selected.sequence.name
        found[Field.FRAME_RATE] += 1
        found[Field.FRAME_NUMBERS] += not selected.is_whole
        for track in selected.tracks:
            progress.at(done, total)
            done += 1
            used.add(track.category_id)
            _count_track(found, selection, selected, track)
    found[Field.CATEGORIES] = len(used)
    return found


def losses(known: Format, selection: Selection, held: Contents | None = None, progress: Progress = SILENT) -> list[str]:
    """What of a selection a format cannot hold, one sentence each, with numbers.

    Args:
        known: The format.
        selection: What is to be exported.
        held: Its ``contents``, where they are known already.
        progress: Of counting them.

    Raises:
        CancelledError: The person does not want to know any more.
    """
    held = contents(selection, progress) if held is None else held
    lost = [
        spoken("{0} does not hold {1}: {2:,} will be lost.", known.title, spoken(kind.value), held[kind])
        for kind in Field
        if held[kind] and kind not in known.holds
    ]
    return [*lost, *known.notes(selection)]


def _count_track(found: Contents, selection: Selection, selected: SelectedSequence, track: Track) -> None:
    shown = selection.shown(selected, track)
    found[Field.TRACKS] += len(shown) > 1
    found[Field.TRACK_IDS] += 1
    found[Field.TRACK_NAMES] += bool(track.name)
    found[Field.EMPTY_TRACKS] += len(shown) == 0
    found[Field.TRACK_ATTRIBUTES] += len(track.attributes)
    found[Field.FRAME_ATTRIBUTES] += sum(len(it.attributes) for it in track.keyframes.values())
    found[Field.OUTSIDE] += len(selection.outside_frames(selected, track))
    if not len(shown):
        return
    tracked = ~shown.keyframes
    if tracked.any():
        found[Field.KEYFRAMES] += int(shown.keyframes.sum())
    found[Field.OCCLUDED] += int(shown.occluded.sum())
    found[Field.VISIBILITY] += int((shown.visibility < 1).sum())
    found[Field.SCORES] += int((tracked & (shown.scores < 1)).sum())
    found[Field.STATUS] += int((shown.statuses != TrackStatus.FOUND).sum())
    found[Field.FRACTIONS] += int((shown.boxes != np.round(shown.boxes)).any(axis=1).sum())
    found[Field.BEYOND_BORDER] += _beyond(shown, selected)


def _beyond(shown: ShownBoxes, selected: SelectedSequence) -> int:
    near, far = shown.boxes[:, :2], shown.boxes[:, :2] + shown.boxes[:, 2:]
    size = (selected.sequence.width, selected.sequence.height)
    return int(((near < 0) | (far > size)).any(axis=1).sum())

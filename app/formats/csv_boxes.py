"""The boxes of many rows of a CSV table at once: columns where every cell is usual, and no help where one is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from app.document.model import MAX_FRAMES
from app.formats.box_rows import BoxRows
from app.formats.text_lines import MAX_NUMBER
from tracker.result import TrackStatus

SIDES = ("left_px", "top_px", "width_px", "height_px")
STATUSES = {it: it.name.lower() for it in TrackStatus}
BY_NAME = {name: status for status, name in STATUSES.items()}

BOX_COLUMNS = frozenset({"frame_from_0", "time_s", *SIDES, "occluded", "visibility", "score", "status"})
"""What tells of a box; the other columns say whose it is."""

_Cells = Mapping[str, Sequence[str]]


def box_columns(cells: _Cells, count: int, *, keyframes: bool) -> BoxRows | None:
    """The boxes of some rows of one Track.

    Args:
        cells: Column -> cells, ``count`` of them each.
        count: Of the rows.
        keyframes: Whether a person set them.

    Returns:
        None where a cell is unusual, or wrong: then read row by row.
    """
    try:
        frames = _numbers(cells, "frame_from_0", count)
        boxes = np.stack([_numbers(cells, side, count) for side in SIDES], axis=1)
        occluded = _numbers(cells, "occluded", count, 0.0)
        visibility = _numbers(cells, "visibility", count, 1.0)
        scores = _numbers(cells, "score", count, 1.0)
        # plain numbers: NumPy takes ten times as long over members of an enumeration, and lets no other thread in
        known = {it: int(BY_NAME[it.strip() or STATUSES[TrackStatus.FOUND]]) for it in set(cells.get("status", ()))}
    except (ValueError, KeyError):
        return None
    statuses = [known[it] for it in cells["status"]] if known else [int(TrackStatus.FOUND)] * count
    is_usual = (
        ((frames == np.floor(frames)) & (frames >= 0) & (frames < MAX_FRAMES)).all()
        and (boxes[:, 2:] > 0).all()
        and ((occluded == 0) | (occluded == 1)).all()
        and ((visibility >= 0) & (visibility <= 1)).all()
    )
    if not is_usual:
        return None
    return BoxRows(
        np.zeros(count, dtype=np.int64),
        frames.astype(np.int64),
        boxes,
        scores.astype(np.float32),
        np.array(statuses, dtype=np.uint8),
        np.full(count, keyframes),
        occluded == 1,
        visibility,
    )


def _numbers(cells: _Cells, column: str, count: int, default: float | None = None) -> npt.NDArray[np.float64]:
    """One column, float64 ``(N,)``; ``ValueError`` where a cell is no number and not empty with a default."""
    found = cells.get(column)
    if found is None and default is not None:
        return np.full(count, default)
    texts = found or ()
    try:
        values = np.array([*map(float, texts)])
    except ValueError:
        if default is None:
            raise
        values = np.array([float(it) if it.strip() else default for it in texts])
    if len(values) != count or not (np.abs(values) <= MAX_NUMBER).all():
        raise ValueError(column)
    return values

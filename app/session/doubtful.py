"""The order in which doubtful frames are looked at: the same for the window's queue and for the simulated annotator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.document.model import Track
from app.session.doubt import DoubtReason, DoubtRules, Episodes, doubts_of, episodes_of

SHOWN = 500
"""Most entries that are listed; when some are dealt with, others follow."""

_REASONS = {it.value: it for it in DoubtReason}


@dataclass(frozen=True, slots=True)
class Doubtful:
    """One entry: frames in a row that are doubtful for one reason.

    Attributes:
        track_id: Of the Track.
        frame: The most doubtful of them.
        first: First of them.
        last: Last of them.
        degree: Probability that its box is wrong.
        reason: Why.
    """

    track_id: int
    frame: int
    first: int
    last: int
    degree: float
    reason: DoubtReason


def in_order(episodes: Mapping[int, Episodes]) -> tuple[Doubtful, ...]:
    """The entries, the most doubtful first; of equals the earlier. At most ``SHOWN``.

    Args:
        episodes: Track id -> what is doubtful of it.
    """
    parts = {0: Episodes.none(), **{track_id: it for track_id, it in episodes.items() if len(it.worst)}}
    owners = np.repeat(list(parts), [len(it.worst) for it in parts.values()])
    worst, first, last, degrees, reasons = (
        np.concatenate([getattr(it, name) for it in parts.values()])
        for name in ("worst", "first", "last", "degrees", "reasons")
    )
    rows = np.arange(len(degrees))
    if len(rows) > SHOWN:
        rows = np.argpartition(-degrees, SHOWN)[:SHOWN]
    rows = rows[np.lexsort((worst[rows], -degrees[rows]))]
    columns = (it[rows].tolist() for it in (owners, worst, first, last, degrees, reasons))
    return tuple(
        Doubtful(owner, frame, begin, end, degree, _REASONS[reason])
        for owner, frame, begin, end, degree, reason in zip(*columns, strict=True)
    )


def queue_of(track: Track, frame_count: int, picture_size: tuple[int, int], rules: DoubtRules) -> tuple[Doubtful, ...]:
    """What the window's queue lists of one Track once it has looked at all of it.

    Args:
        track: With all that is known of it.
        frame_count: Of its Sequence.
        picture_size: (width, height).
        rules: From where on a frame is doubtful.
    """
    doubts = doubts_of(track, 0, frame_count - 1, picture_size, rules)
    return in_order({track.id: episodes_of(doubts)})

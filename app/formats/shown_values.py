"""The values of Attributes that an export writes: on every frame what is on the screen, ``Track.value_at``."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.document.model import AttributeValue, Project, Track


@dataclass(frozen=True, slots=True)
class ShownValues:
    """The values of all Attributes of one Track on some frames.

    Attributes:
        distinct: Attribute id -> value, once for each stretch of frames in which nothing changes; defaults included,
            values that are not known left out.
        stretches: For each frame, which of ``distinct`` holds there, int64 ``(N,)``.
    """

    distinct: list[dict[int, AttributeValue]]
    stretches: npt.NDArray[np.int64]


def shown_values(project: Project, track: Track, frames: npt.NDArray[np.int64]) -> ShownValues:
    """What holds on ``frames`` ``(N,)``, ascending."""
    known = project.attributes_of(track)
    if not known:
        return ShownValues([{}], np.zeros(len(frames), dtype=np.int64))
    changes = [frame for frame, it in track.keyframes.items() if it.attributes]
    distinct = [
        {it.id: value for it in known if (value := track.value_at(it, frame)) is not None} for frame in (-1, *changes)
    ]
    return ShownValues(distinct, np.searchsorted(np.array(changes, dtype=np.int64), frames, side="right"))

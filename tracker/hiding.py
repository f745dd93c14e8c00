"""A target that goes behind something: where it should be by the way it moved before.

Not in the paper. What is left to see of a half hidden target draws score map and box to itself, and what stands beside
it takes its place. Whether it is being hidden shows in optical flow: the points on it do not come back. Then the place
is drawn towards where the target would be by its movement so far, the more the less it looks like itself, and a peak
far from there is not believed. Only for targets whose movement has been even: of others the forecast says nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from tracker.config import HidingConfig
from tracker.geometry import BoundingBox
from tracker.localization import Localization, ScoreMap
from tracker.result import TrackStatus

_UNTRIED = 0.1
"""Error of the forecast of a target that has not moved yet, in target sizes."""

_LARGEST_ERROR = 0.5
"""In target sizes: so much counts of a single one."""


@dataclass(frozen=True, slots=True)
class Motion:
    """How a target moved and looked while it could be seen, as running means.

    Attributes:
        step: Movement from frame to frame (x, y), image pixels.
        error: What lay between where it was found and where ``step`` had it, in target sizes.
        score: Its peaks; None before the first.
        came_back: Share of flow's points on it that came back; None before the first.
        hidden: For how many frames it has been hidden.
    """

    step: tuple[float, float] = (0.0, 0.0)
    error: float = _UNTRIED
    score: float | None = None
    came_back: float | None = None
    hidden: int = 0

    def looked_at(self, came_back: float | None, config: HidingConfig) -> Motion:
        """With what flow says of the next frame; None where it has nothing to start from."""
        if came_back is None:
            is_hidden = self.hidden > 0
        else:
            is_hidden = self.came_back is not None and came_back < config.share * self.came_back
        return replace(self, hidden=self.hidden + 1 if is_hidden else 0)

    def is_forecast(self, config: HidingConfig) -> bool:
        """Whether the target is hidden and its place is known by its movement."""
        return self.hidden > 0 and self.error <= config.error

    def ahead(self, center: tuple[float, float]) -> tuple[float, float]:
        """Where the target is a frame after it was at ``center`` (x, y)."""
        return center[0] + self.step[0], center[1] + self.step[1]

    def drawn(
        self, center: tuple[float, float], before: tuple[float, float], score: float, config: HidingConfig
    ) -> tuple[float, float]:
        """Where a hidden target is that was found at ``center`` with ``score``, a frame after it was at ``before``."""
        low, high = config.scores
        share = score / self.score if self.score else 1.0
        belief = min(max((share - low) / (high - low), 0.0), 1.0)
        x, y = self.ahead(before)
        return x + belief * (center[0] - x), y + belief * (center[1] - y)

    def seen(
        self,
        box: BoundingBox,
        before: tuple[float, float] | None,
        score: float,
        came_back: float | None,
        config: HidingConfig,
    ) -> Motion:
        """With one more frame in which nothing hid the target.

        Args:
            box: Where it was found, image pixels.
            before: Its centre in the frame before; None where it had been lost there.
            score: Its peak.
            came_back: As in ``looked_at``.
            config: Settings.
        """
        known = replace(self, score=score if self.score is None else self.score + config.rate * (score - self.score))
        if came_back is not None:
            mean = came_back if self.came_back is None else self.came_back
            known = replace(known, came_back=mean + config.rate * (came_back - mean))
        if before is None:
            return known
        (x, y), (old_x, old_y), (dx, dy) = box.center, before, self.step
        error = min(math.dist(box.center, self.ahead(before)) / math.sqrt(box.area), _LARGEST_ERROR)
        return replace(
            known,
            step=(dx + config.rate * (x - old_x - dx), dy + config.rate * (y - old_y - dy)),
            error=self.error + config.rate * (error - self.error),
        )


UNKNOWN_MOTION = Motion()
"""Of a target that has not been followed yet."""


def near_forecast(
    found: Localization, scores: ScoreMap, forecast: tuple[float, float], reach: float, threshold: float
) -> Localization:
    """What a score map says of a hidden target: a peak out of reach is something else.

    Args:
        found: How the map was read.
        scores: (rows, columns), preprocessed.
        forecast: Where the target should be, (row, column) in cells.
        reach: So many cells from there it may be.
        threshold: A smaller score within reach is no target.
    """
    if found.status is TrackStatus.NOT_FOUND or math.dist((found.row, found.column), forecast) <= reach:
        return found
    rows, columns = np.ogrid[: scores.shape[0], : scores.shape[1]]
    within = np.where(np.hypot(rows - forecast[0], columns - forecast[1]) <= reach, scores, -np.inf)
    row, column = np.unravel_index(int(within.argmax()), within.shape)
    score = float(within[row, column])
    if score < threshold:
        return replace(found, status=TrackStatus.NOT_FOUND, row=forecast[0], column=forecast[1], jump=None)
    return replace(found, status=TrackStatus.UNCERTAIN, row=float(row), column=float(column), score=score, jump=None)

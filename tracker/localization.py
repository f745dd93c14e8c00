"""Reading a score map: where the target is, and how sure that is (specification 3.5; paper section 4)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracker.config import LocalizationConfig
from tracker.result import TrackStatus

ScoreMap = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Localization:
    """What a score map says.

    Attributes:
        status: Leaf of the decision tree.
        row: Of the target in score map cells; between cells where the peak is interpolated.
        column: The same across.
        score: Maximum of the map.
        second_score: Maximum outside the first peak's neighbourhood, at least 0 by definition.
        took_second_peak: The weaker peak was chosen because it lies nearer to the last place.
        jump: How far the first peak lies from where optical flow saw the target go, in target sizes; None where flow
            doesn't say, or where what flow followed is there as a peak of its own.
    """

    status: TrackStatus
    row: float
    column: float
    score: float
    second_score: float
    took_second_peak: bool = False
    jump: float | None = None


@dataclass(frozen=True, slots=True)
class FlowPlace:
    """Where optical flow saw the target go.

    Attributes:
        cell: (row, column) in score map cells.
        slack: So many target sizes from there a peak is no jump.
        came_back: Share of the points followed that came back.
    """

    cell: tuple[float, float]
    slack: float
    came_back: float


def preprocessed(scores: ScoreMap, config: LocalizationConfig) -> ScoreMap:
    """The score map as all decisions see it: for PrDiMP, probabilities that sum to 1."""
    if not config.softmax:
        return scores
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum(), dtype=np.float32)


def localize(
    scores: ScoreMap,
    last_cell: tuple[float, float],
    target_cells: tuple[float, float],
    config: LocalizationConfig,
    flow: FlowPlace | None = None,
) -> Localization:
    """Walks the decision tree over a preprocessed score map.

    Look-alikes score like the target, and which of two peaks is the higher changes from frame to frame; where target
    and look-alike touch, their peaks are one. A target seldom moves by half its size meanwhile. So, where that is
    switched on, a peak near the expected place goes before a higher one elsewhere, and where optical flow saw the
    target go before a jump.

    Args:
        scores: (rows, columns).
        last_cell: (row, column) of the target's last place in this map's cells.
        target_cells: Last (height, width) of the target in cells.
        config: Thresholds.
        flow: Where optical flow saw the target go; None where it doesn't say.
    """
    windowed = scores * _hann(scores.shape) if config.hann_window else scores
    first = _peak(windowed)
    top = float(windowed[first])
    score = float(scores.max())
    size = math.sqrt(target_cells[0] * target_cells[1])
    jump = math.dist(_place(scores, first, config), flow.cell) / size if flow else None
    is_seen_there = flow is not None and _looks_like_target(windowed, flow, top, config)
    if top < config.not_found_threshold:
        if flow and is_seen_there:
            return Localization(TrackStatus.UNCERTAIN, *flow.cell, score, 0.0, jump=jump)
        return Localization(TrackStatus.NOT_FOUND, *last_cell, score, 0.0)
    is_jump = flow is not None and jump is not None and is_seen_there and jump > flow.slack
    expected = flow.cell if flow and is_jump else last_cell
    if (near := _near_peak(windowed, first, expected, target_cells, config)) is not None:
        row, column = _place(scores, near, config)
        # a peak beside where flow saw the target go may be the target's and a look-alike's, run together
        if not (flow and is_jump and math.dist((row, column), flow.cell) > flow.slack * size):
            return Localization(TrackStatus.HARD_NEGATIVE, row, column, score, top, took_second_peak=True)
    if is_jump:
        # two objects under one peak, perhaps: nothing to learn from
        return Localization(TrackStatus.UNCERTAIN, *expected, score, top, took_second_peak=True, jump=jump)
    rest = _without_neighborhood(scores, first, target_cells, config.neighborhood_scale)
    second = _peak(rest)
    second_top = float(rest[second])
    chosen, status = first, TrackStatus.FOUND
    if second_top > config.distractor_threshold * top:
        far = config.displacement_scale * math.sqrt(scores.size) / 2
        first_distance, second_distance = math.dist(first, last_cell), math.dist(second, last_cell)
        if second_distance > far > first_distance:
            status = TrackStatus.HARD_NEGATIVE
        elif second_distance < far < first_distance:
            chosen, status = second, TrackStatus.HARD_NEGATIVE
        else:
            status = TrackStatus.UNCERTAIN
    elif second_top > config.hard_negative_threshold * top and second_top > config.not_found_threshold:
        status = TrackStatus.HARD_NEGATIVE
    row, column = _place(scores, chosen, config)
    return Localization(status, row, column, score, second_top, took_second_peak=chosen != first, jump=jump)


def _near_peak(
    scores: ScoreMap,
    first: tuple[int, int],
    last_cell: tuple[float, float],
    target_cells: tuple[float, float],
    config: LocalizationConfig,
) -> tuple[int, int] | None:
    """(row, column) of the highest peak near the last place, where the first is not and this one is high enough."""
    reach = config.near * math.sqrt(target_cells[0] * target_cells[1])
    if not config.near or math.dist(first, last_cell) <= reach:
        return None
    least = max(config.near_share * float(scores[first]), config.not_found_threshold)
    found = None
    for row, column in np.argwhere(scores >= least).tolist():
        value = float(scores[row, column])
        around = scores[max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2]
        if value >= max(least, float(around.max())) and math.dist((row, column), last_cell) <= reach:
            found, least = (row, column), value
    return found


def _looks_like_target(scores: ScoreMap, flow: FlowPlace, top: float, config: LocalizationConfig) -> bool:
    """Whether the score where flow saw the target go is fair beside the first peak's, or the flow is sure of itself."""
    row, column = (min(max(round(at), 0), count - 1) for at, count in zip(flow.cell, scores.shape, strict=True))
    least = max(config.jump_share * top, config.jump_least)
    if flow.came_back >= config.jump_sure:
        least = min(least, config.jump_sure_least)
    return float(scores[row, column]) >= least


def _place(scores: ScoreMap, cell: tuple[int, int], config: LocalizationConfig) -> tuple[float, float]:
    return subcell_peak(scores, cell) if config.subcell else (float(cell[0]), float(cell[1]))


def subcell_peak(scores: ScoreMap, cell: tuple[int, int]) -> tuple[float, float]:
    """The top of the parabolas through a peak and its two neighbours in each direction.

    On logarithms, since the optimizer is taught a Gaussian label, for which that is exact.

    Args:
        scores: (rows, columns).
        cell: (row, column) of a local maximum.

    Returns:
        (row, column), at most half a cell away.
    """
    row, column = cell
    return row + _offset(scores[:, column], row), column + _offset(scores[row], column)


def _offset(line: ScoreMap, at: int) -> float:
    if not 0 < at < len(line) - 1:
        return 0.0
    values = line[at - 1 : at + 2].astype(np.float64)
    # a floor keeps the logarithm finite where a neighbour is negative
    left, middle, right = np.log(np.maximum(values, max(values[1], 1e-6) * 0.02))
    curvature = left - 2 * middle + right
    if curvature >= 0:
        return 0.0
    return float(np.clip((left - right) / (2 * curvature), -0.5, 0.5))


def _peak(scores: ScoreMap) -> tuple[int, int]:
    """(row, column) of the maximum; of equal ones that in the lowest column, then row."""
    column, row = divmod(int(np.argmax(scores.T)), scores.shape[0])
    return row, column


def _without_neighborhood(
    scores: ScoreMap, cell: tuple[int, int], target_cells: tuple[float, float], scale: float
) -> ScoreMap:
    """A copy with zeros where the first peak reigns. Python's round takes halves to even, as is wanted here."""
    rest = scores.copy()
    spans = []
    for position, extent, count in zip(cell, target_cells, scores.shape, strict=True):
        reach = scale * extent / 2
        spans.append(slice(max(round(position - reach), 0), min(round(position + reach + 1), count)))
    rest[spans[0], spans[1]] = 0.0
    return rest


def _hann(shape: tuple[int, ...]) -> ScoreMap:
    """A Hann window that isn't zero on the map's rim."""
    rows, columns = (0.5 * (1 - np.cos(2 * np.pi * np.arange(1, n + 1) / (n + 1))) for n in shape)
    return np.asarray(np.outer(rows, columns), dtype=np.float32)

"""Every number of the online tracker, with its default and where it comes from.

"3.1" and so on are sections of the DiMP specification the project was built from; the defaults are the published
values of DiMP-18 and DiMP-50 (their parameter files are identical). Sizes are crop pixels where nothing else is said.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from tracker.refinement_space import RefinementSpace


class Geometry(enum.StrEnum):
    """How crop pixels and image pixels are related."""

    EXACT = "exact"
    """Edge convention throughout, nothing drifts; for models trained by this project."""
    DIMP2019 = "dimp2019"
    """As the published trackers did: half a crop pixel of drift a refinement, decimation offset not undone (3.3)."""


class WindowRule(enum.StrEnum):
    """Which pixels a search region takes (3.3)."""

    CENTERED = "centered"
    """The whole pixels nearest to the wanted window; for the exact geometry."""
    INTEGER = "integer"
    """The integer division of 2019, by which the published results were made."""
    FLOAT = "float"
    """The same source under true division; only for parity tests against a live reference."""


class BorderMode(enum.StrEnum):
    """What happens where the search region leaves the picture."""

    REPLICATE = "replicate"
    """Edge pixels are repeated."""
    INSIDE = "inside"
    """The window shrinks until both sides fit, and is shifted inside."""
    INSIDE_MAJOR = "inside_major"
    """The window shrinks until one side fits, and is shifted inside as far as it goes."""


@dataclass(frozen=True, slots=True)
class AugmentationConfig:
    """The first-frame samples (3.4 step 3).

    Attributes:
        expansion: Side of the patch that is transformed, over the crop's.
        shifts: (row, column) translations, times half a crop.
        random_shift: Largest further shift of flip, blur and rotations, times the crop, both signs together.
        flip: Whether there is a mirrored sample.
        blurs: Gaussian sigmas (vertical, horizontal).
        rotations: Angles in degrees.
        dropout_copies: Copies of the identity sample's classification features with channels dropped.
        dropout: Probability that a channel is dropped.
    """

    expansion: float = 2.0
    shifts: tuple[tuple[float, float], ...] = ((0.6, 0.6), (-0.6, 0.6), (0.6, -0.6), (-0.6, -0.6))
    random_shift: float = 1 / 3
    flip: bool = True
    blurs: tuple[tuple[float, float], ...] = ((3.0, 1.0), (1.0, 3.0), (2.0, 2.0))
    rotations: tuple[float, ...] = (10.0, -10.0, 45.0, -45.0)
    dropout_copies: int = 2
    dropout: float = 0.2


@dataclass(frozen=True, slots=True)
class MemoryConfig:
    """SampleMemory: size and weights (3.6, 4.1-4.3).

    Attributes:
        size: Slots before any correction.
        size_limit: Slots at most; corrections make the memory grow up to here (4.2).
        first_frame_floor: Least share of the weight of the first frame's samples before any correction (0 = they are
            replaced like all others).
        first_frame_floor_corrected: The same once there is a correction (4.2).
        newest_floor: Least share of the newest correction, if it has all its samples.
        full_group: That many; a correction with fewer has so much less.
        older_floor: Least share of all older corrections together.
        anchor_limit: Largest share of the slots that samples of the first frame and of corrections may take.
        hard_negative_share: Weight of a correction's hard negatives over that of its other samples (4.2).
        kept_iou: A passing sample since the last trusted frame stays if its box has this IoU with the path between
            the trusted boxes (4.3).
    """

    size: int = 50
    size_limit: int = 80
    first_frame_floor: float = 0.25
    first_frame_floor_corrected: float = 0.15
    newest_floor: float = 0.25
    full_group: int = 8
    older_floor: float = 0.15
    anchor_limit: float = 0.6
    hard_negative_share: float = 2.0
    kept_iou: float = 0.5


@dataclass(frozen=True, slots=True)
class LocalizationConfig:
    """The decision tree over the score map (3.5).

    Attributes:
        softmax: Turn the scores into probabilities first (PrDiMP).
        not_found_threshold: A smaller maximum means not found.
        distractor_threshold: A second peak above this share of the first may be the target itself.
        hard_negative_threshold: A second peak above this share of the first is worth learning from.
        neighborhood_scale: Side of what belongs to the first peak, over the target's.
        displacement_scale: What counts as far from the last place, over half the map's mean side.
        hann_window: Whether the map is multiplied by a Hann window before its maximum is taken (VOT settings).
        subcell: Whether the peak is placed between cells by the parabola through its neighbours. Not in the
            published trackers, where the box refinement does it; without a box branch it is worth half a cell.
        inside_ratio: The target's centre stays this share of its size, less a half, inside the picture.
        near: Up to so many target sizes from where the target is expected a peak is near; 0 switches this off. Of two
            peaks the near one is taken, if it is high enough beside the other. Not in the published trackers.
        near_share: That is, at least this share of it.
        jump: Farther than so many target sizes from where optical flow saw it go, the target is not believed to be, as
            long as the score there is high enough beside the peak's; 0 switches this off. Not in the published
            trackers.
        jump_distances: Nor nearer than so many times what lay between peak and flow so far (``tracker.flow_trust``).
        jump_share: High enough is at least this share of the peak's score,
        jump_least: and at least so much.
        jump_sure: Where such a share of flow's points came back,
        jump_sure_least: so much is high enough.
    """

    softmax: bool = False
    not_found_threshold: float = 0.25
    distractor_threshold: float = 0.8
    hard_negative_threshold: float = 0.5
    neighborhood_scale: float = 2.2
    displacement_scale: float = 0.8
    hann_window: bool = False
    subcell: bool = False
    inside_ratio: float = 0.2
    near: float = 0.0
    near_share: float = 0.5
    jump: float = 0.0
    jump_distances: float = 4.0
    jump_share: float = 0.3
    jump_least: float = 0.15
    jump_sure: float = 0.6
    jump_sure_least: float = 0.1


@dataclass(frozen=True, slots=True)
class RefinementConfig:
    """Box refinement by the IoU predictor (3.5).

    Attributes:
        space: Coordinates of the ascent.
        iterations: Gradient steps.
        step: Step length.
        decay: Factor on the step after each iteration.
        random_boxes: Candidates beside the last box.
        position_jitter: Spread of their centres over the mean side.
        size_jitter: Spread of their sizes over the mean side.
        averaged: How many of the best candidates are averaged.
        max_aspect_ratio: Candidates as narrow as this are dropped.
        min_side: Smallest side in image pixels a refined box may get, unless the target began smaller.
        size_exponent: Share of a change of size, as a logarithm, that is believed in one frame. Published: all.
        center_share: Share of the way from the score map's peak to the refined centre that is gone. Published: all.
    """

    space: RefinementSpace = RefinementSpace.DEFAULT
    iterations: int = 5
    step: float = 1.0
    decay: float = 1.0
    random_boxes: int = 9
    position_jitter: float = 0.1
    size_jitter: float = 0.5
    averaged: int = 3
    max_aspect_ratio: float = 6.0
    min_side: float = 10.0
    size_exponent: float = 1.0
    center_share: float = 1.0


@dataclass(frozen=True, slots=True)
class SizePathConfig:
    """Learning from corrections how fast the size changes (``tracker.size_paths``). Not in the published trackers.

    Attributes:
        exponents: The speeds, each as ``RefinementConfig.size_exponent``; none switches this off.
        sharpness: How strongly a speed that was off counts less, per unit of the logarithm.
        memory: What an earlier correction's word counts beside the next one's.
    """

    exponents: tuple[float, ...] = ()
    sharpness: float = 20.0
    memory: float = 0.8


@dataclass(frozen=True, slots=True)
class FlowConfig:
    """Carrying the size from frame to frame by optical flow (``tracker.flow_scale``). Not in the published trackers.

    Attributes:
        points: Of the grid, a side; 0 switches this off.
        crop_size: Side of the crop that is looked at.
        search_area: Side of that crop over the square root of the target's area.
        inner: Part of the box, a side, that the grid covers.
        full_share: From this share of points that come back on, the flow is believed as a whole.
        spread: Median deviation of the pairs' growth at which it is believed by half.
        limit: Largest growth in a frame, as a logarithm.
        place_points: So many points must be followed for the flow to say where the target is.
        place_share: And this share of all of them must have come back.
    """

    points: int = 0
    crop_size: int = 128
    search_area: float = 2.5
    inner: float = 0.9
    full_share: float = 0.4
    spread: float = 0.03
    limit: float = 0.1
    place_points: int = 20
    place_share: float = 0.35


@dataclass(frozen=True, slots=True)
class CalibrationConfig:
    """Measuring on annotated frames what the box branch is off by. Not in the published trackers.

    Attributes:
        crops: On how many crops of an annotated frame; 0 switches calibration off.
        turns: Refinements in a row on each.
        settling: That many of them are still on the way and do not count.
        limit: Largest bias believed: of the centre as a share of the size, of the size as a logarithm.
    """

    crops: int = 0
    turns: int = 3
    settling: int = 1
    limit: float = 1.0


@dataclass(frozen=True, slots=True)
class AdaptationConfig:
    """Fitting the box branch to the target (``tracker.box_adaptation``). Not in the published trackers.

    Attributes:
        iterations: Steps on each annotated frame; 0 switches this off.
        rate: Length of a step: so much of a channel's own size.
        boxes: Put off about the drawn one in each crop of an annotated frame.
        spreads: By how much, in turn: of the centre as a share of the size, of the size as half its logarithm.
        restraint: What a change of all channels by their own size costs, beside a mean squared error of 1.
        newest: Share of the newest annotated frame.
        lessons: How many annotated frames are remembered.
    """

    iterations: int = 0
    rate: float = 0.1
    boxes: int = 16
    spreads: tuple[float, ...] = (0.05, 0.1, 0.2)
    restraint: float = 0.01
    newest: float = 0.5
    lessons: int = 8


@dataclass(frozen=True, slots=True)
class HidingConfig:
    """Where a target is that goes behind something (``tracker.hiding``). Not in the published trackers.

    Attributes:
        share: It is being hidden where less than so much of the usual share of flow's points comes back; 0 switches
            this off.
        error: Up to such an error of the forecast, in target sizes, its movement is even.
        scores: With the first share of its usual score it is placed by the forecast alone, with the second by its peak
            alone.
        reach: So many target sizes from the forecast a peak may lie in the frame before it is hidden,
        growth: and so many more in each frame that it is.
        rate: Of a new frame in the running means.
    """

    share: float = 0.0
    error: float = 0.05
    scores: tuple[float, float] = (0.2, 0.9)
    reach: float = 0.5
    growth: float = 0.1
    rate: float = 0.1


@dataclass(frozen=True, slots=True)
class RecoveryConfig:
    """Finding a lost target again. Not in the published trackers.

    Attributes:
        places: How many search regions elsewhere in the picture are tried in a frame; 0 switches recovery off.
        after: Frames the target must have been lost before they are.
        certainty: Smallest score at which a target that has been lost that long counts as found again.
        history: How many past sizes are remembered.
        least_window: Of how many at least the mean is taken for the size to look for.
    """

    places: int = 0
    after: int = 3
    certainty: float = 0.5
    history: int = 30
    least_window: int = 2


@dataclass(frozen=True, slots=True)
class UpdateConfig:
    """When and how strongly the target model learns (3.1, 3.6, 4.4).

    Attributes:
        learning_rate: Of a normal frame's sample.
        hard_negative_learning_rate: Of a sample with a second peak.
        initial_iterations: Optimizer iterations on the first frame.
        interval: Updates between two regular optimizations.
        iterations: Optimizer iterations of a regular optimization.
        hard_negative_iterations: Optimizer iterations after each frame with a second peak.
        correction_iterations: Optimizer iterations of each candidate filter after a correction.
        nudge_iterations: Optimizer iterations after a correction that hardly moves the box.
        nudge_iou: From this IoU of the tracked and the corrected box a correction is a nudge (4.6).
        alert_interval: Updates between optimizations for a while after a correction.
        alert_updates: For how many updates.
    """

    learning_rate: float = 0.01
    hard_negative_learning_rate: float = 0.02
    initial_iterations: int = 10
    interval: int = 20
    iterations: int = 2
    hard_negative_iterations: int = 1
    correction_iterations: int = 10
    nudge_iterations: int = 2
    nudge_iou: float = 0.8
    alert_interval: int = 5
    alert_updates: int = 20


@dataclass(frozen=True, slots=True)
class TrackerConfig:
    """All settings of a DimpTracker.

    Attributes:
        crop_size: Side of the search region as the network sees it, a multiple of 16.
        search_area: Side of the search region over the square root of the target's area.
        geometry: Relation of crop and image pixels.
        window_rule: Which pixels a search region takes.
        border_mode: What happens at the picture's border, except on first frames, where edges are always repeated.
        max_shrink: How far the inside modes may shrink the window; None: as far as needed.
        augmentation: The first frame's samples.
        correction_augmentation: A correction's samples (4.1): eight, with shifts for hard background.
        memory: SampleMemory.
        localization: Decision tree.
        refinement: Box refinement.
        flow: What optical flow says of the size's changes.
        size_paths: What corrections say of the size's changes.
        calibration: Bias of the box branch.
        adaptation: Fitting of the box branch to the target.
        hiding: What is done while the target is hidden.
        recovery: What is done when the target is lost.
        update: Learning.
    """

    crop_size: int = 288
    search_area: float = 5.0
    geometry: Geometry = Geometry.DIMP2019
    window_rule: WindowRule = WindowRule.INTEGER
    border_mode: BorderMode = BorderMode.REPLICATE
    max_shrink: float | None = None
    augmentation: AugmentationConfig = AugmentationConfig()
    correction_augmentation: AugmentationConfig = AugmentationConfig(
        blurs=((2.0, 2.0),), rotations=(), dropout_copies=1
    )
    memory: MemoryConfig = MemoryConfig()
    localization: LocalizationConfig = LocalizationConfig()
    refinement: RefinementConfig = RefinementConfig()
    flow: FlowConfig = FlowConfig()
    size_paths: SizePathConfig = SizePathConfig()
    calibration: CalibrationConfig = CalibrationConfig()
    adaptation: AdaptationConfig = AdaptationConfig()
    hiding: HidingConfig = HidingConfig()
    recovery: RecoveryConfig = RecoveryConfig()
    update: UpdateConfig = UpdateConfig()

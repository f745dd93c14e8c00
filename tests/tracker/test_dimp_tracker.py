"""The online tracker on pictures made here, with the untrained default network: it must follow, repeat itself, undo
exactly, refuse bad input in words, and keep targets apart."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import torch

from tracker.config import Geometry
from tracker.dimp_tracker import DimpTracker
from tracker.errors import TrackerError
from tracker.evaluation.generated_scene import GeneratedScene, SceneDescription
from tracker.geometry import BoundingBox, iou
from tracker.localization import localize
from tracker.network import NETWORK_CONFIGS, DimpNetwork
from tracker.presets import PRESETS
from tracker.result import TrackResult, TrackStatus
from tracker.sample_memory import SampleOrigin
from tracker.weights import load_network

# fewer samples and iterations than in use, for tests that are about book-keeping
QUICK = replace(
    PRESETS["lite0"],
    augmentation=replace(PRESETS["lite0"].augmentation, shifts=((0.6, 0.6),), blurs=(), rotations=(), dropout_copies=1),
    update=replace(PRESETS["lite0"].update, initial_iterations=3, correction_iterations=2, interval=5),
)
SCENE = GeneratedScene(SceneDescription(seed=3, length=60, width=320, height=240, target_size=40.0, pan=1.0))


@pytest.fixture(scope="module")
def network() -> DimpNetwork:
    return load_network("lite0", device="cpu")


def first_box(scene: GeneratedScene) -> BoundingBox:
    box = scene.box(0)
    assert box is not None
    return box


def run(tracker: DimpTracker, first: int, last: int) -> list[TrackResult]:
    return [tracker.track(SCENE.frame(index)) for index in range(first, last)]


def test_it_follows_a_moving_textured_target(network: DimpNetwork) -> None:
    tracker = DimpTracker(network)
    tracker.initialize(SCENE.frame(0), first_box(SCENE))
    overlaps = []
    for index in range(1, 40):
        result = tracker.track(SCENE.frame(index))
        true = SCENE.box(index)
        assert true is not None
        overlaps.append(iou(result.box, true))
    assert np.mean(overlaps) > 0.75
    assert min(overlaps) > 0.5


def test_results_say_where_their_score_map_lies(network: DimpNetwork) -> None:
    tracker = DimpTracker(network, config=QUICK)
    box = first_box(SCENE)
    result = tracker.initialize(SCENE.frame(0), box)
    assert result.box == box
    assert result.status is TrackStatus.FOUND
    assert result.score_map.shape == (17, 17)
    assert result.score_map.dtype == np.float32
    assert not result.score_map.flags.writeable
    assert result.score == pytest.approx(result.score_map.max())
    # the peak of the map, placed in the picture, is on the target
    around = box
    for answer in (result, *run(tracker, 1, 4)):
        row, column = np.unravel_index(int(answer.score_map.argmax()), (17, 17))
        place = answer.score_map_box
        x = place.x + (column + 0.5) * place.w / 17
        y = place.y + (row + 0.5) * place.h / 17
        cell = place.w / 17
        assert math.dist((x, y), answer.box.center) < 0.8 * cell
        assert place.w == pytest.approx(4.5 * math.sqrt(around.area) * 17 / 16, rel=0.02)
        around = answer.box  # the next region is cut to the size of this


def test_same_seed_same_boxes_and_pictures_may_be_read_only(network: DimpNetwork) -> None:
    def boxes(seed: int) -> list[BoundingBox]:
        tracker = DimpTracker(network, seed=seed, config=QUICK)
        pictures = [SCENE.frame(index) for index in range(6)]
        for picture in pictures:
            picture.flags.writeable = False
        tracker.initialize(pictures[0], first_box(SCENE))
        return [tracker.track(picture).box for picture in pictures[1:]]

    assert boxes(4) == boxes(4)
    assert boxes(4) != boxes(5)


def test_nothing_is_left_of_another_target(network: DimpNetwork) -> None:
    fresh = DimpTracker(network, seed=1, config=QUICK)
    used = DimpTracker(network, seed=1, config=QUICK)
    used.initialize(SCENE.frame(5), BoundingBox(10, 10, 70, 30))
    run(used, 6, 9)
    used.correct(SCENE.frame(8), BoundingBox(40, 40, 30, 60))
    for tracker in (fresh, used):
        tracker.initialize(SCENE.frame(0), first_box(SCENE))
    for one, other in zip(run(fresh, 1, 8), run(used, 1, 8), strict=True):
        assert one.box == other.box
        assert np.array_equal(one.score_map, other.score_map)


def test_trackers_that_share_a_network_do_not_disturb_each_other(network: DimpNetwork) -> None:
    alone = DimpTracker(network, config=QUICK)
    alone.initialize(SCENE.frame(0), first_box(SCENE))
    expected = [result.box for result in run(alone, 1, 6)]
    one, other = DimpTracker(network, config=QUICK), DimpTracker(network, config=QUICK)
    one.initialize(SCENE.frame(0), first_box(SCENE))
    other.initialize(SCENE.frame(0), BoundingBox(5, 5, 50, 50))
    boxes = []
    for index in range(1, 6):
        boxes.append(one.track(SCENE.frame(index)).box)
        other.track(SCENE.frame(index))
    assert boxes == expected


def test_restoring_a_snapshot_replays_bit_by_bit(network: DimpNetwork) -> None:
    tracker = DimpTracker(network, config=QUICK)
    tracker.initialize(SCENE.frame(0), first_box(SCENE))
    run(tracker, 1, 5)
    snapshot = tracker.snapshot()
    memory = tracker.samples
    expected = [result.box for result in run(tracker, 5, 12)]
    for _ in range(2):  # a snapshot can be used again
        tracker.restore(snapshot)
        assert tracker.samples == memory
        tracker.correct(SCENE.frame(5), BoundingBox(100, 100, 30, 30))
        run(tracker, 6, 8)
        tracker.restore(snapshot)
        assert [result.box for result in run(tracker, 5, 12)] == expected


def test_rebuilding_depends_on_the_keyframes_only(network: DimpNetwork) -> None:
    keyframes = []
    for index in (0, 20, 40):
        box = SCENE.box(index)
        assert box is not None
        keyframes.append((SCENE.frame(index), box))
    one, other = DimpTracker(network, config=QUICK), DimpTracker(network, config=QUICK)
    one.rebuild(keyframes)
    other.initialize(SCENE.frame(3), BoundingBox(5, 5, 60, 30))
    run(other, 4, 9)
    other.rebuild(keyframes)
    assert one.samples == other.samples
    groups = {info.group for info, _ in one.samples}
    assert groups == {0, 1, 2}
    results = run(one, 41, 46)
    assert [result.box for result in results] == [result.box for result in run(other, 41, 46)]
    true = SCENE.box(45)
    assert true is not None
    assert iou(results[-1].box, true) > 0.5


def test_a_failed_call_leaves_everything_as_it_was(network: DimpNetwork) -> None:
    tracker = DimpTracker(network, config=QUICK)
    tracker.initialize(SCENE.frame(0), first_box(SCENE))
    expected = DimpTracker(network, config=QUICK)
    expected.initialize(SCENE.frame(0), first_box(SCENE))
    good = (SCENE.frame(2), first_box(SCENE))
    with pytest.raises(TrackerError):
        tracker.rebuild([good, (SCENE.frame(2), BoundingBox(9999, 0, 10, 10))])
    with pytest.raises(TrackerError):
        tracker.correct(SCENE.frame(1), BoundingBox(0, 0, 0, 10))
    assert [r.box for r in run(tracker, 1, 4)] == [r.box for r in run(expected, 1, 4)]


def test_repositioning_moves_and_learns_nothing(network: DimpNetwork) -> None:
    tracker = DimpTracker(network, config=QUICK)
    tracker.initialize(SCENE.frame(0), first_box(SCENE))
    before = tracker.samples
    true = SCENE.box(30)
    assert true is not None
    tracker.reposition(true)
    assert tracker.samples == before
    assert iou(tracker.track(SCENE.frame(30)).box, true) > 0.6


@pytest.mark.parametrize(
    ("box", "words"),
    [
        (BoundingBox(0, 0, 0, 10), "not usable"),
        (BoundingBox(0, 0, 10, -1), "not usable"),
        (BoundingBox(math.nan, 0, 10, 10), "not usable"),
        (BoundingBox(0, math.inf, 10, 10), "not usable"),
        (BoundingBox(0, 0, 1e30, 10), "not usable"),
        (BoundingBox(0, 0, 1e6, 10), "far larger than the picture"),
        (BoundingBox(320, 0, 10, 10), "outside the picture of 320 x 240"),
        (BoundingBox(-20, -20, 10, 10), "outside the picture"),
    ],
)
def test_unusable_boxes_are_refused_in_words(network: DimpNetwork, box: BoundingBox, words: str) -> None:
    tracker = DimpTracker(network, config=QUICK)
    with pytest.raises(TrackerError, match=words):
        tracker.initialize(SCENE.frame(0), box)
    tracker.initialize(SCENE.frame(0), first_box(SCENE))
    with pytest.raises(TrackerError, match=words):
        tracker.correct(SCENE.frame(0), box)


@pytest.mark.parametrize(
    "picture",
    [
        np.zeros((20, 30), np.uint8),
        np.zeros((20, 30, 4), np.uint8),
        np.zeros((20, 30, 3), np.float32),
        np.zeros((0, 30, 3), np.uint8),
    ],
)
def test_unusable_pictures_are_refused_in_words(network: DimpNetwork, picture: np.ndarray) -> None:
    with pytest.raises(TrackerError, match="picture"):
        DimpTracker(network, config=QUICK).initialize(picture, BoundingBox(1, 1, 5, 5))


@pytest.mark.parametrize("name", ["lite0", "dimp18", "super_dimp"])
@pytest.mark.parametrize(
    "box",
    [
        BoundingBox(10, 10, 0.01, 0.01),
        BoundingBox(0, 0, 320, 1),
        BoundingBox(-1500, -1500, 3200, 3200),
        BoundingBox(319.9, 239.9, 50, 50),
    ],
)
def test_strange_boxes_are_survived(network: DimpNetwork, name: str, box: BoundingBox) -> None:
    config = replace(PRESETS[name], augmentation=QUICK.augmentation, update=QUICK.update, crop_size=128)
    tracker = DimpTracker(network, config=config)
    tracker.initialize(SCENE.frame(0), box)
    assert tracker.track(SCENE.frame(1)).box.is_valid
    assert tracker.correct(SCENE.frame(1), box).box == box


def test_a_negative_seed_is_refused_in_words(network: DimpNetwork) -> None:
    with pytest.raises(TrackerError, match="seed is -1"):
        DimpTracker(network, seed=-1)


def test_before_the_first_box_there_is_nothing_to_do(network: DimpNetwork) -> None:
    tracker = DimpTracker(network, config=QUICK)
    assert tracker.samples == ()
    with pytest.raises(TrackerError, match="no target yet"):
        tracker.track(SCENE.frame(0))
    with pytest.raises(TrackerError, match="no target yet"):
        tracker.correct(SCENE.frame(0), first_box(SCENE))
    with pytest.raises(TrackerError, match="draw a box first"):
        tracker.rebuild([])
    with pytest.raises(TrackerError, match="no target yet"):
        tracker.reposition(first_box(SCENE))


def test_frames_add_passing_samples_and_the_optimizer_runs_when_due(
    network: DimpNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracker = DimpTracker(network, config=QUICK)
    iterations: list[tuple[int, int]] = []
    original = network.optimize_filter
    frame = 0

    def counted(*args: object) -> object:
        iterations.append((frame, args[-1]))  # type: ignore[arg-type]
        return original(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(network, "optimize_filter", counted)
    tracker.initialize(SCENE.frame(0), first_box(SCENE))
    statuses = {}
    for frame in range(1, 12):  # read in counted()
        statuses[frame] = tracker.track(SCENE.frame(frame)).status
        state = tracker.snapshot().state
        assert state is not None
        state.target_filter.value()
    assert iterations[0] == (0, 3)
    expected = [(f, 1) if s is TrackStatus.HARD_NEGATIVE else (f, 2)
                for f, s in statuses.items() if s is TrackStatus.HARD_NEGATIVE or f in {5, 10}]  # fmt: skip
    assert iterations[1:] == expected
    learned = [i.update for i, _ in tracker.samples if i.origin is SampleOrigin.PASSING]
    assert learned == [f for f, s in statuses.items() if s in {TrackStatus.FOUND, TrackStatus.HARD_NEGATIVE}]


def test_an_uncertain_frame_moves_the_box_and_teaches_nothing(
    network: DimpNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracker = DimpTracker(network, config=QUICK)
    tracker.initialize(SCENE.frame(0), first_box(SCENE))
    found = localize
    monkeypatch.setattr("tracker.looking.localize", lambda *given: replace(found(*given), status=TrackStatus.UNCERTAIN))
    known = tracker.samples
    result = tracker.track(SCENE.frame(6))
    assert result.status is TrackStatus.UNCERTAIN
    assert math.dist(result.box.center, first_box(SCENE).center) > 5
    assert tracker.samples == known


def flat_iou_network() -> DimpNetwork:
    """Every box is predicted to be equally good, so that refinement must not move anything."""
    torch.manual_seed(0)
    with torch.random.fork_rng(devices=[]):
        network = DimpNetwork(replace(NETWORK_CONFIGS["lite0"], has_trained_iou=True)).eval().requires_grad_(False)
    torch.nn.init.zeros_(network.iou_branch.output.weight)
    return network


@pytest.mark.parametrize(("geometry", "drift"), [(Geometry.DIMP2019, 0.5), (Geometry.EXACT, 0.0)])
def test_a_flat_iou_head_drifts_half_a_crop_pixel_as_published_or_not_at_all(geometry: Geometry, drift: float) -> None:
    name = "dimp18" if geometry is Geometry.DIMP2019 else "lite0"
    config = replace(
        PRESETS[name],
        refinement=replace(PRESETS[name].refinement, random_boxes=0, averaged=1),
        augmentation=QUICK.augmentation,
    )
    config = replace(
        config, localization=replace(config.localization, subcell=False, not_found_threshold=-9.0, near=0.0)
    )
    tracker = DimpTracker(flat_iou_network(), config=config)
    tracker.initialize(SCENE.frame(0), first_box(SCENE))
    for index in range(1, 4):
        result = tracker.track(SCENE.frame(index))
        place = result.score_map_box
        rows, columns = result.score_map.shape
        scale = place.w / (16 * columns)
        # of equal maxima the tracker takes the same as numpy on the transposed map
        column, row = divmod(int(result.score_map.T.argmax()), rows)
        x = place.x + (column + 0.5) * 16 * scale
        y = place.y + (row + 0.5) * 16 * scale
        assert result.box.center == pytest.approx((x + drift * scale, y + drift * scale), abs=2e-3)


def test_running_out_of_graphics_memory_goes_on_with_the_processor(
    network: DimpNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracker = DimpTracker(network, config=QUICK)
    expected = DimpTracker(network, config=QUICK)
    for one in (tracker, expected):
        one.initialize(SCENE.frame(0), first_box(SCENE))
    assert tracker.device_note is None
    boxes = [result.box for result in run(expected, 1, 5)]
    run(tracker, 1, 3)

    # a graphics card that is full: features fail until the network has been moved
    original = network.see
    device = torch.device("cuda")

    def failing(crops: torch.Tensor) -> object:
        if device.type == "cuda":
            raise torch.OutOfMemoryError("full")
        return original(crops)

    def moved(*_: object) -> DimpNetwork:
        nonlocal device
        device = torch.device("cpu")
        return network

    monkeypatch.setattr(network, "see", failing)
    monkeypatch.setattr(network, "to", moved)
    monkeypatch.setattr(DimpNetwork, "device", property(lambda _: device))
    monkeypatch.setattr("tracker.tracker_state.TrackerState.to", lambda *_: None)
    monkeypatch.setattr("tracker.looking.crop_tensor", lambda p, _: torch.from_numpy(p).permute(0, 3, 1, 2))
    assert [result.box for result in run(tracker, 3, 5)] == boxes[2:]
    assert tracker.device_note is not None
    assert "processor" in tracker.device_note


@pytest.mark.parametrize("name", ["dimp18", "prdimp18"])
def test_published_architectures_track_with_their_own_settings(name: str) -> None:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = DimpNetwork(NETWORK_CONFIGS[name]).eval().requires_grad_(False)
    settings = PRESETS[name]
    config = replace(
        settings,
        crop_size=160,
        augmentation=QUICK.augmentation,
        localization=replace(settings.localization, not_found_threshold=-1.0),
    )
    boxes = []
    for _ in range(2):
        tracker = DimpTracker(network, seed=2, config=config)
        tracker.initialize(SCENE.frame(0), first_box(SCENE))
        results = run(tracker, 1, 3)
        tracker.correct(SCENE.frame(2), first_box(SCENE))
        results += run(tracker, 3, 5)
        boxes.append([result.box for result in results])
        assert all(result.box.is_valid for result in results)
        if name == "prdimp18":
            assert results[0].score_map.sum() == pytest.approx(1.0, abs=1e-4)
    assert boxes[0] == boxes[1]
    # random weights move boxes somewhere, so sizes must have changed
    assert boxes[0][-1].w != first_box(SCENE).w

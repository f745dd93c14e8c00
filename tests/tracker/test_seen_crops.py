"""Crops that come again are not looked at again: the same results, with less work, in bounded memory."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from tracker.backbone import Features
from tracker.dimp_tracker import DimpTracker
from tracker.evaluation.generated_scene import GeneratedScene, SceneDescription
from tracker.seen_crops import SeenCrop, SeenCrops
from tracker.weights import load_network

SCENE = GeneratedScene(SceneDescription(seed=3, length=12, width=320, height=240, target_size=40.0, pan=1.0))


class Looker:
    """Sees in a crop its own mean, and notes how many it is shown."""

    def __init__(self) -> None:
        self.shown: list[int] = []

    def look(self, crops: Tensor) -> list[SeenCrop]:
        self.shown.append(len(crops))
        means = [crop.float().mean().reshape(1, 1, 1, 1) for crop in crops]
        return [SeenCrop(Features(mean, mean), mean) for mean in means]


def crops(*values: int) -> Tensor:
    return torch.stack([torch.full((3, 4, 4), value, dtype=torch.uint8) for value in values])


def seen(answers: list[SeenCrop]) -> list[float]:
    return [crop.x.item() for crop in answers]


def test_only_new_crops_are_looked_at_and_all_are_answered_in_order() -> None:
    looker, kept = Looker(), SeenCrops()
    assert seen(kept.recall(crops(1, 2, 3), looker.look)) == [1, 2, 3]
    assert seen(kept.recall(crops(4, 2, 1, 5), looker.look)) == [4, 2, 1, 5]
    assert seen(kept.recall(crops(5, 5, 3), looker.look)) == [5, 5, 3]
    assert looker.shown == [3, 2]


def test_the_crops_that_were_wanted_longest_ago_make_room() -> None:
    looker, kept = Looker(), SeenCrops(room=3 * 12)
    kept.recall(crops(1, 2, 3), looker.look)
    kept.recall(crops(1), looker.look)
    kept.recall(crops(4), looker.look)  # 2 goes
    kept.recall(crops(1, 3, 4), looker.look)
    assert looker.shown == [3, 1]
    kept.recall(crops(2), looker.look)
    assert looker.shown == [3, 1, 1]


def test_what_does_not_fit_is_answered_all_the_same() -> None:
    looker, kept = Looker(), SeenCrops(room=11)
    for _ in range(2):
        assert seen(kept.recall(crops(1, 2, 3), looker.look)) == [1, 2, 3]
    assert looker.shown == [3, 3]


def test_an_error_keeps_nothing() -> None:
    looker, kept = Looker(), SeenCrops()

    def fail(_crops: Tensor) -> list[SeenCrop]:
        raise MemoryError("no room")

    with pytest.raises(MemoryError):
        kept.recall(crops(1), fail)
    assert seen(kept.recall(crops(1), looker.look)) == [1]


def test_nothing_is_kept_once_a_tracker_has_been_let_go_of(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("onnxruntime")
    box = SCENE.box(0)
    assert box is not None
    network = load_network(device="cpu", threads=1)
    looked: list[int] = []
    look = network._look_at_each
    monkeypatch.setattr(network, "_look_at_each", lambda crops: looked.append(len(crops)) or look(crops))
    tracker = DimpTracker(network)
    for _ in range(2):
        tracker.initialize(SCENE.frame(0), box)
    assert len(looked) == 1
    del tracker
    DimpTracker(network).initialize(SCENE.frame(0), box)
    assert looked == 2 * looked[:1]


def test_a_memory_rebuilt_from_crops_that_were_kept_is_that_of_crops_seen_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """A keyframe more, as after each far correction: only its own crops are new, and those that are thinned."""
    pytest.importorskip("onnxruntime")
    keyframes = [(SCENE.frame(index), box) for index in range(0, 12, 2) if (box := SCENE.box(index)) is not None]
    network = load_network(device="cpu", threads=1)
    tracker = DimpTracker(network, seed=5)
    tracker.rebuild(keyframes[:-1])
    looked: list[int] = []
    look = network._look_at_each
    monkeypatch.setattr(network, "_look_at_each", lambda crops: looked.append(len(crops)) or look(crops))
    tracker.rebuild(keyframes)
    assert sum(looked) == 8, "those of the newest keyframe; the others, thinned or not, have been seen"
    anew = DimpTracker(load_network(device="cpu", threads=1), seed=5)
    anew.rebuild(keyframes)
    for index in (10, 11, 9):
        mine, theirs = tracker.track(SCENE.frame(index)), anew.track(SCENE.frame(index))
        assert mine.box == theirs.box
        assert (mine.score_map == theirs.score_map).all()
    assert tracker.samples == anew.samples

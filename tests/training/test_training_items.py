from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from tracker.errors import TrackerError
from tracker.training.config import ItemConfig
from tracker.training.generated import generated_stills, generated_tracks
from tracker.training.item_maker import ItemMaker
from tracker.training.items import TrainingItem, collate, network_input
from tracker.training.validation import easy, hard

CONFIG = ItemConfig(crop_size=128, proposals=4, gaps=(8,))
TRACKS = generated_tracks(4, 0)
STILLS = generated_stills(4, 0)
PLAIN = replace(CONFIG, distractors=0.0, occluder=0.0, absent=0.0, photometric=0.0, part=0.0, repaste=0.0)


def same(a: TrainingItem, b: TrainingItem) -> bool:
    return all(np.array_equal(getattr(a, part.name), getattr(b, part.name)) for part in fields(TrainingItem))


def test_the_same_seed_and_number_give_the_same_item_whoever_makes_it():
    first, second = ItemMaker(TRACKS, STILLS, CONFIG), ItemMaker(TRACKS, STILLS, CONFIG)
    second.make(0, 99)
    for number in range(12):
        assert same(first.make(7, number), second.make(7, number))
    assert not same(first.make(7, 0), first.make(8, 0))


@pytest.mark.parametrize("kind", ["video", "still", "cutout"])
def test_shapes_and_ranges_of_every_kind(kind):
    shares = {name: float(name == kind) for name in ("video", "still", "cutout")}
    maker = ItemMaker(TRACKS, STILLS, replace(CONFIG, **shares))
    for number in range(8):
        item = maker.make(1, number)
        assert item.train_crops.shape == item.test_crops.shape == (2, 128, 128, 3)
        assert item.train_crops.dtype == np.uint8
        assert item.proposals.shape == (2, 4, 4)
        assert (item.test_boxes[:, 2:] > 0).all()
        assert ((item.overlaps >= 0) & (item.overlaps <= 1)).all()


def test_boxes_lie_on_the_target():
    """Targets are patchworks of nine random colours, scenes are smooth: edges are many more inside the boxes."""
    for shares in ({"video": 1.0, "still": 0.0, "cutout": 0.0}, {"video": 0.0, "still": 0.0, "cutout": 1.0}):
        maker = ItemMaker(TRACKS, STILLS, replace(PLAIN, **shares))
        inside, outside = [], []
        for number in range(15):
            item = maker.make(3, number)
            for crop, box in zip(item.train_crops, item.train_boxes, strict=True):
                steps = np.abs(np.diff(crop.astype(float), axis=1)).sum(axis=-1)
                x0, y0 = np.maximum(np.round(box[:2]), 0).astype(int)
                x1, y1 = np.minimum(np.round(box[:2] + box[2:]), 127).astype(int)
                within = np.zeros_like(steps, dtype=bool)
                within[y0:y1, x0:x1] = True
                inside.append(steps[within].mean())
                around = within.copy()
                margin = 6
                around[max(0, y0 - margin) : y1 + margin, max(0, x0 - margin) : x1 + margin] = True
                outside.append(steps[around & ~within].mean())
        assert np.mean(inside) > 2 * np.mean(outside)


def test_lookalikes_change_the_background_and_leave_the_target(monkeypatch):
    # greying is drawn after the look-alikes, so that it would differ between the two
    monkeypatch.setattr("tracker.training.item_maker.GREY_PROBABILITY", 0.0)
    plain = ItemMaker(TRACKS, STILLS, replace(PLAIN, video=1.0, still=0.0, cutout=0.0))
    busy = ItemMaker(TRACKS, STILLS, replace(PLAIN, video=1.0, still=0.0, cutout=0.0, distractors=1.0))
    changed = []
    for number in range(12):
        a, b = plain.make(5, number), busy.make(5, number)
        np.testing.assert_array_equal(a.train_boxes, b.train_boxes)
        x0, y0 = np.maximum(np.ceil(a.train_boxes[0, :2] + 0.25 * a.train_boxes[0, 2:]), 0).astype(int)
        x1, y1 = np.floor(a.train_boxes[0, :2] + 0.75 * a.train_boxes[0, 2:]).astype(int)
        differs = (a.train_crops[0] != b.train_crops[0]).any(axis=-1)
        assert differs[y0:y1, x0:x1].mean() < 0.3
        changed.append(differs.mean())
    assert np.mean(changed) > 0.01


def test_absent_targets_are_marked_and_only_in_test_frames():
    maker = ItemMaker(TRACKS, STILLS, replace(CONFIG, absent=1.0))
    assert not maker.make(0, 0).visible.any()
    assert ItemMaker(TRACKS, STILLS, PLAIN).make(0, 0).visible.all()


def test_mirrored_items_mirror_their_boxes():
    maker = ItemMaker(TRACKS, STILLS, PLAIN)
    rendered = []
    for mirrored in (False, True):
        rng = np.random.default_rng(4)
        draft = maker._draft(rng)
        draft.mirrored = mirrored
        rendered.append(maker._rendered(draft, rng))
    plain, mirror = rendered
    np.testing.assert_array_equal(mirror.test_crops, plain.test_crops[:, :, ::-1])
    np.testing.assert_allclose(
        mirror.test_boxes[:, 0], 128 - plain.test_boxes[:, 0] - plain.test_boxes[:, 2], atol=1e-4
    )
    np.testing.assert_allclose(mirror.test_boxes[:, 1:], plain.test_boxes[:, 1:])


def test_no_data_is_a_sentence():
    with pytest.raises(TrackerError, match="no data"):
        ItemMaker([], [], CONFIG)
    with pytest.raises(TrackerError, match="no data"):
        ItemMaker(TRACKS, [], replace(CONFIG, video=0.0, cutout=0.0))


def test_collation_keeps_order_and_the_network_gets_channels_first():
    maker = ItemMaker(TRACKS, STILLS, CONFIG)
    items = [maker.make(0, number) for number in range(3)]
    batch = collate(items)
    assert batch.train_crops.shape == (3, 2, 128, 128, 3)
    crops = network_input(batch.train_crops)
    assert crops.shape == (6, 3, 128, 128)
    np.testing.assert_array_equal(crops[2].numpy(), items[1].train_crops[0].transpose(2, 0, 1))


def test_hard_validation_is_harder_than_easy():
    assert easy(CONFIG).distractors == 0
    assert hard(CONFIG).distractors == 1
    assert min(hard(CONFIG).gaps) > max(easy(CONFIG).gaps)

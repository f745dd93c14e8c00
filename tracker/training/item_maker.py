"""From a seed and a number to a training item: chooses a scene, makes it hard, renders it."""

from __future__ import annotations

import numpy as np

from tracker.errors import TrackerError
from tracker.training.appearance import GREY_PROBABILITY, photometric
from tracker.training.config import ItemConfig
from tracker.training.distractors import Suppliers, add_lookalikes, add_occluders
from tracker.training.drafts import FrameDraft, ItemDraft
from tracker.training.items import TrainingItem
from tracker.training.patches import Patch, paste
from tracker.training.records import Pixels, StillRecord, TrackRecord
from tracker.training.scenes import CutoutScenes, StillScenes, VideoScenes, absent_frame
from tracker.training.views import Rng, draw_proposals, warp

DRAFT_TRIES = 20


class ItemMaker:
    """Makes items of the data given; the same seed and number give the same item in any process."""

    def __init__(self, tracks: list[TrackRecord], stills: list[StillRecord], config: ItemConfig) -> None:
        """Takes the data; kinds of items without data are never drawn.

        Raises:
            TrackerError: if no kind with a share above zero has data.
        """
        self.config = config
        self.video = VideoScenes(tracks, config) if any(len(track.visible) > 1 for track in tracks) else None
        self.still = StillScenes(stills, config) if stills else None
        self.cutout = CutoutScenes(tracks, tracks, config)
        shares = np.asarray(
            [
                config.video if self.video else 0.0,
                config.still if self.still else 0.0,
                config.cutout if self.cutout.tracks else 0.0,
            ]
        )
        if shares.sum() <= 0:
            raise TrackerError("There is no data to draw items from; check [data] and [items] of the configuration.")
        self.shares = shares / shares.sum()
        self.suppliers = Suppliers(self._lookalike, self.cutout.any_cutout, self._backdrop)

    def make(self, seed: int, number: int) -> TrainingItem:
        """Item ``number`` of the stream ``seed``."""
        rng = np.random.default_rng((seed, number))
        item = self._draft(rng)
        item.mirrored = bool(rng.random() < 0.5)
        if rng.random() < self.config.distractors:
            add_lookalikes(item, rng, self.config, self.suppliers)
        add_occluders(item, rng, self.config, self.suppliers)
        for position, frame in enumerate(item.test):
            if rng.random() < self.config.absent:
                item.test[position] = absent_frame(frame, self._backdrop(rng), rng, self.config)
        return self._rendered(item, rng)

    def _draft(self, rng: Rng) -> ItemDraft:
        for _ in range(DRAFT_TRIES):
            kind = int(rng.choice(3, p=self.shares))
            if kind == 0 and self.video:
                return self.video.draft(rng)
            if kind == 1 and self.still:
                return self.still.draft(rng)
            draft = self.cutout.draft(rng)
            if draft is not None:
                return draft
        raise TrackerError("The masks of the training data are nearly all empty; set items.cutout = 0.")

    def _rendered(self, item: ItemDraft, rng: Rng) -> TrainingItem:
        grey = bool(rng.random() < GREY_PROBABILITY)
        crops = np.stack([self._render(frame, rng, mirrored=item.mirrored, grey=grey) for frame in item.frames])
        boxes = np.stack([frame.box for frame in item.frames])
        if item.mirrored:
            boxes[:, 0] = self.config.crop_size - boxes[:, 0] - boxes[:, 2]
        count = len(item.train)
        drawn = [draw_proposals(box, self.config.proposals, rng) for box in boxes[count:]]
        return TrainingItem(
            crops[:count],
            boxes[:count].astype(np.float32),
            crops[count:],
            boxes[count:].astype(np.float32),
            np.asarray([frame.visible for frame in item.test]),
            np.stack([proposals for proposals, _ in drawn]),
            np.stack([overlaps for _, overlaps in drawn]),
        )

    def _render(self, frame: FrameDraft, rng: Rng, *, mirrored: bool, grey: bool) -> Pixels:
        size = self.config.crop_size
        crop = warp(frame.picture, frame.view, size, size)
        for layer in (*frame.below, *frame.own, *frame.above):
            paste(crop, layer)
        if mirrored:
            crop = np.ascontiguousarray(crop[:, ::-1])
        return photometric(crop, rng, self.config.photometric, grey=grey)

    def _lookalike(self, rng: Rng, label: str) -> Patch | None:
        return self.still.lookalike(rng, label) if self.still else self.cutout.any_cutout(rng)

    def _backdrop(self, rng: Rng) -> Pixels:
        if self.still:
            return self.still.backdrop(rng)
        track = self.cutout.backgrounds[int(rng.integers(len(self.cutout.backgrounds)))]
        return track.frames[int(rng.integers(len(track.frames)))]

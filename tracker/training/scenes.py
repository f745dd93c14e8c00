"""Where items come from: video, stills turned into sequences, and masked cut-outs moving over other scenes."""

from __future__ import annotations

import numpy as np

from tracker.training.config import ItemConfig
from tracker.training.drafts import FrameDraft, ItemDraft, view_on
from tracker.training.patches import Layer, Patch, patch_from_box, patch_from_mask
from tracker.training.records import Pixels, StillRecord, TrackRecord
from tracker.training.sampling import TargetIndex, pick_frames, sequence_weights
from tracker.training.views import Matrix, Rng, about, compose, mapped_box, rect_to_rect, shifted_inside

COMPANY_SHARE = 0.5
"""Share of still items whose target has another of its class in the picture."""

PART_LEAST_SIDE = 48.0
"""Objects smaller than this have no parts worth a target."""

SHIFT_INSIDE_SHARE = 0.6


class VideoScenes:
    """Items from sequences of real frames."""

    def __init__(self, tracks: list[TrackRecord], config: ItemConfig) -> None:
        """Takes the sequences; those with fewer than two usable frames are never drawn."""
        self.tracks = tracks
        self.config = config
        self.weights = sequence_weights(tracks)

    def draft(self, rng: Rng) -> ItemDraft:
        """Train and test frames of one sequence by the rules of spec 5.1, with one of the configured gaps."""
        track = self.tracks[int(rng.choice(len(self.tracks), p=self.weights))]
        train, test = frame_numbers(track, rng, self.config)
        frames = [
            _frame_in_place(track.frames[number], _box(track, number), rng, self.config, test=position >= len(train))
            for position, number in enumerate((*train, *test))
        ]
        look = _look(track, train[0], rng)
        return ItemDraft(frames[: len(train)], frames[len(train) :], look, track.label)


class StillScenes:
    """Items from single pictures: every frame is the same picture, turned, stretched and seen by another area."""

    def __init__(self, stills: list[StillRecord], config: ItemConfig) -> None:
        """Takes the stills."""
        self.stills = stills
        self.config = config
        self.index = TargetIndex(stills)

    def draft(self, rng: Rng) -> ItemDraft:
        """An object of a still, or a random part of one, perhaps lifted onto another background."""
        number, target = self.index.draw(rng, COMPANY_SHARE)
        still = self.stills[number]
        picture = still.picture()
        box = np.asarray(still.boxes[target], dtype=np.float64)
        label = still.labels[target]
        if rng.random() < self.config.part and min(box[2:]) > PART_LEAST_SIDE:
            box, label = _random_part(box, rng), ""
        look = patch_from_box(picture, box, rng)
        lift = look is not None and rng.random() < self.config.repaste
        backdrop = self.backdrop(rng) if lift else picture
        view_strength = float(rng.choice((0.5, 1.0, 1.8)))
        count = self.config.train_frames
        frames = []
        for position in range(count + self.config.test_frames):
            test = position >= count
            bend = about((box[0] + box[2] / 2, box[1] + box[3] / 2), _random_linear(rng, view_strength))
            seen = mapped_box(box, bend)
            view = view_on(seen, rng, self.config, test=test)
            if lift and look is not None:
                mine = compose(compose(view, bend), rect_to_rect(look.rect, box))
                background = backdrop_view(backdrop, rng, self.config)
                frames.append(
                    FrameDraft(backdrop, background, mapped_box(box, compose(view, bend)), own=[Layer(look, mine)])
                )
            else:
                if rng.random() < SHIFT_INSIDE_SHARE:
                    view = shifted_inside(view, picture.shape[1], picture.shape[0], self.config.crop_size)
                whole = compose(view, bend)
                frames.append(FrameDraft(picture, whole, mapped_box(box, whole)))
        return ItemDraft(frames[:count], frames[count:], look, label)

    def backdrop(self, rng: Rng) -> Pixels:
        """Any picture."""
        return self.stills[int(rng.integers(len(self.stills)))].picture()

    def lookalike(self, rng: Rng, label: str) -> Patch | None:
        """Another object of a class, from any still."""
        number, target = self.index.draw_similar(rng, label)
        still = self.stills[number]
        return patch_from_box(still.picture(), still.boxes[target], rng)


class CutoutScenes:
    """Items from masks: the object of one sequence moves over the frames of another scene."""

    def __init__(self, tracks: list[TrackRecord], backgrounds: list[TrackRecord], config: ItemConfig) -> None:
        """Takes the sequences with masks among ``tracks``, and the sequences that serve as scenes."""
        self.tracks = [track for track in tracks if track.masks is not None]
        self.backgrounds = backgrounds
        self.config = config

    def draft(self, rng: Rng) -> ItemDraft | None:
        """An object's own movement and change of shape, over another sequence's frames; None if a mask is empty."""
        track = self.tracks[int(rng.integers(len(self.tracks)))]
        scene = self.backgrounds[int(rng.integers(len(self.backgrounds)))]
        train, test = frame_numbers(track, rng, self.config)
        start, pace = int(rng.integers(len(scene.frames))), float(rng.uniform(-1, 1))
        base_view = backdrop_view(scene.frames[start], rng, self.config)
        frames: list[FrameDraft] = []
        look: Patch | None = None
        for position, number in enumerate((*train, *test)):
            cut = self.cut(track, number)
            if cut is None:
                return None
            patch, box = cut
            look = look or patch
            view = view_on(box, rng, self.config, test=position >= len(train))
            moment = int(np.clip(start + pace * (number - train[0]), 0, len(scene.frames) - 1))
            drift = np.asarray([[1, 0, rng.normal(0, 25)], [0, 1, rng.normal(0, 25)]])
            frames.append(
                FrameDraft(
                    scene.frames[moment],
                    compose(drift, base_view),
                    mapped_box(box, view),
                    own=[Layer(patch, compose(view, rect_to_rect(patch.rect, box)))],
                )
            )
        return ItemDraft(frames[: len(train)], frames[len(train) :], look, track.label)

    def cut(self, track: TrackRecord, number: int) -> tuple[Patch, Matrix] | None:
        """The object of one frame and its tight box."""
        mask = track.mask(number)
        return None if mask is None else patch_from_mask(track.frames[number], mask)

    def any_cutout(self, rng: Rng) -> Patch | None:
        """Any masked object."""
        if not self.tracks:
            return None
        track = self.tracks[int(rng.integers(len(self.tracks)))]
        cut = self.cut(track, int(rng.choice(track.visible)))
        return cut[0] if cut else None


def frame_numbers(track: TrackRecord, rng: Rng, config: ItemConfig) -> tuple[list[int], list[int]]:
    """Train and test frame numbers of one item."""
    gap = int(rng.choice(config.gaps))
    backward = bool(rng.random() < config.reverse)
    return pick_frames(track.visible, rng, config.train_frames, config.test_frames, gap, backward=backward)


def backdrop_view(picture: Pixels, rng: Rng, config: ItemConfig) -> Matrix:
    """Some part of a picture as a crop's background."""
    rows, columns = picture.shape[:2]
    side = min(rows, columns) * rng.uniform(0.4, 1.0)
    left, top = rng.uniform(0, columns - side), rng.uniform(0, rows - side)
    scale = config.crop_size / side
    return np.asarray([[scale, 0, -scale * left], [0, scale, -scale * top]])


def absent_frame(frame: FrameDraft, picture: Pixels, rng: Rng, config: ItemConfig) -> FrameDraft:
    """The frame without its target: another scene with the same look-alikes in it."""
    return FrameDraft(
        picture, backdrop_view(picture, rng, config), frame.box, below=[*frame.below, *frame.above], visible=False
    )


def _frame_in_place(picture: Pixels, box: Matrix, rng: Rng, config: ItemConfig, *, test: bool) -> FrameDraft:
    view = view_on(box, rng, config, test=test)
    return FrameDraft(picture, view, mapped_box(box, view))


def _box(track: TrackRecord, number: int) -> Matrix:
    return np.asarray(track.boxes[number], dtype=np.float64)


def _look(track: TrackRecord, number: int, rng: Rng) -> Patch | None:
    mask = track.mask(number)
    cut = None if mask is None else patch_from_mask(track.frames[number], mask)
    return cut[0] if cut else patch_from_box(track.frames[number], track.boxes[number], rng)


def _random_part(box: Matrix, rng: Rng) -> Matrix:
    share = rng.uniform(0.3, 0.75, 2)
    start = rng.random(2) * (1 - share)
    return np.concatenate([box[:2] + start * box[2:], share * box[2:]])


def _random_linear(rng: Rng, strength: float) -> Matrix:
    """A turn, a shear and a change of aspect, as another view of the object would show."""
    angle = np.radians(rng.normal(0, 7 * strength))
    turn = np.asarray([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    shear = np.asarray([[1.0, rng.normal(0, 0.05 * strength)], [0.0, 1.0]])
    return np.asarray(turn @ shear @ np.diag(np.exp(rng.normal(0, 0.10 * strength, 2))))

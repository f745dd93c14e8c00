"""Small sequences and stills made of coloured shapes: what tests and the two-minute configuration train on."""

from __future__ import annotations

import tempfile
from pathlib import Path

import cv2
import numpy as np

from tracker.training.records import ArrayFrames, Pixels, StillRecord, TrackRecord
from tracker.training.views import Matrix, Rng

WIDTH, HEIGHT, LENGTH = 160, 120, 24


def generated_tracks(count: int, seed: int, length: int = LENGTH) -> list[TrackRecord]:
    """Sequences of one textured ellipse that moves, grows and shrinks over a textured scene; every other has masks."""
    return [_track(number, np.random.default_rng((seed, number)), length) for number in range(count)]


def generated_stills(count: int, seed: int) -> list[StillRecord]:
    """Stills with two ellipses of one class, written to a folder that lives as long as the process."""
    folder = Path(tempfile.mkdtemp(prefix="dimple-stills-"))
    stills = []
    for number in range(count):
        rng = np.random.default_rng((seed, number))
        picture = _scene(rng)
        boxes = np.asarray([[20, 30, 40, 36], [95, 45, 36, 40]], dtype=np.float32)
        for box in boxes:
            _draw(picture, np.asarray(box, dtype=np.float64), _texture(rng))
        path = folder / f"{number:04d}.png"
        cv2.imwrite(str(path), cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
        stills.append(StillRecord(path, boxes, ("shape", "shape")))
    return stills


def _track(number: int, rng: Rng, length: int) -> TrackRecord:
    scene, texture = _scene(rng), _texture(rng)
    time = np.arange(length) / 8
    phase = rng.uniform(0, 2 * np.pi, 3)
    size = np.stack([34 + 8 * np.sin(time + phase[2]), 30 + 6 * np.sin(1.3 * time + phase[2])], axis=1)
    center = np.stack([80 + 45 * np.sin(time + phase[0]), 60 + 28 * np.sin(0.8 * time + phase[1])], axis=1)
    boxes = np.concatenate([center - size / 2, size], axis=1)
    frames = np.repeat(scene[None], length, axis=0)
    masks = np.zeros((length, HEIGHT, WIDTH), dtype=np.uint8)
    for frame, mask, box in zip(frames, masks, boxes, strict=True):
        mask[:] = _draw(frame, box, texture)
    has_masks = number % 2 == 0
    return TrackRecord(
        f"generated{number}", ArrayFrames(frames), boxes.astype(np.float32), ArrayFrames(masks) if has_masks else None
    )


def _scene(rng: Rng) -> Pixels:
    coarse = rng.integers(60, 190, (8, 10, 3), dtype=np.uint8)
    return np.asarray(cv2.resize(coarse, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def _texture(rng: Rng) -> Pixels:
    return rng.integers(0, 256, (3, 3, 3), dtype=np.uint8)


def _draw(picture: Pixels, box: Matrix, texture: Pixels) -> Pixels:
    """Draws a textured ellipse that fills the box, in place; returns its mask."""
    rows, columns = picture.shape[:2]
    v = (np.arange(rows)[:, None] + 0.5 - box[1]) / box[3]
    u = (np.arange(columns)[None] + 0.5 - box[0]) / box[2]
    inside = (u - 0.5) ** 2 + (v - 0.5) ** 2 < 0.25
    cell = len(texture)
    row = np.clip(np.floor(v * cell), 0, cell - 1).astype(int)
    column = np.clip(np.floor(u * cell), 0, cell - 1).astype(int)
    picture[inside] = texture[np.broadcast_to(row, inside.shape), np.broadcast_to(column, inside.shape)][inside]
    return np.where(inside, np.uint8(255), np.uint8(0))

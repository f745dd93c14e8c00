"""Video made from a seed: textured sprites over a moving background, with the target's true box on every frame.

The measure of labelling effort, the benchmarks and the tests run on it anywhere, without data of other people. A scene
is a pure function of its description: frame *i* is drawn on demand and is the same at every call.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
import numpy.typing as npt

from tracker.geometry import BoundingBox

Image = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class SceneDescription:
    """What happens in a generated video; amounts of 0 switch an effect off.

    Attributes:
        seed: Of textures, shapes and paths.
        length: Number of frames.
        width: Of the picture in pixels.
        height: Of the picture in pixels.
        target_size: Mean side of the target in pixels.
        speed: Path length per frame, in target sizes.
        scale_change: Largest change of the target's size, as a factor (1 = none).
        rotation: Largest in-plane rotation in degrees.
        look_alikes: Other sprites with the target's texture, slightly recoloured, that cross its path.
        occlusions: How often a bar hides the target.
        absences: How often the target leaves the picture and returns.
        pan: Background movement in pixels per frame.
        blur: Largest motion blur in pixels.
        light: Largest relative change of brightness.
        stretch: Largest change of the target's width against its height, as a factor (1 = none): it turns away.
    """

    seed: int
    length: int = 120
    width: int = 640
    height: int = 480
    target_size: float = 60.0
    speed: float = 0.06
    scale_change: float = 1.0
    rotation: float = 0.0
    look_alikes: int = 0
    occlusions: int = 0
    absences: int = 0
    pan: float = 0.0
    blur: float = 0.0
    light: float = 0.0
    stretch: float = 1.0


@dataclass(frozen=True)
class _Sprite:
    """A textured shape: RGB ``(S, S, 3)`` and coverage 0..1 ``(S, S)``, both float32."""

    texture: npt.NDArray[np.float32]
    mask: npt.NDArray[np.float32]


class GeneratedScene:
    """The frames and true boxes of one SceneDescription."""

    def __init__(self, description: SceneDescription) -> None:
        self.description = description

    def __len__(self) -> int:
        return self.description.length

    def frame(self, index: int) -> Image:
        """Frame ``index``, RGB uint8 (H, W, 3).

        Raises:
            IndexError: ``index`` is not in ``range(len(self))``.
        """
        self._check(index)
        picture = self._backdrop(index)
        for number, sprite in enumerate(self._look_alikes):
            _paste(picture, sprite, self._look_alike_pose(number, index))
        _paste(picture, self._target, self._pose(index), self._wider(index))
        self._draw_occluder(picture, index)
        return self._camera(picture, index)

    def box(self, index: int) -> BoundingBox | None:
        """True box of the target on frame ``index``, clipped to the picture; None where under a tenth of it shows."""
        self._check(index)
        whole = self._whole_box(index)
        seen = whole.clipped(self.description.width, self.description.height)
        if seen is None or seen.area < 0.1 * whole.area or self._hidden_share(index) > 0.9:
            return None
        return seen

    def _check(self, index: int) -> None:
        if not 0 <= index < len(self):
            raise IndexError(f"frame {index} of {len(self)}")

    @cached_property
    def _target(self) -> _Sprite:
        return _make_sprite(np.random.default_rng([self.description.seed, 1]))

    @cached_property
    def _look_alikes(self) -> list[_Sprite]:
        rng = np.random.default_rng([self.description.seed, 2])
        return [
            _Sprite(
                np.clip(self._target.texture * rng.uniform(0.85, 1.15, 3), 0, 255).astype(np.float32), self._target.mask
            )
            for _ in range(self.description.look_alikes)
        ]

    @cached_property
    def _background(self) -> npt.NDArray[np.float32]:
        scene = self.description
        margin = int(abs(scene.pan) * scene.length) + 2
        return _noise(np.random.default_rng([scene.seed, 3]), scene.height, scene.width + margin, octaves=6)

    @cached_property
    def _phases(self) -> list[float]:
        phases: list[float] = np.random.default_rng([self.description.seed, 4]).uniform(0, 2 * math.pi, 16).tolist()
        return phases

    def _pose(self, index: int) -> tuple[float, float, float, float]:
        """Centre x, centre y, side in pixels and rotation in degrees of the target."""
        scene, phase = self.description, self._phases
        radius_x, radius_y = 0.3 * scene.width, 0.28 * scene.height
        turn = scene.speed * scene.target_size * index / math.hypot(radius_x, radius_y)
        x = scene.width / 2 + radius_x * math.sin(turn + phase[0])
        y = scene.height / 2 + radius_y * math.sin(1.7 * turn + phase[1])
        if scene.absences:
            # A push sideways that grows and fades: out of the picture in the middle of each of ``absences`` stretches.
            swing = math.sin(math.pi * scene.absences * index / scene.length) ** 8
            x += swing * (scene.width + scene.target_size)
        side = scene.target_size * scene.scale_change ** math.sin(0.5 * turn + phase[2])
        return x, y, side, scene.rotation * math.sin(0.8 * turn + phase[3])

    def _wider(self, index: int) -> float:
        """By what factor the target is wider, and its height less, on a frame."""
        scene = self.description
        turn = scene.speed * scene.target_size * index / math.hypot(0.3 * scene.width, 0.28 * scene.height)
        return math.pow(scene.stretch, 0.5 * math.sin(1.3 * turn + self._phases[14]))

    def _look_alike_pose(self, number: int, index: int) -> tuple[float, float, float, float]:
        scene, phase = self.description, self._phases
        x, y, side, angle = self._pose(index)
        progress = 2 * math.pi * (index / scene.length) * (number + 1) + phase[4 + number % 8]
        reach = 2.2 * side
        return x + reach * math.sin(progress), y + 0.4 * reach * math.cos(1.3 * progress), side, -angle

    def _whole_box(self, index: int) -> BoundingBox:
        """Box of the sprite's mask, over the border and behind occluders too."""
        x, y, side, angle = self._pose(index)
        size = self._target.mask.shape[0]
        outline = np.argwhere(self._target.mask > 0.5)[:, ::-1] + 0.5 - size / 2
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        moved = outline @ np.array([[cos, sin], [-sin, cos]]) * (side / size)
        wider = self._wider(index)
        moved *= (wider, 1 / wider)
        (left, top), (right, bottom) = moved.min(0).tolist(), moved.max(0).tolist()
        pixel = side / size / 2
        return BoundingBox(x + left - pixel, y + top - pixel, right - left + 2 * pixel, bottom - top + 2 * pixel)

    def _occluder(self, index: int) -> BoundingBox | None:
        """A bar that crosses the target ``occlusions`` times."""
        scene = self.description
        if not scene.occlusions:
            return None
        x, y, side, _ = self._pose(index)
        progress = (index * scene.occlusions / scene.length) % 1.0
        offset = (progress - 0.5) * 12 * side
        return BoundingBox(x + offset - 0.45 * side, y - 1.2 * side, 0.9 * side, 2.4 * side)

    def _hidden_share(self, index: int) -> float:
        bar = self._occluder(index)
        if bar is None:
            return 0.0
        box = self._whole_box(index)
        covered = max(0.0, min(bar.right, box.right) - max(bar.x, box.x))
        return covered / box.w

    def _draw_occluder(self, picture: npt.NDArray[np.float32], index: int) -> None:
        bar = self._occluder(index)
        seen = bar.clipped(self.description.width, self.description.height) if bar else None
        if seen is not None:
            rows = slice(round(seen.y), round(seen.bottom))
            columns = slice(round(seen.x), round(seen.right))
            picture[rows, columns] = (70, 74, 82)

    def _backdrop(self, index: int) -> npt.NDArray[np.float32]:
        scene = self.description
        start = int(abs(scene.pan) * (index if scene.pan >= 0 else scene.length - index))
        return self._background[:, start : start + scene.width].copy()

    def _camera(self, picture: npt.NDArray[np.float32], index: int) -> Image:
        """Blur, light and sensor noise."""
        scene = self.description
        if scene.blur:
            length = 1 + round(scene.blur * (0.5 + 0.5 * math.sin(0.3 * index + self._phases[12])))
            picture = np.asarray(cv2.blur(picture, (length, 1)), dtype=np.float32)
        if scene.light:
            picture = picture * (1 + scene.light * math.sin(0.11 * index + self._phases[13]))
        noise = np.random.default_rng([scene.seed, 5, index]).standard_normal(picture.shape[:2], dtype=np.float32)
        return np.clip(picture + 2.0 * noise[..., None], 0, 255).astype(np.uint8)


def standard_scenes(length: int = 120, width: int = 640, height: int = 480) -> dict[str, SceneDescription]:
    """One scene for each difficulty, and one with all of them; keys are their names."""
    size = {"length": length, "width": width, "height": height}
    return {
        "plain": SceneDescription(seed=1, **size),
        "scale": SceneDescription(seed=2, scale_change=1.8, **size),
        "rotation": SceneDescription(seed=3, rotation=60, **size),
        "occlusion": SceneDescription(seed=4, occlusions=2, **size),
        "look_alikes": SceneDescription(seed=5, look_alikes=2, **size),
        "leaving": SceneDescription(seed=6, absences=1, **size),
        "pan": SceneDescription(seed=7, pan=3.0, speed=0.1, **size),
        "blur_light": SceneDescription(seed=8, blur=9.0, light=0.4, **size),
        "everything": SceneDescription(
            seed=9, scale_change=1.5, rotation=35, occlusions=1, look_alikes=1, pan=2.0, blur=5.0, light=0.25, **size
        ),
    }


def _noise(rng: np.random.Generator, height: int, width: int, octaves: int) -> npt.NDArray[np.float32]:
    """Coloured noise with structure at every scale, float32 (height, width, 3) in 0..255."""
    picture = np.zeros((height, width, 3), dtype=np.float32)
    for octave in range(octaves):
        cells = 2 ** (octave + 1)
        coarse = rng.uniform(-1, 1, (cells + 1, cells * max(1, width // height) + 1, 3)).astype(np.float32)
        picture += (
            np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), np.float32) / 1.4**octave
        )
    low, high = float(picture.min()), float(picture.max())
    return (picture - low) * (200.0 / (high - low)) + 25.0


def _make_sprite(rng: np.random.Generator, size: int = 96) -> _Sprite:
    """A blob with a strong texture of its own."""
    texture = _noise(rng, size, size, octaves=4)
    tint = rng.uniform(0.4, 1.6, 3).astype(np.float32)
    angles = np.linspace(0, 2 * math.pi, 72, endpoint=False)
    radii = 0.40 + 0.08 * np.sin(rng.integers(2, 5) * angles + rng.uniform(0, 6))
    points = np.stack([radii * np.cos(angles), radii * np.sin(angles) * rng.uniform(0.7, 1.0)], axis=1)
    mask = np.zeros((size, size), dtype=np.float32)
    cv2.fillPoly(mask, [np.round((points + 0.5) * size).astype(np.int32)], 1.0)
    return _Sprite(np.clip(texture * tint, 0, 255).astype(np.float32), mask)


def _paste(
    picture: npt.NDArray[np.float32], sprite: _Sprite, pose: tuple[float, float, float, float], wider: float = 1.0
) -> None:
    """Draw a sprite in place; ``pose`` as of ``GeneratedScene._pose``, then made ``wider`` and as much lower."""
    x, y, side, angle = pose
    size = sprite.mask.shape[0]
    matrix = cv2.getRotationMatrix2D((size / 2 - 0.5, size / 2 - 0.5), -angle, side / size)
    if wider != 1.0:
        matrix[:, 2] -= size / 2 - 0.5
        matrix *= np.array([[wider], [1 / wider]])
        matrix[:, 2] += size / 2 - 0.5
    matrix[:, 2] += (x - size / 2, y - size / 2)
    height, width = picture.shape[:2]
    mask = cv2.warpAffine(sprite.mask, matrix, (width, height), flags=cv2.INTER_LINEAR)[..., None]
    texture = cv2.warpAffine(
        sprite.texture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    picture += (mask * (texture - picture)).astype(np.float32)

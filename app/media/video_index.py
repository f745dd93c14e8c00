"""Which frames a video has: the identity of each in the order they are shown, and where decoding can start."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

_VERSION = 2
NO_TIMESTAMP = int(np.iinfo(np.int64).min)
"""Stands for a timestamp that a packet does not carry."""

Integers = npt.NDArray[np.int64]


class FrameIdentity(enum.IntEnum):
    """By what a decoded frame is recognised; stored in the cache, never renumber."""

    PRESENTATION_TIME = 0
    """The packet's presentation timestamp: the usual case."""
    DECODING_TIME = 1
    """The packet's decoding timestamp, for containers that do not store presentation times (AVI) or repeat them."""
    ORDER = 2
    """The place in the order of decoding from the start of the file, for streams without usable timestamps."""


@dataclass(frozen=True)
class VideoIndex:
    """The frames of one video stream, found by demuxing and checked by decoding.

    Attributes:
        identity: What ``timestamps`` are.
        timestamps: Identity of frame *i* in stream units, int64 ``(frame_count,)``; unique.
        key_frames: Frames where decoding may start, ascending, int64 ``(K,)``; empty where only the start of the file
            gives the right pictures.
        key_decode_times: Decoding timestamp of each key frame, int64 ``(K,)``, or ``NO_TIMESTAMP``.
        seconds_per_unit: Of the timestamps.
        fps: Average frames per second.
        width: As decoded, before rotation.
        height: As decoded, before rotation.
        damaged: Whether damage was met while decoding: then a picture may depend on what was decoded before it, and
            each group of pictures is decoded by itself, always in the same way.
    """

    identity: FrameIdentity
    timestamps: Integers
    key_frames: Integers
    key_decode_times: Integers
    seconds_per_unit: float
    fps: float
    width: int
    height: int
    damaged: bool = False

    @property
    def frame_count(self) -> int:
        """Number of frames."""
        return len(self.timestamps)

    @cached_property
    def _shown_at(self) -> Integers:
        """Timestamps ascending: where a writer mixed them up, frame i is shown at the i-th time all the same."""
        return np.sort(self.timestamps)

    def time_of(self, index: int) -> float:
        """Seconds from the first frame to frame ``index``; by the average rate where there are no timestamps."""
        if self.identity is FrameIdentity.ORDER:
            return index / self.fps
        return float(self._shown_at[index] - self._shown_at[0]) * self.seconds_per_unit

    def save(self, path: Path) -> None:
        """Write the index as ``.npz`` (arrays only, no objects).

        Raises:
            OSError: The file cannot be written.
        """
        with path.open("wb") as file:
            np.savez_compressed(
                file,
                timestamps=self.timestamps,
                key_frames=self.key_frames,
                key_decode_times=self.key_decode_times,
                rates=np.array([self.seconds_per_unit, self.fps], dtype=np.float64),
                numbers=np.array([_VERSION, self.identity, self.width, self.height, self.damaged], dtype=np.int64),
            )

    @classmethod
    def load(cls, path: Path) -> VideoIndex | None:
        """An index that ``save`` wrote, or None where the file is missing, damaged or of another version."""
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                return cls._from_arrays({name: stored[name] for name in stored.files})
        except Exception:  # noqa: BLE001  # there is no end to what numpy, zipfile and zlib stumble over in damage
            return None

    @classmethod
    def _from_arrays(cls, stored: Mapping[str, npt.NDArray[np.generic]]) -> VideoIndex | None:
        integers = {name: stored[name] for name in ("numbers", "timestamps", "key_frames", "key_decode_times")}
        if any(array.dtype != np.int64 or array.ndim != 1 for array in integers.values()):
            return None
        numbers, timestamps, key_frames, key_decode_times = (array.astype(np.int64) for array in integers.values())
        rates = stored["rates"].astype(np.float64)
        if numbers.shape != (5,) or numbers[0] != _VERSION or rates.shape != (2,):
            return None
        identity, width, height, damaged = numbers[1:].tolist()
        seconds_per_unit, fps = rates.tolist()
        sound = (
            width > 0
            and height > 0
            and bool(np.isfinite(rates).all() and (rates > 0).all())
            and len(np.unique(timestamps)) == len(timestamps) > 0
            and len(key_frames) == len(key_decode_times)
            and bool(np.all((key_frames >= 0) & (key_frames < len(timestamps))) and np.all(np.diff(key_frames) > 0))
        )
        if not sound:
            return None
        return cls(
            FrameIdentity(identity),
            timestamps,
            key_frames,
            key_decode_times,
            seconds_per_unit,
            fps,
            width,
            height,
            bool(damaged),
        )

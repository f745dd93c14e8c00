"""What the network saw in crops of annotated frames, kept for when the same crops are to be learned from again.

A memory that is rebuilt after each far correction is made of the same keyframes every time, and half of its cost is
looking at their crops. What is seen in a crop depends on nothing but its pixels.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor

from tracker.backbone import Features

ROOM = 64_000_000
"""Bytes that are kept: in the default model some hundred and fifty crops, those of forty keyframes of two targets."""


@dataclass(frozen=True, slots=True, eq=False)
class SeenCrop:
    """What is computed of one crop whatever the target is; never written to.

    Attributes:
        features: Trunk features, of one crop.
        x: Classification features (1, C, h, w).
    """

    features: Features
    x: Tensor

    @property
    def size(self) -> int:
        """Bytes."""
        return self.features.stride8.nbytes + self.features.stride16.nbytes + self.x.nbytes


class SeenCrops:
    """The crops that were looked at last, up to ``room`` bytes."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._kept: OrderedDict[bytes, SeenCrop] = OrderedDict()
        self._size = 0
        self._lock = threading.RLock()  # ``forget`` may be called by whatever frees a tracker

    def recall(self, crops: Tensor, look: Callable[[Tensor], list[SeenCrop]]) -> list[SeenCrop]:
        """What is seen in crops (n, 3, S, S) on the processor; only those not kept are looked at."""
        names = [hashlib.sha256(crop.contiguous().numpy()).digest() for crop in crops]
        with self._lock:
            known = {name: self._kept[name] for name in names if name in self._kept}
        missing = [number for number, name in enumerate(names) if name not in known]
        if missing:
            known |= zip((names[number] for number in missing), look(crops[missing]), strict=True)
        with self._lock:
            for name in names:
                self._keep(name, known[name])
        return [known[name] for name in names]

    def forget(self) -> None:
        """Let go of all."""
        with self._lock:
            self._kept.clear()
            self._size = 0

    def _keep(self, name: bytes, crop: SeenCrop) -> None:
        """As the newest; the oldest make room."""
        if name not in self._kept:
            self._size += crop.size
        self._kept[name] = crop
        self._kept.move_to_end(name)
        while self._size > self._room and self._kept:
            _, oldest = self._kept.popitem(last=False)
            self._size -= oldest.size

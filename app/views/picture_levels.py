"""Brightness, contrast and gamma of the picture on the screen; the tracker and the exports never see them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from app.media.frame_source import Frame

_STEEPEST = 0.98
"""Contrast beyond which the slope would go to infinity."""


@dataclass(frozen=True, slots=True)
class PictureLevels:
    """How the 256 levels of a picture are shown.

    Attributes:
        brightness: Added to every level: -1 (black) to 1 (white).
        contrast: -1 (all grey) to 1 (black and white), 0 leaves it.
        gamma: Above 1 lightens the dark parts, below 1 darkens the light ones; 0.2 to 5.
    """

    brightness: float = 0.0
    contrast: float = 0.0
    gamma: float = 1.0

    @property
    def is_plain(self) -> bool:
        """Whether the picture is shown as it is."""
        return self == PictureLevels()

    def table(self) -> npt.NDArray[np.uint8]:
        """Level 0..255 -> shown level, uint8 ``(256,)``, never falling."""
        level = np.arange(256) / 255
        slope = math.tan((min(self.contrast, _STEEPEST) + 1) * math.pi / 4)
        shown = np.clip((level - 0.5) * slope + 0.5 + self.brightness, 0.0, 1.0) ** (1 / self.gamma)
        return np.rint(shown * 255).astype(np.uint8)

    def applied_to(self, frame: Frame) -> Frame:
        """A copy of a frame, RGB uint8 (H, W, 3), as it is shown; the frame itself where nothing is changed."""
        if self.is_plain:
            return frame
        return np.asarray(cv2.LUT(frame, self.table()), dtype=np.uint8)

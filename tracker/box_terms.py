"""How the box branch is asked about one target."""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch

from tracker.box_calibration import NO_BIAS, BoxBias
from tracker.iou_predictor import Modulation


@dataclass(frozen=True, slots=True)
class BoxTerms:
    """What annotated frames say to and of the box branch.

    Attributes:
        modulation: Of the target, or None without a box branch.
        bias: Of the box branch with this modulation.
    """

    modulation: Modulation | None
    bias: BoxBias = NO_BIAS

    def to(self, device: torch.device) -> BoxTerms:
        """The same on a device."""
        return replace(self, modulation=self.modulation and self.modulation.to(device))

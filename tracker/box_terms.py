"""How the box branch is asked about one target."""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch

from tracker.box_calibration import NO_BIAS, BoxBias
from tracker.iou_predictor import Modulation
from tracker.spare_core import Later


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


def blended(modulations: tuple[Later[Modulation], ...]) -> Modulation | None:
    """Half the newest modulation, half the mean of all older ones (specification 4.5)."""
    if not modulations:
        return None
    *older, newest = (modulation.value() for modulation in modulations)
    if not older:
        return newest
    older8 = torch.stack([modulation.stride8 for modulation in older]).mean(dim=0)
    older16 = torch.stack([modulation.stride16 for modulation in older]).mean(dim=0)
    return Modulation((newest.stride8 + older8) / 2, (newest.stride16 + older16) / 2)

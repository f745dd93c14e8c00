"""Learning rates and weight averages, counted in steps: a schedule by wall time can't be repeated."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from tracker.training.config import RateConfig


def rate_factor(step: int, steps: int, rates: RateConfig) -> float:
    """Factor on all learning rates in step ``step`` (from 0) of ``steps``."""
    warm = min(1.0, (step + 1) / max(rates.warmup, 1))
    if rates.schedule == "steps":
        return warm * float(rates.decay ** (step // rates.decay_every))
    done = min(step / max(steps, 1), 1.0)
    return warm * (rates.final + (1 - rates.final) * 0.5 * (1 + math.cos(math.pi * done)))


class AveragedWeights:
    """Exponential running average of the trained weights; steadier than the last step's, and what is exported."""

    def __init__(self, parameters: Sequence[Tensor], decay: float) -> None:
        """Starts from the parameters as they are."""
        self.parameters = list(parameters)
        self.decay = decay
        self.averages = [parameter.detach().clone() for parameter in parameters]
        self.updates = 0

    @torch.no_grad()
    def update(self) -> None:
        """Takes in the parameters after a step; the memory grows from nothing, so that the start is soon forgotten."""
        self.updates += 1
        decay = min(self.decay, (1 + self.updates) / (10 + self.updates))
        torch._foreach_lerp_(self.averages, [p.detach() for p in self.parameters], 1 - decay)

    @torch.no_grad()
    def exchange(self) -> None:
        """Swaps averages and parameters: once before and once after validating or exporting."""
        for average, parameter in zip(self.averages, self.parameters, strict=True):
            held = average.clone()
            average.copy_(parameter)
            parameter.copy_(held)

"""How far optical flow is believed about where the target is, by how well it has agreed with the score map so far.

Not in the paper. The points of a rigid target tell its movement to a part of a pixel; those of one that bends, or of a
box that is half background, soon lie elsewhere. Which of them it is shows while nothing is in doubt: then the peak of
the score map and the flow should say the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.config import LocalizationConfig

_RATE = 0.1
"""Of a new distance in the running mean."""

_CAP = 0.3
"""Target sizes: a jump farther away counts as this far. So look-alikes may pass by for some fifteen frames."""

_START = 0.03


@dataclass(frozen=True, slots=True)
class FlowTrust:
    """The running mean of what lay between peak and flow.

    Whoever is not believed again and again loses trust, so that no disagreement is held against the score map for long.

    Attributes:
        distance: In target sizes.
    """

    distance: float = _START

    def after(self, jump: float | None) -> FlowTrust:
        """With one more distance in target sizes; None where there is none to learn from."""
        return self if jump is None else FlowTrust(self.distance + _RATE * (min(jump, _CAP) - self.distance))

    def slack(self, config: LocalizationConfig) -> float:
        """As far from the flow a peak is no jump, in target sizes."""
        return max(config.jump, config.jump_distances * self.distance)


UNTRIED = FlowTrust()
"""Of a target whose flow has not been compared with anything yet."""

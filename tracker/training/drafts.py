"""An item before it is rendered: for each frame a picture, a view on it, the target's box, and what is pasted."""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker.training.config import ItemConfig
from tracker.training.patches import Layer, Patch
from tracker.training.records import Pixels
from tracker.training.views import Matrix, Rng, jittered_view


@dataclass(slots=True)
class FrameDraft:
    """One frame.

    Attributes:
        picture: Background, RGB.
        view: Map from the picture to the crop.
        box: Target in crop pixels.
        below: Layers under the target's own layers.
        own: Layers that are the target (empty where the picture shows it).
        above: Layers that may hide it.
        visible: Whether the target is there.
    """

    picture: Pixels
    view: Matrix
    box: Matrix
    below: list[Layer] = field(default_factory=list)
    own: list[Layer] = field(default_factory=list)
    above: list[Layer] = field(default_factory=list)
    visible: bool = True


@dataclass(slots=True)
class ItemDraft:
    """All frames of an item.

    Attributes:
        train: Train frames, latest first.
        test: Test frames.
        look: The target cut out of the first train frame, or None where it can't be.
        label: Class of the target, "" where unknown.
        mirrored: Whether all crops are to be mirrored.
    """

    train: list[FrameDraft]
    test: list[FrameDraft]
    look: Patch | None
    label: str
    mirrored: bool = False

    @property
    def frames(self) -> list[FrameDraft]:
        """Train frames, then test frames."""
        return [*self.train, *self.test]


def view_on(box: Matrix, rng: Rng, config: ItemConfig, *, test: bool) -> Matrix:
    """A jittered search area for a train or a test frame."""
    size_jitter = config.test_size_jitter if test else config.train_size_jitter
    offset = config.test_offset if test else config.train_offset
    return jittered_view(box, rng, size_jitter, offset, config.area_factor, config.crop_size)

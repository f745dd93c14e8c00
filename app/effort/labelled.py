"""A video whose true boxes are known, as the simulated annotator and the engine see it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from app.media.frame_source import Frame, FrameSource
from tracker.geometry import BoundingBox

_FPS = 30.0
_REMEMBERED_BYTES = 512 << 20


class Labelled(Protocol):
    """Pictures with the true box of one object."""

    @property
    def name(self) -> str:
        """Unique in one measurement."""
        ...

    @property
    def boxes(self) -> tuple[BoundingBox | None, ...]:
        """True box of each frame; None where the object is absent. The first frame has one."""
        ...

    def read(self, index: int) -> Frame:
        """Frame ``index``, RGB uint8 (H, W, 3)."""
        ...


class RememberedPictures:
    """A Labelled that keeps its decoded pictures, read-only, as far as they fit: annotators come back to them often."""

    def __init__(self, labelled: Labelled, budget: int = _REMEMBERED_BYTES) -> None:
        self.name, self.boxes = labelled.name, labelled.boxes
        self._labelled = labelled
        self._left = budget
        self._pictures: dict[int, Frame] = {}

    def read(self, index: int) -> Frame:
        """Frame ``index``."""
        picture = self._pictures.get(index)
        if picture is None:
            picture = self._labelled.read(index)
            picture.setflags(write=False)
            # who goes through a sequence again and again gains from the first that fit, nothing from the latest
            if picture.nbytes <= self._left:
                self._left -= picture.nbytes
                self._pictures[index] = picture
        return picture


class _Source:
    """A Labelled as the engine's FrameSource."""

    def __init__(self, labelled: Labelled) -> None:
        self._labelled = labelled
        self.frame_count = len(labelled.boxes)
        self.height, self.width = labelled.read(0).shape[:2]
        self.fps = _FPS

    def time_of(self, index: int) -> float:
        """Seconds from the first frame."""
        return index / self.fps

    def read(self, index: int) -> Frame:
        """Frame ``index``.

        Raises:
            IndexError: There is none.
        """
        if not 0 <= index < self.frame_count:
            raise IndexError(index)
        return self._labelled.read(index)

    def close(self) -> None:
        """Nothing is held open."""


class LabelledSources:
    """Opens Labelled for an engine by their names; an ``OpenSource``."""

    def __init__(self, labelled: Labelled) -> None:
        self._labelled = labelled
        self.path = Path(labelled.name)

    def __call__(
        self,
        path: Path,
        progress: Callable[[int, int], None] | None = None,  # noqa: ARG002  # there is nothing to wait for
        cancelled: Callable[[], bool] | None = None,  # noqa: ARG002
    ) -> FrameSource:
        """The pictures; ``path`` is ``self.path``."""
        assert path == self.path
        return _Source(self._labelled)

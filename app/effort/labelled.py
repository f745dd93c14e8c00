"""A video whose true boxes are known, as the simulated annotator and the engine see it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from app.media.frame_source import Frame, FrameSource
from tracker.evaluation.generated_scene import GeneratedScene
from tracker.evaluation.sequence import BenchmarkSequence
from tracker.geometry import BoundingBox

_FPS = 30.0


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


class LabelledBenchmark:
    """A sequence of a benchmark, from its first frame with a box on."""

    def __init__(self, sequence: BenchmarkSequence, limit: int | None = None) -> None:
        self._sequence = sequence
        self.name = sequence.name
        self.boxes = sequence.boxes[:limit]

    def read(self, index: int) -> Frame:
        """Frame ``index``."""
        return self._sequence.read(index)


class LabelledScene:
    """A generated scene; it begins on its first frame with a box."""

    def __init__(self, name: str, scene: GeneratedScene) -> None:
        self.name = name
        self._scene = scene
        boxes = [scene.box(index) for index in range(len(scene))]
        self._first = next(index for index, box in enumerate(boxes) if box is not None)
        self.boxes = tuple(boxes[self._first :])

    def read(self, index: int) -> Frame:
        """Frame ``index``."""
        return self._scene.frame(self._first + index)


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

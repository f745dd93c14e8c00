"""Who is evaluated: a model with our tracker, or OpenCV's CSRT. What says so is small and may go to other processes."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from tracker.dimp_tracker import DimpTracker
from tracker.evaluation.csrt_process import CsrtProcess
from tracker.evaluation.evaluate import EvaluatedTracker
from tracker.manifest import read_manifest, sha256_of
from tracker.model_name import DEFAULT, is_model_file
from tracker.network import DimpNetwork
from tracker.weights import load_network, model_path

CSRT = "csrt"


class Contender(Protocol):
    """Makes trackers of one kind."""

    @property
    def name(self) -> str:
        """For tables; no two of a comparison share it."""
        ...

    @property
    def takes_seed(self) -> bool:
        """Whether a seed makes a difference."""
        ...

    def description(self) -> str:
        """What exactly it is, for the record; made by starting it once, so that what is missing is found out early.

        Raises:
            TrackerError: It cannot run here.
        """
        ...

    def device(self) -> str:
        """Where it runs."""
        ...

    def start(self, seed: int) -> AbstractContextManager[EvaluatedTracker]:
        """A tracker that knows nothing yet, to be used in a ``with`` block.

        Raises:
            TrackerError: It cannot run here.
        """
        ...


@dataclass(frozen=True, slots=True)
class ModelContender:
    """A model as it comes, with the settings that go with it.

    Attributes:
        model: A name or path for ``load_network``.
        wish: A device for ``load_network``.
    """

    model: str
    wish: str = "auto"

    @property
    def name(self) -> str:
        """The model's name in the manifest, or its file's without the suffix."""
        if self.model == DEFAULT:
            return read_manifest().default_name
        return Path(self.model).name.split(".")[0] if is_model_file(self.model) else self.model

    @property
    def takes_seed(self) -> bool:
        """Always."""
        return True

    def description(self) -> str:
        """The file and its checksum."""
        path = model_path(self.model)
        loaded_network(self.model, self.wish)
        return f"{path.name}, SHA-256 {sha256_of(path)}"

    def device(self) -> str:
        """Where the network is."""
        return str(loaded_network(self.model, self.wish).device)

    def start(self, seed: int) -> AbstractContextManager[EvaluatedTracker]:
        """A ``DimpTracker``."""
        return nullcontext(DimpTracker(loaded_network(self.model, self.wish), seed))


@dataclass(frozen=True, slots=True)
class CsrtContender:
    """OpenCV's CSRT, in a process of its own for every run."""

    @property
    def name(self) -> str:
        """As on the command line."""
        return CSRT

    @property
    def takes_seed(self) -> bool:
        """Nothing in it is random."""
        return False

    def description(self) -> str:
        """OpenCV's version."""
        with CsrtProcess() as process:
            return f"TrackerCSRT of OpenCV {process.version}"

    def device(self) -> str:
        """It knows no other."""
        return "cpu"

    def start(self, seed: int) -> AbstractContextManager[EvaluatedTracker]:  # noqa: ARG002 - one of several kinds
        """A ``CsrtProcess``."""
        return CsrtProcess()


def contender(name: str, device: str) -> Contender:
    """Who is meant on the command line: ``csrt``, or a model by name or file."""
    return CsrtContender() if name == CSRT else ModelContender(name, device)


@lru_cache(maxsize=2)
def loaded_network(model: str, device: str) -> DimpNetwork:
    """A network that all runs of this process share.

    Raises:
        TrackerError: As ``load_network``.
    """
    return load_network(model, device=device)

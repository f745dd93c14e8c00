"""The probability that a tracked box is wrong, from a small fitted table.

``python main.py calibrate-doubt`` fits the table and writes it; docs/doubt.md has its figures.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.session.doubt_features import FEATURES

TABLE = Path(__file__).resolve().parents[2] / "resources" / "doubt.json"


@dataclass(frozen=True, slots=True)
class DoubtTable:
    """A logistic model over ``FEATURES``.

    Attributes:
        model: Name of the tracker's model that it was fitted to.
        intercept: Log odds of a frame whose features are all 0.
        weights: One a feature.
    """

    model: str
    intercept: float
    weights: tuple[float, ...]

    def probabilities(self, features: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """That the box's IoU with the true one is below 0.5, or that it shows an object that is not there.

        Args:
            features: (N, F), rows of ``doubt_features``.
        """
        odds = self.intercept + features @ np.array(self.weights)
        return np.asarray(1 / (1 + np.exp(-odds)))

    def as_json(self) -> str:
        """For ``read_table``."""
        weights = {name: round(weight, 4) for name, weight in zip(FEATURES, self.weights, strict=True)}
        return json.dumps({"model": self.model, "intercept": round(self.intercept, 4), "weights": weights}, indent=1)


def read_table(path: Path) -> DoubtTable:
    """The table in a file.

    Raises:
        ValueError: It is not one, or it is for other features.
        OSError: It cannot be read.
    """
    content = json.loads(path.read_text("utf-8"))
    if tuple(content["weights"]) != FEATURES:
        raise ValueError(f"{path} was fitted to other features; fit it again.")
    return DoubtTable(content["model"], float(content["intercept"]), tuple(map(float, content["weights"].values())))


@cache
def shipped_table() -> DoubtTable:
    """The table that comes with the program."""
    return read_table(TABLE)

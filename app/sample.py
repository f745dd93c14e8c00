"""The sample clip that comes with the program: where it is, and the first box in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from app.errors import AppError
from tracker.geometry import BoundingBox

_FOLDER = Path(__file__).resolve().parents[1] / "resources" / "sample"


@dataclass(frozen=True, slots=True)
class Sample:
    """The clip and its object.

    Attributes:
        video: The clip.
        box: Of the object on frame 0.
        name: Of the object.
        category: Of the object.
    """

    video: Path
    box: BoundingBox
    name: str
    category: str


def load_sample(folder: Path = _FOLDER) -> Sample:
    """The sample as ``sample.json`` describes it.

    Raises:
        AppError: It did not come with this copy of the program, or is damaged.
    """
    description = folder / "sample.json"
    try:
        fields = json.loads(description.read_text(encoding="utf-8"))
        x, y, w, h = map(float, fields["box"])
        return Sample(folder / fields["file"], BoundingBox(x, y, w, h), str(fields["name"]), str(fields["category"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AppError("The sample is missing or damaged ({0}): install DiMPLE again.", description) from error

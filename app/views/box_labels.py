"""What the picture says of a Track's box, and where the box was or will be on the keyframes beside this frame."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from app.document.model import Project, Track
from app.document.tracked_boxes import TrackedBox
from app.settings import LabelledBoxes, Settings
from app.views.box_item import BoxLayer, BoxView
from app.views.palette import shown_colour
from app.views.wording import status_text
from tracker.result import TrackStatus

_SEPARATOR = "  ·  "


@dataclass(frozen=True, slots=True)
class Labelling:
    """How the person wants labels, looked up once for all boxes of a frame.

    Attributes:
        boxes: Which have one.
        names: Whether it says the Track's name.
        categories: Whether it says its Category.
        scores: Whether it says the tracker's score.
    """

    boxes: LabelledBoxes
    names: bool
    categories: bool
    scores: bool

    @classmethod
    def of(cls, settings: Settings) -> Labelling:
        """As it is chosen now."""
        return cls(settings.labelled_boxes, settings.label_names, settings.label_categories, settings.label_scores)


def box_label(track: Track, project: Project, tracked: TrackedBox | None, wanted: Labelling, *, selected: bool) -> str:
    """The label of a Track's box on a frame, as the person wants labels; empty for none.

    Args:
        track: The Track.
        project: That it is of.
        tracked: The tracker's answer on the frame; None where a Keyframe lies over it.
        wanted: What labels say.
        selected: Whether the Track is the selected one.
    """
    if wanted.boxes is LabelledBoxes.NONE or (wanted.boxes is LabelledBoxes.SELECTED and not selected):
        return ""
    label = _name(track.id, track.name, project.categories[track.category_id].name, wanted.names, wanted.categories)
    if tracked is not None:
        if wanted.scores:
            label += f"{_SEPARATOR}{tracked.score:.2f}"
        if tracked.status in {TrackStatus.UNCERTAIN, TrackStatus.NOT_FOUND}:
            label += _SEPARATOR + status_text(tracked.status)
    return label


@lru_cache(maxsize=4096)
def _name(track_id: int, name: str, category: str, names: bool, categories: bool) -> str:
    """The part of a label that is the same on each frame."""
    label = f"{track_id} {name}".strip() if names else str(track_id)
    return f"{label}{_SEPARATOR}{category}" if categories and category not in {"", name} else label


def ghosts(track: Track, project: Project, frame: int) -> list[BoxView]:
    """For comparison: the boxes of the keyframes before and after, and where another run found the object here."""
    before, after = track.keyframes.before(frame), track.keyframes.after(frame)
    colour = shown_colour(track, project)
    views = []
    for other in (before, after):
        box = track.keyframes[other].box if other is not None else None
        if other is not None and box is not None:
            views.append(BoxView(track.id, box, f"{other - frame:+d}", colour, BoxLayer.GHOST, locked=True))
    dispute = track.dispute_at(frame)
    if dispute is not None and frame not in track.keyframes:
        views.append(BoxView(track.id, dispute.other, "?", colour, BoxLayer.GHOST, locked=True))
    return views

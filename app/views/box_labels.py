"""What the picture says of a Track's box, and where the box was or will be on the keyframes beside this frame."""

from __future__ import annotations

from app.document.model import Project, Track
from app.settings import LabelledBoxes, Settings
from app.views.box_item import BoxLayer, BoxView
from app.views.palette import shown_colour
from app.views.wording import status_text
from tracker.result import TrackStatus

_SEPARATOR = "  ·  "


def box_label(track: Track, project: Project, frame: int, settings: Settings, *, selected: bool) -> str:
    """The label of a Track's box on a frame, as the person wants labels; empty for none."""
    wanted = settings.labelled_boxes
    if wanted is LabelledBoxes.NONE or (wanted is LabelledBoxes.SELECTED and not selected):
        return ""
    category = project.categories[track.category_id].name
    tracked = track.boxes.get(frame) if frame not in track.keyframes else None
    parts = [f"{track.id} {track.name}".strip() if settings.label_names else str(track.id)]
    if settings.label_categories and category != track.name:
        parts.append(category)
    if tracked is not None:
        if settings.label_scores:
            parts.append(f"{tracked.score:.2f}")
        if tracked.status in {TrackStatus.UNCERTAIN, TrackStatus.NOT_FOUND}:
            parts.append(status_text(tracked.status))
    return _SEPARATOR.join(part for part in parts if part)


def ghosts(track: Track, project: Project, frame: int) -> list[BoxView]:
    """The boxes of the last keyframe before a frame and the next one after it, for comparison."""
    before = max((it for it in track.keyframes if it < frame), default=None)
    after = min((it for it in track.keyframes if it > frame), default=None)
    colour = shown_colour(track, project)
    views = []
    for other in (before, after):
        box = track.keyframes[other].box if other is not None else None
        if other is not None and box is not None:
            views.append(BoxView(track.id, box, f"{other - frame:+d}", colour, BoxLayer.GHOST, locked=True))
    return views

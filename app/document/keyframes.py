"""The human layer of one Track: Keyframes by frame, with O(log n) answers about the frames between them."""

from __future__ import annotations

import enum
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from app.document import sorted_dicts
from app.document.attributes import AttributeValue
from app.document.keyframe_columns import KeyframeColumns
from tracker.geometry import BoundingBox


class Gap(enum.IntEnum):
    """What fills the frames between a Keyframe and the next one; numbers as in the project file."""

    TRACKED = 0
    """What the tracker said."""
    INTERPOLATED = 1
    """A straight line from box to box; the tracked boxes below stay and are hidden."""


@dataclass(frozen=True, slots=True)
class Keyframe:
    """What the annotator set on one frame of a Track; it trains the tracker and no run alters it.

    Attributes:
        box: In image pixels, or None for "outside": the object is not in the picture until the next Keyframe.
        occluded: Partly hidden, until the next Keyframe.
        visibility: Visible share, 0 to 1, until the next Keyframe.
        gap: What fills the frames up to the next Keyframe.
        attributes: Attribute id -> value, valid until the next Keyframe that sets the same Attribute.
    """

    box: BoundingBox | None
    occluded: bool = False
    visibility: float = 1.0
    gap: Gap = Gap.TRACKED
    attributes: Mapping[int, AttributeValue] = field(default_factory=dict, hash=False)

    @property
    def is_sound(self) -> bool:
        """Whether the box is one and the visibility a share."""
        return (self.box is None or self.box.is_valid) and 0 <= self.visibility <= 1


_ANY_BOX = BoundingBox(0, 0, 1, 1)


class Keyframes(MutableMapping[int, Keyframe]):
    """Frame -> Keyframe, always ascending by frame.

    Args:
        items: To begin with, in any order.
    """

    __slots__ = ("_by_frame", "_columns", "_frames", "_is_shared", "_setting")

    def __init__(self, items: Mapping[int, Keyframe] | Iterable[tuple[int, Keyframe]] = ()) -> None:
        self._by_frame = dict(items) if items else {}
        self._frames = sorted(self._by_frame) if items else []
        self._setting: dict[int, list[int]] | None = None
        self._columns: KeyframeColumns | None = None
        self._is_shared = False

    def __getitem__(self, frame: int) -> Keyframe:
        return self._by_frame[frame]

    def __setitem__(self, frame: int, keyframe: Keyframe) -> None:
        self._unshare()
        before = self._by_frame.get(frame)
        if before is None:
            insort(self._frames, frame)
        self._by_frame[frame] = keyframe
        self._forget_settings([keyframe, *([] if before is None else [before])])

    def __delitem__(self, frame: int) -> None:
        self._unshare()
        self._forget_settings([self._by_frame.pop(frame)])
        del self._frames[bisect_left(self._frames, frame)]

    def __contains__(self, frame: object) -> bool:
        return frame in self._by_frame

    def __iter__(self) -> Iterator[int]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)

    def __repr__(self) -> str:
        return f"Keyframes({dict(self.items())!r})"

    @property
    def frames(self) -> Sequence[int]:
        """Frames with a Keyframe, ascending; to be looked at only."""
        return self._frames

    @property
    def columns(self) -> KeyframeColumns:
        """All of them as columns; made anew after a change."""
        columns = self._columns
        if columns is None:
            keyframes = [self._by_frame[it] for it in self._frames]
            boxed = [it.box is not None for it in keyframes]
            columns = KeyframeColumns.of(self._frames, boxed, [it.gap is Gap.INTERPOLATED for it in keyframes])
            self._columns = columns
        return columns

    def at_or_before(self, frame: int) -> int | None:
        """The last frame with a Keyframe up to and including ``frame``."""
        place = bisect_right(self._frames, frame)
        return self._frames[place - 1] if place else None

    def before(self, frame: int) -> int | None:
        """The last frame with a Keyframe before ``frame``."""
        return self.at_or_before(frame - 1)

    def after(self, frame: int) -> int | None:
        """The first frame with a Keyframe after ``frame``."""
        place = bisect_right(self._frames, frame)
        return self._frames[place] if place < len(self._frames) else None

    def held_at(self, frame: int) -> tuple[int, Keyframe] | None:
        """The last frame with a Keyframe up to and including ``frame``, and that Keyframe."""
        place = bisect_right(self._frames, frame)
        if not place:
            return None
        start = self._frames[place - 1]
        return start, self._by_frame[start]

    def copy(self) -> Keyframes:
        """An independent copy, made at once: the two share their memory until one of them is changed."""
        other = Keyframes()
        other._by_frame, other._frames, other._setting = self._by_frame, self._frames, None
        other._columns = self._columns
        other._is_shared = self._is_shared = True
        return other

    def within(self, first: int, last: int) -> Keyframes:
        """A copy of what lies on frames ``first .. last`` inclusive."""
        frames = self._frames[bisect_left(self._frames, first) : bisect_right(self._frames, last)]
        return Keyframes((frame, self._by_frame[frame]) for frame in frames)

    def replace(self, first: int, last: int, other: Keyframes) -> None:
        """Make frames ``first .. last`` inclusive what they are in ``other``; the rest stays."""
        inside = other.within(first, last)
        self._unshare()
        start, stop = bisect_left(self._frames, first), bisect_right(self._frames, last)
        self._forget_settings([self._by_frame.pop(frame) for frame in self._frames[start:stop]])
        self._frames[start:stop] = inside.frames
        self._by_frame.update(inside)
        self._forget_settings(inside.values())

    def become(self, other: Keyframes) -> None:
        """Be what ``other`` is, at once whatever that holds."""
        copied = other.copy()
        self._by_frame, self._frames = copied._by_frame, copied._frames  # noqa: SLF001 - of the same class
        self._is_shared, self._setting = True, None

    def values_of(self, attribute_id: int) -> dict[int, AttributeValue]:
        """Frame -> value, where a Keyframe sets this Attribute."""
        return {
            frame: keyframe.attributes[attribute_id]
            for frame, keyframe in self._by_frame.items()
            if attribute_id in keyframe.attributes
        }

    def with_values(self, attribute_id: int, values: Mapping[int, AttributeValue]) -> Keyframes:
        """A copy in which this Attribute is set to these values on these frames, all with a Keyframe, and no others."""
        others = {
            frame: replace(it, attributes=sorted_dicts.changed(it.attributes, attribute_id, values.get(frame)))
            for frame, it in self._by_frame.items()
            if attribute_id in it.attributes or frame in values
        }
        return Keyframes(self._by_frame | others)

    def span_unlike(self, other: Keyframes) -> tuple[int, int] | None:
        """First and last frame on which the two differ; None where they are equal."""
        frames = [it for it in {*self, *other} if self.get(it) != other.get(it)]
        return (min(frames), max(frames)) if frames else None

    def is_outside(self, frame: int) -> bool:
        """Whether a Keyframe up to here says "outside", and none since then says anything else."""
        start = self.at_or_before(frame)
        return start is not None and self._by_frame[start].box is None

    def interpolated_gap(self, frame: int) -> tuple[int, int] | None:
        """The Keyframes round ``frame`` where a straight line runs between their boxes; None where none does."""
        if frame in self._by_frame:
            return None
        start, end = self.before(frame), self.after(frame)
        return (start, end) if start is not None and end is not None and self._is_interpolated(start, end) else None

    def interpolated(self, frame: int) -> BoundingBox | None:
        """The box that interpolation gives on ``frame``, centre and size each on a straight line; None where none."""
        gap = self.interpolated_gap(frame)
        if gap is None:
            return None
        start, end = gap
        first, last = self._by_frame[start].box, self._by_frame[end].box
        assert first is not None
        assert last is not None
        share = (frame - start) / (end - start)
        return BoundingBox(
            *(
                a + (b - a) * share
                for a, b in zip((first.x, first.y, first.w, first.h), (last.x, last.y, last.w, last.h), strict=True)
            )
        )

    def held_after(self, frame: int) -> Keyframe | None:
        """What the last Keyframe up to ``frame`` has hold until the next one; its box only where a line begins at it.

        None where nothing out of the ordinary holds. Equal answers mean that the frames up to the next Keyframe are
        shown alike.
        """
        start = self.at_or_before(frame)
        if start is None:
            return None
        keyframe = replace(self._by_frame[start], attributes=self.values_at(frame))
        if keyframe.box is not None and keyframe.gap is Gap.TRACKED:
            keyframe = replace(keyframe, box=_ANY_BOX)
        return None if keyframe == Keyframe(_ANY_BOX) else keyframe

    def outside_spans(self, frame_count: int) -> list[tuple[int, int]]:
        """Spans (first, last) of frames in which the object is outside, in a Sequence of ``frame_count`` frames."""
        spans: list[tuple[int, int]] = []
        ends = [*self._frames[1:], frame_count]
        for frame, end in zip(self._frames, ends, strict=False):
            if self._by_frame[frame].box is None:
                first = spans.pop()[0] if spans and spans[-1][1] == frame - 1 else frame
                spans.append((first, end - 1))
        return spans

    def interpolated_gaps(self) -> list[tuple[int, int]]:
        """Keyframes (first, last) that a straight line of boxes runs between, where frames lie between them."""
        lines = self.columns.lines
        return [(first, last) for first, last in lines.tolist() if last - first > 1]

    def hide(self, frames: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Which of ``frames`` ``(N,)``, ascending, show what the human layer says, whatever was tracked there."""
        return self.columns.hide(frames)

    def settled(self) -> Keyframes:
        """A copy in which no Keyframe asks for an interpolation that there is none of, for want of boxes."""
        effective = {first for first, _ in self.interpolated_gaps()}
        return Keyframes(
            (frame, it if it.gap is Gap.TRACKED or frame in effective else replace(it, gap=Gap.TRACKED))
            for frame, it in self.items()
        )

    def values_at(self, frame: int) -> dict[int, AttributeValue]:
        """All values of per-frame Attributes that hold on ``frame``, by Attribute id."""
        values = {number: self.value_at(number, frame) for number in self._settings()}
        return {number: value for number, value in sorted(values.items()) if value is not None}

    def value_at(self, attribute_id: int, frame: int) -> AttributeValue | None:
        """A per-frame Attribute's value on ``frame``: of the last Keyframe up to here that sets it; None for none."""
        frames = self._settings().get(attribute_id, [])
        place = bisect_right(frames, frame)
        return self._by_frame[frames[place - 1]].attributes[attribute_id] if place else None

    def _is_interpolated(self, start: int, end: int) -> bool:
        """Whether a straight line runs between the boxes of two Keyframes that follow each other."""
        first, last = self._by_frame[start], self._by_frame[end]
        return first.gap is Gap.INTERPOLATED and first.box is not None and last.box is not None

    def _unshare(self) -> None:
        """Have frames and Keyframes for oneself, before they are changed."""
        self._columns = None
        if self._is_shared:
            self._is_shared = False
            self._by_frame, self._frames = self._by_frame.copy(), self._frames.copy()

    def _forget_settings(self, changed: Iterable[Keyframe]) -> None:
        """These have come or gone."""
        if self._setting is not None and any(it.attributes for it in changed):
            self._setting = None

    def _settings(self) -> dict[int, list[int]]:
        """Attribute id -> frames of the Keyframes that set it, ascending; made anew after a change."""
        if self._setting is None:
            setting: dict[int, list[int]] = {}
            for number in self._frames:
                for attribute in self._by_frame[number].attributes:
                    setting.setdefault(attribute, []).append(number)
            self._setting = setting  # whole: a command built in a thread asks, too
        return self._setting

"""Commands on many frames of Tracks at once: copy, delete, split, merge, swap, interpolate."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.document.changes import Changes
from app.document.command import Command
from app.document.gone import gone_over, lost_span
from app.document.model import Gap, Keyframes, Source, Track
from app.document.track_commands import top
from app.document.track_marks import MarkChange, Marks, exchanged, marks_of, united
from app.document.track_parts import Layers, before, conflicts, joined, layers_of, merged, shown_part
from app.document.tracked_boxes import TrackedBoxes
from app.errors import AppError
from app.spoken import shown_frame

_NOTHING = Layers(Keyframes(), TrackedBoxes())


@dataclass(frozen=True, slots=True)
class _KeyframeSpan:
    """Frames of a Track, with their Keyframes before and after."""

    track_id: int
    first: int
    last: int
    before: Keyframes
    after: Keyframes


@dataclass(frozen=True, slots=True)
class _BoxSpan:
    """Frames of a Track, with their tracked boxes before and after."""

    track_id: int
    first: int
    last: int
    before: TrackedBoxes
    after: TrackedBoxes


class _ReplaceSpans(Command):
    """Other layers for some ranges of frames."""

    def __init__(self, document: Changes, text: str) -> None:
        super().__init__(document, text)
        self._keyframe_spans: list[_KeyframeSpan] = []
        self._box_spans: list[_BoxSpan] = []
        self._mark_changes: list[MarkChange] = []

    def _replace(self, track: Track, first: int, last: int, after: Layers) -> None:
        """Have frames ``first .. last`` of a Track become what ``after`` holds there."""
        held = layers_of(track, first, last)
        # no more than what differs: the file need not write half a Track anew
        span = held.keyframes.span_unlike(after.keyframes)
        if span is not None:
            parts = held.keyframes.within(*span), after.keyframes.within(*span)
            self._keyframe_spans.append(_KeyframeSpan(track.id, *span, *parts))
        span = held.boxes.span_unlike(after.boxes)
        if span is not None:
            self._box_spans.append(_BoxSpan(track.id, *span, held.boxes.slice(*span), after.boxes.slice(*span)))

    def _mark(self, track: Track, after: Marks) -> None:
        """Have what was said of a Track's tracked boxes become this."""
        self._mark_changes.append(MarkChange(track.id, marks_of(track), after))

    def _do(self) -> None:
        for keys in self._keyframe_spans:
            self._document.replace_keyframes(keys.track_id, keys.first, keys.last, keys.after)
        for boxes in self._box_spans:
            self._document.replace_boxes(boxes.track_id, boxes.first, boxes.last, boxes.after)
        for change in self._mark_changes:
            change.apply(self._document)

    def _undo(self) -> None:
        for keys in self._keyframe_spans:
            self._document.replace_keyframes(keys.track_id, keys.first, keys.last, keys.before)
        for boxes in self._box_spans:
            self._document.replace_boxes(boxes.track_id, boxes.first, boxes.last, boxes.before)
        for change in self._mark_changes:
            change.back().apply(self._document)


class CopyBox(_ReplaceSpans):
    """The box shown on a frame becomes a Keyframe on each of the next ``count`` frames that has none yet.

    Attributes:
        count: How many Keyframes it makes.

    Raises:
        KeyError: No such Track.
        AppError: There is no box to copy, or no frame for it.
    """

    def __init__(self, document: Changes, track_id: int, frame: int, count: int) -> None:
        super().__init__(document, "Copy box to next frames")
        track = document.track(track_id)
        box = track.box_at(frame)
        if box is None:
            raise AppError("There is no box on frame {0} to copy: draw one first.", shown_frame(frame))
        first, last = frame + 1, min(frame + count, _last(document, track))
        copied = replace(track.keyframe_with(frame, box), attributes={})
        keyframes = track.keyframes.within(first, last)
        free = [it for it in range(first, last + 1) if it not in keyframes]
        if not free:
            raise AppError(
                "The {0} frames after {1} are set by you already, or there are none: nothing to copy to.",
                count,
                shown_frame(frame),
            )
        self.count = len(free)
        filled = Keyframes({**dict.fromkeys(free, copied), **keyframes})
        self._replace(track, first, last, Layers(filled, track.boxes.slice(first, last)))


class DeleteBox(_ReplaceSpans):
    """The tracked box of one frame goes; every other frame stays as it is.

    Raises:
        KeyError: No such Track.
        AppError: What is shown there is not a tracked box.
    """

    def __init__(self, document: Changes, track_id: int, frame: int) -> None:
        super().__init__(document, "Delete box")
        track = document.track(track_id)
        source = track.source_at(frame)
        if source is Source.INTERPOLATED:
            raise AppError(
                "The box on frame {0} lies on the line between two keyframes: delete one of them, or say outside.",
                shown_frame(frame),
            )
        if source not in {Source.TRACKED, Source.LOST}:
            raise AppError("There is no tracked box on frame {0} to delete.", shown_frame(frame))
        self._replace(track, frame, frame, _NOTHING)


class DeleteFrom(_ReplaceSpans):
    """Everything of a Track from a frame on goes: Keyframes and tracked boxes. What comes before shows what it showed.

    Raises:
        KeyError: No such Track.
        AppError: There is nothing from there on, or nothing before: then the whole Track is meant.
    """

    def __init__(self, document: Changes, track_id: int, frame: int) -> None:
        super().__init__(document, "Delete from here on")
        track = document.track(track_id)
        _require_both_parts(document, track, frame)
        last = _last(document, track)
        self._replace(track, 0, last, joined(before(track, frame), _NOTHING, frame, last))


class SetGap(_ReplaceSpans):
    """What fills the frames between the Keyframes round a frame: a straight line, or what was tracked.

    Raises:
        KeyError: No such Track.
        AppError: There is no Keyframe with a box before, or none after.
    """

    def __init__(self, document: Changes, track_id: int, frame: int, gap: Gap) -> None:
        super().__init__(document, "Interpolate gap" if gap is Gap.INTERPOLATED else "Show tracked boxes in gap")
        track = document.track(track_id)
        start = track.keyframes.at_or_before(frame)
        end = track.keyframes.after(frame)
        if start is None or end is None or track.keyframes[start].box is None or track.keyframes[end].box is None:
            raise AppError(
                "Frame {0} does not lie between two keyframes with boxes: set one on either side first.",
                shown_frame(frame),
            )
        keyframes = Keyframes({start: replace(track.keyframes[start], gap=gap)})
        self.first, self.last = start, end
        # the whole gap, so that whoever shows boxes hears of every frame that changes
        whole = track.keyframes.within(start, end - 1)
        whole.replace(start, start, keyframes)
        self._replace(track, start, end - 1, Layers(whole, track.boxes.slice(start, end - 1)))


class SayGone(_ReplaceSpans):
    """The object is outside where the tracker had lost it: from the first of those frames on to where it was found.

    Attributes:
        first: First frame of them.
        last: Last frame.

    Raises:
        KeyError: No such Track.
        AppError: It was not lost there.
    """

    def __init__(self, document: Changes, track_id: int, frame: int) -> None:
        super().__init__(document, "Outside where it was lost")
        track = document.track(track_id)
        span = lost_span(track, frame)
        if span is None:
            raise AppError(
                "The object was not lost on frame {0}: say outside from there, if it is gone.", shown_frame(frame)
            )
        self.first, self.last = span
        end = self.last + 1
        keyframes = track.keyframes.within(self.first, end)
        keyframes.update(gone_over(track, self.first, self.last))
        self._replace(track, self.first, end, Layers(keyframes, track.boxes.slice(self.first, end)))


class _WithNewTrack(_ReplaceSpans):
    """A command that adds a Track, too."""

    _made: Track
    _sequence_id: int

    def _make(self, like: Track, layers: Layers) -> None:
        sequence = self._document.sequence_of(like.id)
        self._sequence_id = sequence.id
        self._made = Track(self._document.new_track_id(), like.name, like.category_id)
        self._made.keyframes, self._made.boxes = Keyframes(layers.keyframes), layers.boxes.copy()
        self._made.attributes, self._made.z = dict(like.attributes), top(sequence) + 1
        # of frames that it has not, these say nothing
        self._made.accepted, self._made.unlearned = dict(like.accepted), like.unlearned
        self._made.disputed = dict(like.disputed)

    @property
    def track_id(self) -> int:
        """Of the new Track."""
        return self._made.id

    def _do(self) -> None:
        super()._do()
        self._document.put_track(self._sequence_id, self._made)

    def _undo(self) -> None:
        self._made = self._document.take_track(self._made.id)
        super()._undo()


class DuplicateTrack(_WithNewTrack):
    """A second Track with the same name, Category, values, Keyframes and tracked boxes, painted on top.

    Raises:
        KeyError: No such Track.
    """

    def __init__(self, document: Changes, track_id: int) -> None:
        super().__init__(document, "Duplicate track")
        track = document.track(track_id)
        self._make(track, layers_of(track, 0, _last(document, track)))


class SplitTrack(_WithNewTrack):
    """A Track becomes two: what it shows from a frame on belongs to a new one of the same name, Category and values.

    The new Track begins with a Keyframe; what the old one shows before stays as it is.

    Raises:
        KeyError: No such Track.
        AppError: There is nothing before the frame, or nothing from it on.
    """

    def __init__(self, document: Changes, track_id: int, frame: int) -> None:
        super().__init__(document, "Split track")
        track = document.track(track_id)
        _require_both_parts(document, track, frame)
        last = _last(document, track)
        self._replace(track, 0, last, joined(before(track, frame), _NOTHING, frame, last))
        self._make(track, shown_part(track, frame, last))


class SwapTracks(_ReplaceSpans):
    """Two Tracks of a Sequence exchange all they show from a frame on: the ids were wrong since then.

    Names, Categories and values of the Tracks stay; Keyframes with their per-frame values and tracked boxes go over.
    Each part that goes over begins with a Keyframe. What was found right there, or not to be learned from, goes along.

    Raises:
        KeyError: No such Track.
        AppError: They are one, of two Sequences, or neither has anything from there on.
    """

    def __init__(self, document: Changes, track_id: int, other_id: int, frame: int) -> None:
        super().__init__(document, "Swap tracks from here on")
        one, other = _pair(document, track_id, other_id)
        last = _last(document, one)
        parts = [shown_part(track, frame, last) for track in (one, other)]
        if not any(part.keyframes or len(part.boxes) for part in parts):
            raise AppError(
                "Neither track has anything from frame {0} on: go to where they were mixed up.", shown_frame(frame)
            )
        self._replace(one, 0, last, joined(before(one, frame), parts[1], frame, last))
        self._replace(other, 0, last, joined(before(other, frame), parts[0], frame, last))
        self._mark(one, exchanged(one, other, frame))
        self._mark(other, exchanged(other, one, frame))


class MergeTracks(_ReplaceSpans):
    """Two Tracks become one: it keeps the first one's id, name, Category and values, and shows what either shows.

    Where both show a box, one Track wins throughout. Values per frame go with the Keyframes that are kept.

    Args:
        document: The open project.
        track_id: The Track that stays.
        other_id: The one that goes.
        other_wins: Whether the boxes of the one that goes count where both have one.

    Raises:
        KeyError: No such Track.
        AppError: They are one, or of two Sequences.
    """

    def __init__(self, document: Changes, track_id: int, other_id: int, other_wins: bool = False) -> None:
        super().__init__(document, "Merge tracks")
        kept, other = _pair(document, track_id, other_id)
        last = _last(document, kept)
        winner, loser = (other, kept) if other_wins else (kept, other)
        layers = merged(winner, loser, last)
        self._replace(kept, 0, last, layers)
        self._mark(kept, united(winner, loser, layers.boxes))
        self._sequence_id = document.sequence_of(other_id).id
        self._gone = other

    @staticmethod
    def conflicts(document: Changes, track_id: int, other_id: int) -> list[tuple[int, int]]:
        """Spans (first, last) of frames on which both Tracks show a box: what the person has to decide on.

        Raises:
            KeyError: No such Track.
            AppError: They are one, or of two Sequences.
        """
        return conflicts(*_pair(document, track_id, other_id))

    def _do(self) -> None:
        self._gone = self._document.take_track(self._gone.id)
        super()._do()

    def _undo(self) -> None:
        super()._undo()
        self._document.put_track(self._sequence_id, self._gone)


def _last(document: Changes, track: Track) -> int:
    return document.sequence_of(track.id).frame_count - 1


def _pair(document: Changes, track_id: int, other_id: int) -> tuple[Track, Track]:
    one, other = document.track(track_id), document.track(other_id)
    if one is other or document.sequence_of(track_id) is not document.sequence_of(other_id):
        raise AppError("This takes two tracks of one sequence: choose another one.")
    return one, other


def _require_both_parts(document: Changes, track: Track, frame: int) -> None:
    first_part, rest = layers_of(track, 0, frame - 1), layers_of(track, frame, _last(document, track))
    if not (first_part.keyframes or len(first_part.boxes)):
        raise AppError(
            "Track {0} has nothing before frame {1}: the whole track would be meant.", track.id, shown_frame(frame)
        )
    if not (rest.keyframes or len(rest.boxes)):
        raise AppError("Track {0} has nothing from frame {1} on.", track.id, shown_frame(frame))

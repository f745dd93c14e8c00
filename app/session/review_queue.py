"""The doubtful frames of the Sequence on the screen, in order of doubt, kept up with the document in small steps."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from app.document.document import Document
from app.document.model import Sequence
from app.letting_go import let_go
from app.session.doubt import DoubtRules, Doubts, Episodes, doubts_of, episodes_of
from app.session.doubtful import Doubtful, in_order

_DELAY_MS = 150
_FRAMES_A_TURN = 8_000
"""So many frames are looked at in one go, under ten milliseconds."""
_FRAMES_A_TRACK = 2_000
"""To look at a Track at all takes as long as to look at so many frames: a run changes a few of two hundred Tracks."""


class ReviewQueue(QObject):
    """Listens to the document; what has changed is looked at again a moment later, a slice at a time. UI thread only.

    Signals:
        changed: Other entries, or another number of them.
        settled: Everything has been looked at, whether it changed the entries or not.

    Attributes:
        entries: The most doubtful first; of equals the earlier. At most ``SHOWN``.
        count: How many there are.
        is_settled: Whether everything has been looked at.
    """

    changed = Signal()
    settled = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: tuple[Doubtful, ...] = ()
        self.count = 0
        self._by_place: dict[tuple[int, int], Doubtful] = {}
        self._document = document
        self._sequence: Sequence | None = None
        self._rules = DoubtRules()
        self._doubts: dict[int, Doubts] = {}
        self._episodes: dict[int, Episodes] = {}
        self._waiting: dict[int, tuple[int, int]] = {}
        self._is_stale = False
        self._timer = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._timer.timeout.connect(self._work)
        document.boxes_changed.connect(self._changed)
        document.boxes_arrived.connect(self._boxes_arrived)
        document.keyframes_changed.connect(self._keyframes_changed)
        document.marks_changed.connect(self._changed)
        document.tracks_added.connect(self._tracks_added)
        document.tracks_removed.connect(self._tracks_removed)
        document.settled.connect(self._list_if_stale)

    @property
    def is_settled(self) -> bool:
        """Whether everything has been looked at."""
        return not self._waiting and not self._timer.isActive()

    @property
    def rules(self) -> DoubtRules:
        """From where on a frame is doubtful."""
        return self._rules

    @rules.setter
    def rules(self, rules: DoubtRules) -> None:
        if rules != self._rules:
            self._rules = rules
            self._begin()

    def open(self, sequence: Sequence) -> None:
        """List the doubts of another Sequence."""
        self._sequence = sequence
        self._begin()

    def entry_at(self, track_id: int, frame: int) -> Doubtful | None:
        """The entry of a Track that stands at ``frame``."""
        return self._by_place.get((track_id, frame))

    def settle(self) -> None:
        """Look now at what waits, if that is quickly done, and list what has been found."""
        frames = sum(last - first + 1 + _FRAMES_A_TRACK for first, last in self._waiting.values())
        if self.is_settled or frames > _FRAMES_A_TURN:
            return
        if self._waiting:
            self._work()
        if not self._waiting:
            self._finish()

    def _begin(self) -> None:
        let_go(self._doubts, self._episodes)
        self._doubts, self._episodes, self._waiting = {}, {}, {}
        if self._sequence is not None:
            self._waiting = dict.fromkeys(self._sequence.tracks, (0, self._end))
        self._begin_to_look()
        self._list()

    def _changed(self, track_id: int, first: int, last: int) -> None:
        # what a box says of a jump depends on those beside it, a spot check on who looks near it
        self._wait_for(track_id, first - self._rules.reach, last + self._rules.reach)

    def _boxes_arrived(self, frame: int, track_ids: tuple[int, ...]) -> None:
        for track_id in track_ids:
            self._changed(track_id, frame, frame)

    def _keyframes_changed(self, track_id: int, first: int, last: int) -> None:
        """A keyframe says something about the frames up to those beside it, too: outside, or a straight line."""
        if self._sequence is not None and track_id in self._sequence.tracks:
            keyframes = self._sequence.tracks[track_id].keyframes
            before, after = keyframes.before(first), keyframes.after(last)
            reach = self._rules.reach
            self._wait_for(
                track_id, -1 if before is None else before - reach, self._end if after is None else after + reach
            )

    @property
    def _end(self) -> int:
        return self._sequence.frame_count - 1 if self._sequence is not None else 0

    def _tracks_added(self, track_ids: tuple[int, ...]) -> None:
        if self._sequence is not None:
            ours = self._sequence.tracks.keys() & track_ids
            self._waiting |= dict.fromkeys(sorted(ours), (0, self._end))
            self._begin_to_look()

    def _tracks_removed(self, track_ids: tuple[int, ...]) -> None:
        gone: list[object] = []
        for track_id in track_ids:
            self._waiting.pop(track_id, None)
            if track_id in self._doubts:
                gone += self._doubts.pop(track_id), self._episodes.pop(track_id, None)
        self._is_stale |= bool(gone)
        let_go(gone)
        if not self._document.is_changing:  # a command may have more parts
            self._list_if_stale()

    def _list_if_stale(self) -> None:
        """What is gone leaves the list at once; which of very many others come after is looked at in a moment."""
        if self._is_stale:
            self._is_stale = False
            self._show(tuple(it for it in self.entries if it.track_id in self._episodes))
            if not self._timer.isActive():
                self._timer.start(_DELAY_MS)

    def _wait_for(self, track_id: int, first: int, last: int) -> None:
        if self._sequence is None or track_id not in self._sequence.tracks:
            return
        begin, end = self._waiting.get(track_id, (first, last))
        self._waiting[track_id] = max(min(begin, first), 0), min(max(end, last), self._end)
        self._begin_to_look()

    def _begin_to_look(self) -> None:
        if self._waiting and not self._timer.isActive():
            self._timer.start(_DELAY_MS)

    def _work(self) -> None:
        """Look at some of the frames that wait, or, in a turn of its own, list what was found."""
        if not self._waiting:
            self._finish()
            return
        left = _FRAMES_A_TURN
        while self._waiting and left > 0 and self._sequence is not None:
            track_id, (first, last) = next(iter(self._waiting.items()))
            track = self._sequence.tracks[track_id]
            boxes = track.boxes.slice(first, last).frames()
            found, until = Doubts.none(), last
            left -= _FRAMES_A_TRACK
            if len(boxes):  # only where there are boxes there can be doubt
                begin, end = int(boxes[0]), int(boxes[-1])
                room = max(left, _FRAMES_A_TRACK)
                if end - begin >= room:
                    end = until = begin + room - 1
                picture_size = self._sequence.width, self._sequence.height
                found = doubts_of(track, begin, end, picture_size, self._rules)
                left -= end - begin + 1
            known = self._doubts.get(track_id, Doubts.none())
            self._doubts[track_id] = known.with_range(first, until, found)
            if until < last:
                self._waiting[track_id] = until + 1, last
            else:
                del self._waiting[track_id]
                self._episodes[track_id] = episodes_of(self._doubts[track_id])
        self._timer.start(0)

    def _finish(self) -> None:
        self._timer.stop()
        self._list()
        self.settled.emit()

    def _list(self) -> None:
        """Put the worst in order."""
        self._is_stale = False
        self._show(in_order(self._episodes))

    def _show(self, entries: tuple[Doubtful, ...]) -> None:
        count = sum(len(it.worst) for it in self._episodes.values())
        if (entries, count) != (self.entries, self.count):
            self.entries, self.count = entries, count
            self._by_place = {(it.track_id, it.frame): it for it in entries}
            self.changed.emit()

"""What is on the screen: Sequence, frame, picture, selected Track and the tracker's answer for it. UI thread only."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.document.model import Sequence, Track
from app.media.frame_loader import FrameLoader
from app.media.frame_source import Frame, SourceInfo
from app.media.frame_times import FrameTimes
from app.session.messages import Corrected, FrameTracked
from app.session.playback import Playback
from app.session.score_map_cache import ScoreMapCache
from app.spoken import shown_frame, spoken


class Screen(QObject):
    """One frame of one Sequence; pictures come from the FrameLoader, or live from a run.

    Signals:
        sequence_opened: Id of the Sequence.
        frame_changed: Number of the current frame.
        frame_shown: (number, picture RGB uint8 (H, W, 3)).
        result_shown: TrackResult of the selected Track on the current frame, or None.
        track_selected: Id, 0 for none.
        media_failed: A sentence: the source or a frame of it cannot be read.
        playing_changed: Whether it plays.

    Attributes:
        sequence: The Sequence, or None before the first.
        frame: Number of the current frame.
        track_id: Id of the selected Track, 0 for none.
    """

    sequence_opened = Signal(int)
    frame_changed = Signal(int)
    frame_shown = Signal(int, object)
    result_shown = Signal(object)
    track_selected = Signal(int)
    media_failed = Signal(str)
    playing_changed = Signal(bool)

    def __init__(self, loader: FrameLoader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sequence: Sequence | None = None
        self.frame = 0
        self.track_id = 0
        self._loader = loader
        self._opening = False
        self._left: dict[int, tuple[int, int]] = {}
        self._score_maps = ScoreMapCache()
        self._playback = Playback(self)
        self._playback.wanted.connect(self._request)
        self._playback.playing_changed.connect(self.playing_changed)
        loader.opened.connect(self._source_opened)
        loader.open_failed.connect(self._source_failed)
        loader.frame_ready.connect(self._show_loaded)
        loader.frame_failed.connect(self._frame_failed)

    @property
    def track(self) -> Track | None:
        """The selected Track."""
        return self.sequence.tracks.get(self.track_id) if self.sequence is not None else None

    @property
    def playing(self) -> bool:
        """Whether it plays."""
        return self._playback.playing

    @property
    def times(self) -> FrameTimes:
        """When each frame of the Sequence is shown; evenly spread as long as its file has not been read."""
        if self.sequence is None:
            return FrameTimes.even(0, 0.0)
        info = self._loader.info
        if info is not None and len(info.times) == self.sequence.frame_count:
            return info.times
        return FrameTimes.even(self.sequence.frame_count, self.sequence.fps)

    def open(self, sequence: Sequence, place: tuple[int, int] | None = None) -> None:
        """Show a Sequence at a (frame, Track), else where it was left, else its first frame with its first Track."""
        self._playback.stop()
        self._score_maps.clear()
        if self.sequence is not None:
            self._left[self.sequence.id] = self.frame, self.track_id
        frame, track_id = place or self._left.get(sequence.id, (0, 0))
        if track_id not in sequence.tracks:
            track_id = next(iter(sequence.tracks), 0)
        # the Track is there with its Sequence: panels need not lay themselves out for none in between
        self.sequence, self.frame, self.track_id = sequence, min(frame, sequence.frame_count - 1), track_id
        self.sequence_opened.emit(sequence.id)
        self.track_selected.emit(self.track_id)
        self.show_result()
        self.frame_changed.emit(self.frame)
        info = self._loader.info
        self._opening = True
        if info is not None and info.path == Path(sequence.path):
            self._source_opened(info)
        else:
            self._loader.open(Path(sequence.path))

    def go_to(self, frame: int) -> None:
        """Show a frame, or the nearest there is; playing stops."""
        if self.sequence is None:
            return
        self._playback.stop()
        moved = self._move_to(min(max(frame, 0), self.sequence.frame_count - 1))
        self._request(self.frame)
        if moved:
            self.show_result()

    def play(self, speed: float) -> None:
        """Play from here at ``speed`` times real time, backward where it is negative."""
        if self.sequence is not None and speed:
            end = self.sequence.frame_count - 1 if speed > 0 else 0
            self._playback.start(self.frame, end, speed, self.times.time_of)

    def stop_playing(self) -> None:
        """Stay on the frame that is shown."""
        self._playback.stop()

    def select_track(self, track_id: int) -> None:
        """Select a Track of the Sequence; 0, or an id it does not have, selects none."""
        track_id = track_id if self.sequence is not None and track_id in self.sequence.tracks else 0
        if track_id != self.track_id:
            self.track_id = track_id
            self.track_selected.emit(track_id)
        self.show_result()

    def show_tracked(self, reply: FrameTracked) -> None:
        """Follow a run: its picture and its answer."""
        for track_id, result in reply.results:
            self._score_maps.put(track_id, reply.frame, result)
        self._move_to(reply.frame)
        self.frame_shown.emit(reply.frame, reply.image)
        self.result_shown.emit(dict(reply.results).get(self.track_id))

    def show_corrected(self, reply: Corrected) -> None:
        """The tracker's answer after a correction, if its frame is still the current one."""
        self._score_maps.put(reply.track_id, reply.frame, reply.result)
        if reply.frame == self.frame:
            self.frame_shown.emit(reply.frame, reply.image)
            self.show_result()

    def show_result(self) -> None:
        """Say again what the tracker thinks of the current frame; after an edit it may be nothing."""
        self.result_shown.emit(self._score_maps.get(self.track, self.frame) if self.track is not None else None)

    def close(self) -> None:
        """Listen to the loader no longer."""
        self._playback.stop()
        self._loader.opened.disconnect(self._source_opened)
        self._loader.open_failed.disconnect(self._source_failed)
        self._loader.frame_ready.disconnect(self._show_loaded)
        self._loader.frame_failed.disconnect(self._frame_failed)

    def _request(self, frame: int) -> None:
        info = self._loader.info
        if self._opening or info is None:
            return  # asked for when the source is there
        if frame < info.frame_count:
            self._loader.request(frame)
        else:
            self._frame_failed(
                frame,
                spoken(
                    "Frame {0} is not in {1}: it has {2} frames now.",
                    shown_frame(frame),
                    info.path.name,
                    info.frame_count,
                ),
            )

    def _source_opened(self, info: SourceInfo) -> None:
        sequence = self.sequence
        if sequence is None or not self._opening or info.path != Path(sequence.path):
            return
        self._opening = False
        expected = (sequence.frame_count, sequence.width, sequence.height)
        if (info.frame_count, info.width, info.height) != expected:
            text = spoken(
                "{0} has changed: it had {1} frames of {2} x {3} pixels, and has {4} of {5} x {6} now. "
                "Put the file back that was labelled.",
                info.path.name,
                *expected,
                info.frame_count,
                info.width,
                info.height,
            )
            self.media_failed.emit(text)
        self._request(self.frame)

    def _source_failed(self, text: str) -> None:
        if self._opening:
            self._opening = False
            self.media_failed.emit(text)

    def _show_loaded(self, frame: int, picture: Frame) -> None:
        if self.playing and self._playback.awaits(frame):
            self._playback.shown(frame)
            if self._move_to(frame):
                self.show_result()
        if frame == self.frame:
            self.frame_shown.emit(frame, picture)

    def _frame_failed(self, _frame: int, text: str) -> None:
        self._playback.stop()
        self.media_failed.emit(text)

    def _move_to(self, frame: int) -> bool:
        if frame == self.frame:
            return False
        self.frame = frame
        self.frame_changed.emit(frame)
        return True

"""What is happening, in words: the status strip and the banner under the picture."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QAction

from app.document.model import Source
from app.session.messages import RunFinished, StopReason, WorkerFailed
from app.session.run_state import Phase, RunState
from app.session.session import Session
from app.settings import Settings
from app.views.action_table import ActionId
from app.views.actions import Actions
from app.views.banner import Banner, Tone
from app.views.status_strip import StatusStrip
from app.views.video_view import VideoView
from app.views.wording import duration_text, status_text, status_tone


class StatusPresenter(QObject):
    """Turns a Session's signals into sentences.

    Args:
        session: On the screen; also the Qt owner.
        settings: The person's.
        actions: The window's; some become the banner's buttons.
        strip: The line under the picture.
        banner: Above that line.
        view: Knows the mouse's place in the picture.
    """

    details_wanted = Signal(str)
    """Text for the person who wants to know exactly what went wrong."""
    retry_wanted = Signal()
    locate_wanted = Signal()

    def __init__(
        self,
        session: Session,
        settings: Settings,
        actions: Actions,
        strip: StatusStrip,
        banner: Banner,
        view: VideoView,
    ) -> None:
        super().__init__(session)
        self._settings = settings
        settings.changed.connect(self._follow_setting)
        self._session = session
        self._actions = actions
        self._strip = strip
        self._banner = banner
        self._failed = False
        self._silent = False
        self._guides = False
        self._begun = 0
        self._unreadable = ""
        self._details = QAction(self.tr("Details…"), self)
        self._retry = QAction(self.tr("Retry"), self)
        self._locate = QAction(self.tr("Locate…"), self)
        self._restart = QAction(self.tr("Start the tracker anew"), self)
        self._restart.triggered.connect(session.restart_tracker)
        self._details_text = self._asked = self._refused = self._reached = ""
        self._stopped: RunFinished | None = None
        self._details.triggered.connect(self._show_details)
        self._retry.triggered.connect(self.retry_wanted)
        self._locate.triggered.connect(self.locate_wanted)
        session.frame_changed.connect(self._show_other_frame)
        session.sequence_opened.connect(self._show_place)
        session.result_shown.connect(self._show_box)
        session.track_selected.connect(self._track_selected)
        session.run_state_changed.connect(self._run_state_changed)
        session.run_finished.connect(self._run_finished)
        session.failed.connect(self._worker_failed)
        session.review.queue.settled.connect(self._queue_settled)
        session.edits.changed_elsewhere.connect(self._say_where)
        session.media_failed.connect(self._media_failed)
        session.frame_shown.connect(self._frame_shown)
        session.tracker_stuck.connect(self._tracker_stuck)
        session.tracker_recovered.connect(self._tracker_recovered)
        document = session.document
        document.keyframes_changed.connect(self._keyframes_changed)
        document.boxes_changed.connect(self._boxes_changed)
        document.boxes_arrived.connect(self._boxes_arrived)
        document.tracks_removed.connect(self._tracks_removed)
        document.tracks_added.connect(self._tracks_added)
        document.storage_failed.connect(self._storage_failed)
        document.undo_stack.indexChanged.connect(self._edited)
        view.hovered.connect(strip.set_cursor)
        view.hover_left.connect(strip.clear_cursor)
        view.drawing_changed.connect(self._drawing_changed)
        self._view = view
        banner.dismissed.connect(self._forget_stop)

    def guide_first_box(self) -> None:
        """Say how to begin in a Sequence without Tracks."""
        self._guides = True
        if self._view.drawing:
            self._drawing_changed(True)
        else:
            key = self._actions.key(ActionId.DRAW)
            self._banner.say(Tone.INFO, self.tr("Draw a box around the object, or press {0}.").format(key))

    def _tracks_removed(self, track_ids: tuple[int, ...]) -> None:
        if self._stopped is not None and not {stop.track_id for stop in self._stopped.stops}.isdisjoint(track_ids):
            self._forget_stop()
        sequence = self._session.sequence
        if sequence is not None and not sequence.tracks:
            self.guide_first_box()  # in place of what was said of a box that is gone

    def say(self, text: str) -> None:
        """A note that is no trouble."""
        self._banner.say(Tone.INFO, text)

    def ask(self, text: str, actions: Sequence[QAction]) -> None:
        """Something to look at on this frame, with what can be done about it here."""
        self._asked = text
        self._banner.say(Tone.DOUBT, text, actions)

    def refuse(self, text: str) -> None:
        """Why something asked for was not done."""
        self._banner.say(Tone.DOUBT, text, self._stop_choices())
        self._refused = text

    def _edited(self, _index: int) -> None:
        if self._refused and self._banner.text == self._refused:
            self._banner.clear()  # the person went on with something that could be done
        self._refused = ""

    def _say_where(self, sequence: str) -> None:
        self.say(self.tr("This was in {0}, which is not on the screen.").format(sequence))

    def say_source_missing(self, text: str) -> None:
        """The video is not where the project has it."""
        self._banner.say(Tone.BAD, text, [self._locate])

    def _show_other_frame(self, frame: int) -> None:
        self._forget_question()  # it was said of that frame, and its buttons would do it to this one
        self._show_place(frame)

    def _forget_question(self) -> None:
        if self._asked and self._banner.text == self._asked:
            self._banner.clear()
        self._asked = ""

    def _show_place(self, _number: int) -> None:
        sequence = self._session.sequence
        if sequence is not None:
            frame = self._session.frame
            self._strip.set_place(
                frame, sequence.frame_count, self._session.times.time_of(frame), self._settings.frame_base
            )
        self._show_box(None)
        self._show_stop()

    def _follow_setting(self, name: str) -> None:
        if name == "frame_base":
            self._show_place(0)

    def _boxes_arrived(self, frame: int, track_ids: tuple[int, ...]) -> None:
        for track_id in track_ids:
            self._boxes_changed(track_id, frame, frame)

    def _boxes_changed(self, track_id: int, first: int, last: int) -> None:
        if self._stopped is not None and track_id in {
            stop.track_id for stop in self._stopped.stops if first <= stop.frame <= last
        }:
            self._forget_stop()  # the run was undone, or another has gone over it
        if track_id == self._session.track_id and first <= self._session.frame <= last:
            self._show_box(None)

    def _keyframes_changed(self, track_id: int, first: int, last: int) -> None:
        self._boxes_changed(track_id, first, last)
        track, frame = self._session.track, self._session.frame
        if track is None or track.id != track_id or not first <= frame <= last:
            return
        self._forget_stop()
        keyframe = track.keyframes.get(frame)
        if keyframe is not None and keyframe.box is not None and frame in track.boxes:
            self._asked = self.tr("Press {0}, and the tracker learns this box and goes on.").format(
                self._actions.key(ActionId.CONFIRM)
            )
            self._banner.say(Tone.INFO, self._asked, [self._actions[ActionId.CONFIRM]])
        elif self._banner.tone is Tone.INFO:
            self._banner.clear()

    def _show_box(self, _what: object) -> None:
        text, tone = describe_box(self._session)
        self._strip.set_box(text, tone)

    def _drawing_changed(self, drawing: bool) -> None:
        if drawing:
            self._banner.say(
                Tone.INFO,
                self.tr(
                    "Draw a box around the object: drag, click two corners, or go to each with the arrows (Shift: one "
                    "pixel, Ctrl: a hundred) and press Enter. Esc leaves it."
                ),
            )
        elif self._banner.tone is Tone.INFO:
            self._banner.clear()

    def _tracks_added(self, _track_ids: tuple[int, ...]) -> None:
        guides, self._guides = self._guides, False
        sequence = self._session.sequence
        if guides and sequence is not None and len(sequence.tracks) == 1:
            (self._begun,) = sequence.tracks
            if self._banner.tone is Tone.INFO:
                self._banner.clear()

    def _track_selected(self, track_id: int) -> None:
        self._forget_question()
        begun, self._begun = self._begun, 0
        if track_id and track_id == begun:  # a new one is; one that redo brings back is not
            self._asked = self.tr("The tracker can take over from here.")
            self._banner.say(Tone.INFO, self._asked, [self._actions[ActionId.PROPAGATE_FORWARD]])
        self._show_box(None)

    def _run_state_changed(self, state: RunState) -> None:
        self._strip.set_run(state)
        if state.phase in {Phase.PREPARING, Phase.CORRECTING}:
            self._failed = False
            self._stopped = None
            self._banner.clear()

    def _run_finished(self, finished: RunFinished) -> None:
        match finished.reason:
            case StopReason.LOST | StopReason.LEFT | StopReason.UNCERTAIN | StopReason.JUMPED:
                self._stopped = finished
                self._show_stop()
            case StopReason.REACHED_END:
                self._say_reached(finished.text)
            case StopReason.FAILED if not self._failed:
                self._banner.say(Tone.BAD, finished.text, [self._retry])
            case _:
                pass

    def _say_reached(self, text: str) -> None:
        """That a run is done, and what there is to check now."""
        queue = self._session.review.queue
        queue.settle()
        self._reached = text if not queue.is_settled else ""
        if queue.count:
            text += " " + self.tr("Doubtful places to check: {0}.").format(queue.count)
        self._banner.say(Tone.INFO, text, [self._actions[ActionId.NEXT_DOUBT]] if queue.count else [])

    def _queue_settled(self) -> None:
        """So many frames were tracked that looking at them took until now."""
        if self._reached and self._banner.text.startswith(self._reached):
            self._say_reached(self._reached)

    def _show_stop(self) -> None:
        """Why the last run stopped, on the frame on which it did, for what can be done about it is done there."""
        stopped = self._stopped
        if stopped is None:
            return
        if self._session.frame != stopped.frame:
            if self._banner.text == stopped.text:
                self._banner.clear()
            return
        self._banner.say(Tone.DOUBT, stopped.text, self._stop_choices())

    def _stop_choices(self) -> list[QAction]:
        """What can be done about the last run's stop, on its frame."""
        stopped, actions = self._stopped, self._actions
        if stopped is None or self._session.frame != stopped.frame:
            return []
        match stopped.reason:
            case StopReason.LEFT:
                return [actions[ActionId.OUTSIDE], actions[ActionId.DRAW]]
            case StopReason.LOST:
                # nothing to confirm before the box is on the object; that it is gone is for the person to say
                return [actions[ActionId.DRAW], actions[ActionId.OUTSIDE]]
            case _:
                return [actions[ActionId.CONFIRM], actions[ActionId.DRAW]]

    def _forget_stop(self) -> None:
        """What the last run stopped for has been answered, or is gone."""
        if self._stopped is not None and self._banner.text == self._stopped.text:
            self._banner.clear()
        self._stopped = None

    def _worker_failed(self, failure: WorkerFailed) -> None:
        if not failure.is_bug and not failure.details and failure.request_id == 0:
            self.refuse(failure.text)
            return
        self._failed = True
        self._details_text = failure.details
        actions = [self._retry, self._details] if failure.details else [self._retry]
        self._banner.say(Tone.BAD, failure.text, actions)

    def _tracker_stuck(self, seconds: float) -> None:
        self._silent = True
        self._banner.say(
            Tone.BAD,
            self.tr(
                "The tracker has not answered for {0}. Your work is saved and you can go on; wait, or start it anew."
            ).format(duration_text(seconds)),
            [self._restart],
        )

    def _tracker_recovered(self) -> None:
        if self._silent:
            self._silent = False
            self._banner.say(Tone.INFO, self.tr("The tracker answers again."))

    def _frame_shown(self, _frame: int, _picture: object) -> None:
        if self._unreadable and self._banner.text == self._unreadable:
            self._banner.clear()  # that was another frame
        self._unreadable = ""

    def _media_failed(self, text: str) -> None:
        self._unreadable = text
        self._banner.say(Tone.BAD, text, [self._locate])

    def _storage_failed(self, text: str) -> None:
        self._banner.say(Tone.BAD, text)

    def _show_details(self) -> None:
        self.details_wanted.emit(self._details_text)


def _tr(text: str) -> str:
    return QCoreApplication.translate("BoxState", text)


def describe_box(session: Session) -> tuple[str, str]:
    """What is known of the selected Track on the current frame, in words, and the style for it."""
    track, frame = session.track, session.frame
    if track is None:
        return _tr("No track selected"), "muted"
    source, tracked = track.source_at(frame), track.boxes.get(frame)
    if frame in track.keyframes:
        text = _tr("set by you: outside") if source is Source.OUTSIDE else _tr("set by you")
        return text, "human"
    if source is Source.OUTSIDE:
        return _tr("outside"), "human"
    if source is Source.INTERPOLATED:
        return _tr("on a straight line"), "human"
    if tracked is None:
        return _tr("no box here"), "muted"
    text = _tr("score {0:.2f}  ·  {1}").format(tracked.score, status_text(tracked.status))
    return text, status_tone(tracked.status)

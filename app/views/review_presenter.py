"""Keeps the Review dock true to a Session, and does there what its keys say."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from app.document.gone import lost_span
from app.document.model import Track
from app.media.frame_source import Frame
from app.session.doubt import DoubtRules
from app.session.doubtful import Doubtful
from app.session.session import Session
from app.settings import Settings
from app.views.action_table import ActionId
from app.views.actions import Actions
from app.views.review_panel import ReviewPanel
from app.views.status_presenter import StatusPresenter
from app.views.step_by_step import StepByStep
from app.views.wording import doubt_text
from tracker.result import TrackStatus

_KEPT_A_TURN = 8
"""Small pictures: on a frame of a spot check a crowd has two hundred."""


class ReviewPresenter(QObject):
    """Lists the Session's doubtful frames.

    Args:
        session: On the screen; also the Qt owner.
        panel: The dock's content.
        actions: The window's.
        settings: The person's.
        status: Says why a frame is doubtful.
    """

    def __init__(
        self, session: Session, panel: ReviewPanel, actions: Actions, settings: Settings, status: StatusPresenter
    ) -> None:
        super().__init__(session)
        self._session = session
        self._panel = panel
        self._actions = actions
        self._settings = settings
        self._status = status
        self._is_stale = False
        self._later = StepByStep(self)
        review = session.review
        actions.on(ActionId.NEXT_DOUBT, self._next)
        actions.on(ActionId.PREVIOUS_DOUBT, self._previous)
        actions.on(ActionId.ACCEPT, review.accept)
        panel.chosen.connect(review.show)
        review.entered.connect(self._entered)
        review.returned.connect(self._returned)
        review.queue.changed.connect(self._list)
        review.queue.settled.connect(self._settled)
        session.frame_shown.connect(self._keep_thumbnails)
        session.sequence_opened.connect(self._sequence_opened)
        session.document.tracks_changed.connect(self._tracks_changed)
        session.document.settled.connect(self._list_if_stale)
        settings.changed.connect(self._follow_settings)
        self._follow_settings("doubt_threshold")

    def _next(self) -> None:
        self._session.review.go(1)

    def _previous(self) -> None:
        self._session.review.go(-1)

    def _sequence_opened(self, _sequence_id: int) -> None:
        self._later.forget()
        self._panel.model.clear_thumbnails()
        self._list()

    def _follow_settings(self, name: str) -> None:
        if name in {"doubt_threshold", "spot_check"}:
            self._session.review.queue.rules = DoubtRules(
                low_score=self._settings.doubt_threshold, spot_check=self._settings.spot_check
            )
        elif name == "frame_base":
            self._list()

    def _tracks_changed(self, _track_ids: tuple[int, ...]) -> None:
        """Their names may be others; a command may have several parts."""
        self._is_stale = True
        if not self._session.document.is_changing:
            self._list_if_stale()

    def _list_if_stale(self) -> None:
        if self._is_stale:
            self._list()

    def _list(self) -> None:
        self._is_stale = False
        sequence, queue = self._session.sequence, self._session.review.queue
        tracks = sequence.tracks if sequence is not None else {}
        listed = [tracks[it] for it in {entry.track_id for entry in queue.entries} if it in tracks]
        names = {track.id: f"{track.id} {track.name}".strip() for track in listed}
        tracked = any(len(track.boxes) for track in tracks.values())
        self._panel.set_entries(queue.entries, queue.count, names, self._settings.frame_base, tracked=tracked)
        self._panel.select(self._session.review.visited)

    def _settled(self) -> None:
        """An empty list says something else once there are tracked boxes."""
        if not self._session.review.queue.entries:
            self._list()

    def _entered(self, entry: Doubtful | None) -> None:
        self._panel.select(entry)
        if entry is None:
            self._status.say(self.tr("Nothing left to check in this sequence."))
            return
        base = self._settings.frame_base
        frame = entry.frame + base
        sequence = self._session.sequence
        track = sequence.tracks.get(entry.track_id) if sequence is not None else None
        span = lost_span(track, entry.frame) if track is not None else None
        if span is not None:
            self._status.ask(
                self.tr("Frame {0}: lost. Gone from frame {1} to {2}? Press {3} if so, or draw the box.").format(
                    frame, span[0] + base, span[1] + base, self._actions.key(ActionId.CONFIRM)
                ),
                [self._actions[ActionId.ACCEPT], self._actions[ActionId.DRAW], self._actions[ActionId.NEXT_DOUBT]],
            )
            return
        self._status.ask(
            self.tr("Frame {0}: {1}. Press {2} if the box is right, or move it.").format(
                frame, doubt_text(entry.reason), self._actions.key(ActionId.CONFIRM)
            ),
            [self._actions[ActionId.ACCEPT], self._actions[ActionId.NEXT_DOUBT]],
        )

    def _returned(self, frame: int) -> None:
        self._panel.select(None)
        self._status.ask(
            self.tr("Outside up to here, back on frame {0}. Move the box if it is wrong; {1} goes on.").format(
                frame + self._settings.frame_base, self._actions.key(ActionId.NEXT_DOUBT)
            ),
            [self._actions[ActionId.NEXT_DOUBT]],
        )

    def _keep_thumbnails(self, frame: int, picture: Frame) -> None:
        """Frames that are listed, or will be in a moment, are kept small when they pass by on the screen."""
        queue, wanted = self._session.review.queue, []
        may_spot_check, low_score = queue.rules.may_spot_check(frame), queue.rules.low_score
        for track in self._session.tracks_by_frame.on(frame):
            mark = track.boxes.mark_at(frame)
            if mark is None:
                continue
            score, status = mark
            doubtful = status >= TrackStatus.UNCERTAIN or score < low_score
            if doubtful or may_spot_check or queue.entry_at(track.id, frame) is not None:
                wanted.append(track)
        parts = (wanted[start : start + _KEPT_A_TURN] for start in range(0, len(wanted), _KEPT_A_TURN))
        self._later.begin(*(partial(self._keep, frame, picture, part) for part in parts))

    def _keep(self, frame: int, picture: Frame, tracks: list[Track]) -> None:
        for track in tracks:
            tracked = track.boxes.get(frame)
            if tracked is not None:
                self._panel.model.keep_thumbnail(track.id, frame, picture, tracked.box)

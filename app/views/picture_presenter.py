"""Puts what a Session shows on the canvas, and what the mouse does there into the Session."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.document.model import Source, Track
from app.media.frame_source import Frame
from app.session.run_state import Phase
from app.session.session import Session
from app.settings import Settings
from app.spoken import shown_frame
from app.views.box_handles import grown, shifted
from app.views.box_item import BoxLayer, BoxView
from app.views.box_labels import Labelling, box_label, ghosts
from app.views.palette import shown_colour
from app.views.video_view import VideoView
from tracker.geometry import BoundingBox
from tracker.result import TrackResult, TrackStatus


class PicturePresenter(QObject):
    """Keeps picture, boxes and heat-map of one and the same frame together on the canvas.

    A frame number changes before its picture is there; boxes and heat-map wait for the picture, so that nobody ever
    sees a box on the wrong frame.

    Args:
        session: On the screen; also the Qt owner.
        view: The canvas.
        settings: Which labels and ghosts the person wants, and whether the view follows the box.
    """

    first_frame_shown = Signal()
    """The first picture of the Sequence is there."""

    def __init__(self, session: Session, view: VideoView, settings: Settings) -> None:
        super().__init__(session)
        self._settings = settings
        settings.changed.connect(self._follow_setting)
        self._session = session
        self._view = view
        self._shown_frame: int | None = None
        self._next: tuple[int, Frame] | None = None
        self._result: TrackResult | None = None
        self._by_key = False
        self._is_stale = False
        self._shown: tuple[int, bool] = (0, False)
        session.frame_shown.connect(self._show_frame)
        session.frame_changed.connect(self._frame_changed)
        session.result_shown.connect(self._take_result)
        session.track_selected.connect(self._refresh)
        session.sequence_opened.connect(self._sequence_opened)
        session.media_failed.connect(self._media_failed)
        session.switches.changed.connect(self._refresh)
        document = session.document
        document.settled.connect(self._refresh_if_stale)
        document.boxes_changed.connect(self._boxes_changed)
        document.boxes_arrived.connect(self._boxes_arrived)
        document.keyframes_changed.connect(self._keyframes_changed)
        document.tracks_added.connect(self._refresh)
        document.tracks_removed.connect(self._refresh)
        document.tracks_changed.connect(self._refresh)
        document.category_changed.connect(self._refresh)
        view.painted.connect(session.painted)
        view.painted.connect(self._show_next)
        view.touched.connect(self._show_next)
        view.box_clicked.connect(session.select_track)
        view.box_edited.connect(self._edited)

    def nudge(self, dx: int, dy: int) -> None:
        """Move the selected box by keys; repeated keys are one step of undo."""
        if self._session.edits.is_barred(self._session.track_id):
            return
        self._show_next()
        if self._shown_frame == self._session.frame:
            self._by_key = True
            self._view.nudge(dx, dy)
            self._by_key = False
        else:
            self._edit_before_the_picture(shifted, dx, dy)

    def resize_box(self, dx: int, dy: int) -> None:
        """Make the selected box larger or smaller by keys; repeated keys are one step of undo."""
        if self._session.edits.is_barred(self._session.track_id):
            return
        self._show_next()
        if self._shown_frame == self._session.frame:
            self._by_key = True
            self._view.resize_box(dx, dy)
            self._by_key = False
        else:
            self._edit_before_the_picture(grown, dx, dy)

    def _edit_before_the_picture(self, edit: Callable[..., BoundingBox], dx: int, dy: int) -> None:
        """Keys may be faster than the decoder: they mean the frame whose number is shown, not the last picture."""
        sequence, track = self._session.sequence, self._session.track
        box = track.box_at(self._session.frame) if track is not None else None
        if sequence is not None and box is not None and not self._session.document.read_only:
            self._session.set_box(edit(box, dx, dy, sequence.width, sequence.height), merge=True)

    def _sequence_opened(self, _sequence_id: int) -> None:
        self._shown_frame = self._next = None
        self._view.clear_frame()
        self._view.set_empty_text(self.tr("Reading the video…"))

    def _show_frame(self, frame: int, picture: Frame) -> None:
        """Of frames that come while another one has not been painted yet, the last is shown after that."""
        if self._view.is_unpainted:
            self._next = frame, picture
        else:
            self._put_frame(frame, picture)

    def _show_next(self) -> None:
        shown, self._next = self._next, None
        if shown is not None:
            self._put_frame(*shown)

    def _put_frame(self, frame: int, picture: Frame) -> None:
        first = self._shown_frame is None
        self._shown_frame = frame
        if frame == self._session.frame:
            self._view.veil.lift()
        self._view.show_frame(picture)
        self._view.show_result(self._result if frame == self._session.frame else None)
        self._refresh()
        if self._settings.follow_target and frame == self._session.frame:
            self._view.follow_target()
        if first:
            self._view.fit()
            self.first_frame_shown.emit()

    def _frame_changed(self, frame: int) -> None:
        self._result = None
        if frame == self._shown_frame:
            self._view.veil.lift()
        elif not self._session.run_state.is_busy:
            self._view.veil.wait(self.tr("Reading frame {0}…").format(shown_frame(frame)))
            # the boxes of the picture that is still there can no longer be dragged
            self._shown = self._session.track_id, True
            self._view.lock_boxes()

    def _media_failed(self, _text: str) -> None:
        frame = self._session.frame
        if self._shown_frame not in {None, frame}:
            self._view.veil.wait(self.tr("There is no picture of frame {0}").format(shown_frame(frame)), at_once=True)

    def _take_result(self, result: TrackResult | None) -> None:
        self._result = result
        if self._shown_frame == self._session.frame:
            self._view.show_result(result)
            if self._shown != (self._session.track_id, self._is_locked):
                self._refresh()

    def _boxes_arrived(self, frame: int, _track_ids: tuple[int, ...]) -> None:
        if frame == self._shown_frame:
            self._refresh()

    def _boxes_changed(self, _track_id: int, first: int, last: int) -> None:
        if self._shown_frame is not None and first <= self._shown_frame <= last:
            self._refresh()

    def _keyframes_changed(self, track_id: int, first: int, last: int) -> None:
        if track_id == self._session.track_id:
            self._refresh()  # those of other frames are ghosts on this one
        else:
            self._boxes_changed(track_id, first, last)

    @property
    def _is_locked(self) -> bool:
        """Whether the boxes that are shown cannot be dragged."""
        return self._session.document.read_only or self._shown_frame != self._session.frame

    def _refresh_if_stale(self) -> None:
        if self._is_stale:
            self._refresh()

    def _refresh(self) -> None:
        if self._session.sequence is None or self._shown_frame is None:
            return
        self._is_stale = self._session.document.is_changing  # a command may change very many boxes one by one
        if self._is_stale:
            return
        self._view.ask_for_boxes(self._boxes_to_show)

    def _boxes_to_show(self) -> list[BoxView]:
        frame = self._shown_frame
        if frame is None:
            return []
        selected, track = self._session.track_id, self._session.track
        locked, switches = self._is_locked, self._session.switches
        self._shown = selected, locked
        views = (
            ghosts(track, self._session.document.project, frame)
            if track is not None and self._settings.ghosts_visible and not switches.is_hidden(selected)
            else []
        )
        labelling = Labelling.of(self._settings)
        for track in switches.shown(self._session.tracks_by_frame.on(frame), selected):
            view = self._box_view(track, frame, labelling, selected=track.id == selected, locked=locked)
            if view is not None:
                views.append(view)
        views.sort(key=lambda it: it.selected)
        return views

    def _box_view(
        self, track: Track, frame: int, labelling: Labelling, *, selected: bool, locked: bool
    ) -> BoxView | None:
        source, box, tracked = track.shown_at(frame)
        layer = BoxLayer.HUMAN if source is Source.KEYFRAME else BoxLayer.TRACKED
        if tracked is not None and source is not Source.INTERPOLATED:
            if tracked.status > TrackStatus.HARD_NEGATIVE:
                layer = BoxLayer.DOUBTFUL
            if selected and source is Source.LOST:
                # where it was last seen, for the person to move to the object; it is exported only after that
                box = tracked.box
        if box is None:
            return None
        project = self._session.document.project
        label = box_label(track, project, tracked, labelling, selected=selected)
        locked = locked or self._session.switches.is_locked(track.id)
        return BoxView(track.id, box, label, shown_colour(track, project), layer, selected, locked)

    def _follow_setting(self, name: str) -> None:
        if name == "ghosts_visible" or name.startswith("label"):
            self._refresh()
        elif name == "follow_target" and self._settings.follow_target:
            self._view.follow_target()

    def _edited(self, track_id: int, box: BoundingBox, final: bool) -> None:
        if not final:
            if self._session.run_state.phase in {Phase.PREPARING, Phase.RUNNING}:
                # the picture holds still under the mouse
                self._session.toggle_pause()
            return
        self._session.select_track(track_id)
        self._session.set_box(box, merge=self._by_key)


def unnamed_category() -> str:
    """Name of the category that a first Track gets where nobody has made one."""
    return QCoreApplication.translate("Category", "object")

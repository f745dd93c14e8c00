"""What the window's actions do to the open Session."""

from __future__ import annotations

import bisect

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand

from app.document.commands import (
    AddCategory,
    ColourCategory,
    RemoveTrack,
    RenameCategory,
    RenameTrack,
    RenumberTrack,
    SetTrackCategory,
)
from app.errors import AppError
from app.session.run_state import Phase
from app.session.session import Session
from app.settings import Settings
from app.spoken import shown_frame
from app.views.action_table import ActionId
from app.views.actions import Actions
from app.views.inspector import Inspector
from app.views.picture_presenter import PicturePresenter, unnamed_category
from app.views.transport_bar import SPEEDS
from app.views.video_view import VideoView
from tracker.geometry import BoundingBox


class Editing(QObject):
    """Edits, moves through time and runs, by key, menu, mouse or field.

    Args:
        session: On the screen; also the Qt owner.
        settings: The person's.
        actions: The window's.
        view: The canvas.
        picture: Its presenter.
        inspector: Fields of the selected Track.
    """

    refused = Signal(str)
    """A sentence: why something asked for was not done."""

    def __init__(
        self,
        session: Session,
        settings: Settings,
        actions: Actions,
        view: VideoView,
        picture: PicturePresenter,
        inspector: Inspector,
    ) -> None:
        super().__init__(session)
        self._session = session
        self._settings = settings
        self._actions = actions
        self._view = view
        self._for_new_track = False
        self._last_category = 0
        self._last_box: BoundingBox | None = None
        self._way = 1
        for action, slot in (
            (ActionId.UNDO, session.undo),
            (ActionId.REDO, session.redo),
            (ActionId.ZOOM_FIT, view.fit),
            (ActionId.ZOOM_ACTUAL, view.actual_size),
            (ActionId.ZOOM_TARGET, view.zoom_to_target),
            (ActionId.DRAW, self._draw),
            (ActionId.REPEAT_BOX, self._repeat_box),
            (ActionId.CONFIRM, session.confirm),
            (ActionId.NEW_TRACK, self._draw_new),
            (ActionId.NEXT_TRACK, self._next_track),
            (ActionId.PREVIOUS_TRACK, self._previous_track),
            (ActionId.DELETE_TRACK, self._delete_track),
            (ActionId.CANCEL, self._cancel),
            (ActionId.PLAY, self._play),
            (ActionId.PLAY_FASTER, self._play_forward),
            (ActionId.PLAY_BACKWARD, self._play_backward),
            (ActionId.PLAY_SLOWER, self._play_slower),
            (ActionId.STOP_PLAYING, session.stop_playing),
            (ActionId.NEXT_FRAME, self._next_frame),
            (ActionId.PREVIOUS_FRAME, self._previous_frame),
            (ActionId.NEXT_TEN, self._next_ten),
            (ActionId.PREVIOUS_TEN, self._previous_ten),
            (ActionId.FIRST_FRAME, self._first_frame),
            (ActionId.LAST_FRAME, self._last_frame),
            (ActionId.NEXT_KEYFRAME, self._next_keyframe),
            (ActionId.PREVIOUS_KEYFRAME, self._previous_keyframe),
            (ActionId.GAP_MIDDLE, self._gap_middle),
        ):
            actions.on(action, slot)
        actions.nudged.connect(picture.nudge)
        actions.resized.connect(picture.resize_box)
        actions.category_chosen.connect(self._choose_category_at)
        view.box_drawn.connect(self._box_drawn)
        inspector.number_entered.connect(self._renumber)
        inspector.name_entered.connect(self._rename)
        inspector.category_chosen.connect(self._choose_category)
        inspector.category_added.connect(self._add_category)
        inspector.category_renamed.connect(self._rename_category)
        inspector.category_coloured.connect(self._colour_category)
        inspector.box_entered.connect(self._enter_box)
        inspector.attributes.refused.connect(self.refused)

    # Drawing and tracks

    def _draw(self) -> None:
        self._for_new_track = self._session.track is None
        if not self._session.edits.is_barred(self._session.track_id):
            self._begin_drawing()

    def _draw_new(self) -> None:
        self._for_new_track = True
        self._begin_drawing()

    def _begin_drawing(self) -> None:
        self._session.hold_still()  # a box begun on one frame would end on another
        self._view.start_drawing()

    def _repeat_box(self) -> None:
        """The box this Track had last before this frame, else after it; without a Track one like the last drawn."""
        sequence, track, frame = self._session.sequence, self._session.track, self._session.frame
        if self._session.edits.is_barred(self._session.track_id):
            return
        box = self._last_box
        if track is not None:
            near = track.shown_beside(frame)
            box = None if near is None else track.box_at(near)
        elif sequence is not None and box is None:
            box = BoundingBox(sequence.width / 4, sequence.height / 4, sequence.width / 2, sequence.height / 2)
        if box is None:
            key = self._actions.key(ActionId.DRAW)
            self.refused.emit(
                self.tr("This track has no box yet that could be put here: press {0} and draw one.").format(key)
            )
            return
        self._for_new_track = track is None
        self._box_drawn(box)

    def _box_drawn(self, box: BoundingBox) -> None:
        self._last_box = box
        if self._session.track is not None and not self._for_new_track:
            self._session.set_box(box)
            return
        self._for_new_track = False
        categories = self._session.document.project.categories
        if self._last_category in categories or categories:
            known = self._last_category if self._last_category in categories else next(iter(categories))
            self._session.create_track(box, known)
            return
        # one step of undo for the person: the first box brings the first category with it
        stack = self._session.document.undo_stack
        stack.beginMacro(self.tr("Add track"))
        try:
            category = AddCategory(self._session.document, unnamed_category())
            if self._push(category):
                self._session.create_track(box, category.category_id)
        finally:
            stack.endMacro()

    def _delete_track(self) -> None:
        track_id = self._session.track_id
        if track_id and not self._session.edits.is_barred(track_id):
            self._session.cancel()
            self._push(RemoveTrack(self._session.document, track_id))

    def _next_track(self) -> None:
        self._select_beside(1)

    def _previous_track(self) -> None:
        self._select_beside(-1)

    def _select_beside(self, step: int) -> None:
        """Past those that are hidden, unless there are no others."""
        sequence, selected = self._session.sequence, self._session.track_id
        every = list(sequence.tracks) if sequence is not None else []
        is_hidden = self._session.switches.is_hidden
        ids = [it for it in every if it == selected or not is_hidden(it)]
        if ids in ([], [selected]):
            ids = every
        if ids:
            place = ids.index(selected) + step if selected in ids else 0
            self._session.select_track(ids[place % len(ids)])

    # Fields

    def _rename(self, name: str) -> None:
        if self._session.track is not None and not self._session.edits.is_barred(self._session.track_id):
            self._push(RenameTrack(self._session.document, self._session.track_id, name))

    def _renumber(self, number: int) -> None:
        track = self._session.track
        if track is not None:
            # what was tracked until now has the old number: Enter does not go on with it
            self._session.edits.edit(
                [track],
                lambda: RenumberTrack(self._session.document, track.id, number),
                lambda _done: self._session.cancel(),
                whole=False,
            )

    def _choose_category_at(self, place: int) -> None:
        ids = list(self._session.document.project.categories)
        if place < len(ids):
            self._choose_category(ids[place])
        else:
            self.refused.emit(self.tr("No category has the key {0} yet: add one in the Inspector.").format(place + 1))

    def _choose_category(self, category_id: int) -> None:
        self._last_category = category_id
        track = self._session.track
        if track is not None and track.category_id != category_id and not self._session.edits.is_barred(track.id):
            self._push(SetTrackCategory(self._session.document, track.id, category_id))

    def _add_category(self, name: str) -> None:
        try:
            command = AddCategory(self._session.document, name)
        except AppError as error:
            self.refused.emit(str(error))
            return
        if self._push(command):
            self._choose_category(command.category_id)

    def _rename_category(self, category_id: int, name: str) -> None:
        try:
            command = RenameCategory(self._session.document, category_id, name)
        except AppError as error:
            self.refused.emit(str(error))
            self._session.document.category_changed.emit(category_id)
            return
        self._push(command)

    def _colour_category(self, category_id: int, colour: str) -> None:
        self._push(ColourCategory(self._session.document, category_id, colour))

    def _enter_box(self, box: BoundingBox) -> None:
        self._session.set_box(box, merge=True)

    # Time

    def _cancel(self) -> None:
        if self._view.drawing:
            self._view.cancel_drawing()
        elif self._session.playing:
            self._session.stop_playing()
        else:
            self._session.cancel()
        self._view.setFocus()

    def _play(self) -> None:
        busy = self._session.run_state.phase is not Phase.IDLE
        if busy or self._session.playing:
            self._session.toggle_pause()
        else:
            self._way = 1
            self._session.play(self._settings.playback_speed)

    def _play_forward(self) -> None:
        self._shuttle(1)

    def _play_backward(self) -> None:
        self._shuttle(-1)

    def _shuttle(self, way: int) -> None:
        """Play that way; pressed again while it does, at the next higher speed."""
        if self._session.playing and self._way == way:
            faster = [speed for speed in SPEEDS if speed > self._settings.playback_speed]
            self._settings.playback_speed = faster[0] if faster else SPEEDS[-1]
        self._way = way
        self._session.play(way * self._settings.playback_speed)

    def _play_slower(self) -> None:
        slower = [speed for speed in SPEEDS if speed < self._settings.playback_speed]
        self._settings.playback_speed = slower[-1] if slower else SPEEDS[0]
        if self._session.playing:
            self._session.play(self._way * self._settings.playback_speed)

    def _next_frame(self) -> None:
        self._session.step(1)

    def _previous_frame(self) -> None:
        self._session.step(-1)

    def _next_ten(self) -> None:
        self._session.step(10)

    def _previous_ten(self) -> None:
        self._session.step(-10)

    def _first_frame(self) -> None:
        self._session.go_to(0)

    def _last_frame(self) -> None:
        if self._session.sequence is not None:
            self._session.go_to(self._session.sequence.frame_count - 1)

    def _next_keyframe(self) -> None:
        frames = self._keyframes()
        place = bisect.bisect_right(frames, self._session.frame)
        if place < len(frames):
            self._session.go_to(frames[place])
        else:
            text = self.tr("There is no keyframe of this track after frame {0}.")
            self.refused.emit(text.format(shown_frame(self._session.frame)))

    def _previous_keyframe(self) -> None:
        frames = self._keyframes()
        place = bisect.bisect_left(frames, self._session.frame)
        if place > 0:
            self._session.go_to(frames[place - 1])
        else:
            text = self.tr("There is no keyframe of this track before frame {0}.")
            self.refused.emit(text.format(shown_frame(self._session.frame)))

    def _gap_middle(self) -> None:
        """Halfway from the keyframe here or before to the next one; the ends of the Sequence stand in for none."""
        sequence, track, frame = self._session.sequence, self._session.track, self._session.frame
        if sequence is not None and track is not None:
            first, last = track.keyframes.at_or_before(frame), track.keyframes.after(frame)
            end = sequence.frame_count - 1 if last is None else last
            self._session.go_to(((0 if first is None else first) + end) // 2)

    def _keyframes(self) -> list[int]:
        track = self._session.track
        return sorted(track.keyframes) if track is not None else []

    def _push(self, command: QUndoCommand) -> bool:
        try:
            self._session.document.push(command)
        except AppError as error:
            self.refused.emit(str(error))
            return False
        return True

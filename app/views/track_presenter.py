"""Keeps the Tracks list and the Inspector true to a Session."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.session.session import Session
from app.views.inspector import Inspector
from app.views.status_presenter import describe_box
from app.views.step_by_step import AfterPicture
from app.views.track_list import TrackList
from app.views.track_model import TrackModel


class TrackPresenter(QObject):
    """Follows the selected Track.

    Args:
        session: On the screen; also the Qt owner.
        track_list: The Tracks dock.
        inspector: The Inspector dock.
    """

    def __init__(self, session: Session, track_list: TrackList, inspector: Inspector) -> None:
        super().__init__(session)
        self._session = session
        self._list = track_list
        self._inspector = inspector
        self._is_stale = False
        session.sequence_opened.connect(self._sequence_opened)
        session.track_selected.connect(self._track_selected)
        self._later = AfterPicture(self._show_box, self)
        session.frame_changed.connect(self._show_box_soon)
        session.result_shown.connect(self._show_box_soon)
        document = session.document
        document.keyframes_changed.connect(self._boxes_changed)
        document.boxes_changed.connect(self._boxes_changed)
        document.boxes_arrived.connect(self._boxes_arrived)
        document.tracks_changed.connect(self._description_changed)
        document.category_added.connect(self._description_changed)
        document.category_changed.connect(self._description_changed)
        document.settled.connect(self._describe_anew)
        track_list.track_chosen.connect(session.select_track)
        document.attribute_changed.connect(self._show_box)
        inspector.set_editable(not document.read_only)
        inspector.state.occluded_toggled.connect(session.track_edits.toggle_occluded)
        inspector.state.visibility_entered.connect(self._set_visibility)
        inspector.attributes.entered.connect(session.track_edits.set_value)
        inspector.frame_meant.connect(session.hold_still)
        inspector.given_up.connect(self._show_anew)
        session.edits.refused.connect(self._show_anew)

    def _sequence_opened(self, _sequence_id: int) -> None:
        assert self._session.sequence is not None
        model = TrackModel(self._session.document, self._session.sequence, self._session.switches, self)
        model.modelReset.connect(self._select_anew)
        self._list.set_model(model)
        self._track_selected(self._session.track_id)

    def _track_selected(self, track_id: int) -> None:
        self._list.select(track_id)
        self._describe(track_id)
        self._show_box()

    def _select_anew(self) -> None:
        self._list.select(self._session.track_id)

    def list_categories(self) -> None:
        """With that of the selected Track."""
        track = self._session.track
        categories = list(self._session.document.project.categories.values())
        self._inspector.set_categories(categories, track.category_id if track is not None else 0)

    def _describe(self, _what: object = None) -> None:
        track = self._session.track
        self._inspector.set_track(track.id if track is not None else 0, track.name if track is not None else "")
        self.list_categories()
        self._show_state()

    def _show_anew(self, _what: object = None) -> None:
        """What has been typed was refused, or is not wanted."""
        self._describe()
        self._show_box()

    def _description_changed(self, _what: object) -> None:
        self._is_stale = self._session.document.is_changing  # an import adds a thousand Categories
        if not self._is_stale:
            self._describe()

    def _describe_anew(self) -> None:
        if self._is_stale:
            self._is_stale = False
            self._describe()

    def _boxes_arrived(self, frame: int, track_ids: tuple[int, ...]) -> None:
        if frame == self._session.frame and self._session.track_id in track_ids:
            self._show_box()

    def _boxes_changed(self, track_id: int, first: int, last: int) -> None:
        if track_id == self._session.track_id and first <= self._session.frame <= last:
            self._show_box()

    def _show_box_soon(self, _what: object) -> None:
        self._later.begin()

    def _show_box(self, _what: object = None) -> None:
        track = self._session.track
        box = track.box_at(self._session.frame) if track is not None else None
        self._inspector.set_box(box, *describe_box(self._session))
        self._show_state()

    def _show_state(self) -> None:
        track, frame, document = self._session.track, self._session.frame, self._session.document
        editable = not document.read_only
        self._inspector.state.show_track(track, frame, editable=editable)
        attributes = document.project.attributes_of(track) if track is not None else []
        self._inspector.attributes.show_track(track, frame, attributes, editable=editable)

    def _set_visibility(self, visibility: float) -> None:
        self._session.track_edits.set_visibility(visibility, merge=True)

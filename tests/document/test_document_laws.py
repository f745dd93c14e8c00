"""Random edits, undo, redo, batches and reopening: the file always equals the screen, undo is exact."""

from __future__ import annotations

import contextlib
import copy
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from document_fixtures import FRAMES
from generated_projects import attributes, keyframes, names, tracked_boxes, values_of
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.document.attributes import Attribute
from app.document.commands import (
    AcceptBoxes,
    AddCategory,
    AddTrack,
    ApplyPropagation,
    ChangeAttribute,
    CopyBox,
    DefineAttribute,
    DeleteBox,
    DeleteFrom,
    DeleteKeyframe,
    DuplicateTrack,
    MergeCategories,
    MergeTracks,
    MoveInOrder,
    RemoveAttribute,
    RemoveCategory,
    RemoveSequence,
    RemoveTrack,
    RenameTrack,
    RenumberTrack,
    SetBookmark,
    SetFrameValue,
    SetGap,
    SetKeyframe,
    SetLearning,
    SetSequenceNote,
    SetSequenceState,
    SetTrackCategory,
    SetTrackValue,
    SplitTrack,
    SwapTracks,
)
from app.document.document import create_project, open_project
from app.document.model import Dispute, Gap, SequenceState
from app.document.project_file import read_project
from app.errors import AppError

pytestmark = pytest.mark.usefixtures("qapp")
frames = st.integers(0, FRAMES - 1)


class DocumentMachine(RuleBasedStateMachine):
    """``history[i]`` is the project after i commands; tracked boxes of runs are pushed before anything else is."""

    @initialize()
    def create(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "p.dimple"
        self.document = create_project(self.path)
        self.document.add_sequence(self.folder / "clip.mp4", "clip", FRAMES, 640, 480, 25.0)
        self.document.push(AddCategory(self.document, "first"))
        self.document.undo_stack.clear()
        self.history = [copy.deepcopy(self.document.project)]
        self.position = 0

    def teardown(self) -> None:
        if hasattr(self, "document"):
            self.document.close()
            shutil.rmtree(self.folder)

    def push(self, command) -> None:
        self.document.push(command)
        del self.history[self.position + 1 :]
        self.history.append(copy.deepcopy(self.document.project))
        self.position += 1

    def some_track(self, data: st.DataObject) -> int:
        return data.draw(st.sampled_from(sorted(self.document.project.sequences[1].tracks)))

    def has_tracks(self) -> bool:
        return bool(self.document.project.sequences[1].tracks)

    @rule(name=names, frame=frames, keyframe=keyframes)
    def add_track(self, name, frame, keyframe) -> None:
        self.push(AddTrack(self.document, 1, name, 1, frame, keyframe))

    @rule()
    def add_category(self) -> None:
        self.push(AddCategory(self.document, f"category {self.document.new_category_id()}"))

    @precondition(has_tracks)
    @rule(data=st.data())
    def remove_track(self, data) -> None:
        self.push(RemoveTrack(self.document, self.some_track(data)))

    @precondition(has_tracks)
    @rule(data=st.data(), accepted=st.sets(frames, min_size=1))
    def accept(self, data, accepted) -> None:
        track_id = self.some_track(data)
        if any(frame in self.document.track(track_id).boxes for frame in accepted):
            self.push(AcceptBoxes(self.document, track_id, accepted))

    @precondition(has_tracks)
    @rule(data=st.data(), frame=frames, learns=st.booleans())
    def set_learning(self, data, frame, learns) -> None:
        self.push(SetLearning(self.document, self.some_track(data), frame, learns=learns))

    @precondition(has_tracks)
    @rule(data=st.data(), name=names)
    def describe(self, data, name) -> None:
        self.push(RenameTrack(self.document, self.some_track(data), name))
        category = data.draw(st.sampled_from(sorted(self.document.project.categories)))
        self.push(SetTrackCategory(self.document, self.some_track(data), category))

    @precondition(has_tracks)
    @rule(data=st.data(), number=st.integers(1, 12))
    def renumber(self, data, number) -> None:
        with contextlib.suppress(AppError):
            self.push(RenumberTrack(self.document, self.some_track(data), number))

    @rule(data=st.data())
    def define_attribute(self, data) -> None:
        drawn = data.draw(attributes(1, sorted(self.document.project.categories)))
        name = f"attribute {self.document.new_attribute_id()}"
        parts = (drawn.kind, drawn.choices, drawn.per_frame, drawn.category_id, drawn.default)
        self.push(DefineAttribute(self.document, name, *parts))

    def some_attribute(self, data: st.DataObject) -> Attribute:
        return data.draw(st.sampled_from(list(self.document.project.attributes.values())))

    def has_attributes(self) -> bool:
        return bool(self.document.project.attributes)

    @precondition(has_attributes)
    @rule(data=st.data(), default=st.booleans())
    def change_attribute(self, data, default) -> None:
        attribute = self.some_attribute(data)
        # one choice fewer: values that were it go
        choices = attribute.choices[1:] or attribute.choices
        changed = replace(attribute, name=f"{attribute.name}'", choices=choices, category_id=None, default=None)
        if default:
            changed = replace(changed, default=data.draw(values_of(changed)))
        command = ChangeAttribute(self.document, changed)
        kept = len(self.document.values_of(attribute.id).values) - command.lost
        self.push(command)
        assert len(self.document.values_of(attribute.id).values) == kept

    @precondition(has_attributes)
    @rule(data=st.data())
    def remove_attribute(self, data) -> None:
        self.push(RemoveAttribute(self.document, self.some_attribute(data).id))

    @precondition(lambda self: self.has_attributes() and self.has_tracks())
    @rule(data=st.data(), frame=frames)
    def set_value(self, data, frame) -> None:
        attribute, track = self.some_attribute(data), self.document.track(self.some_track(data))
        value = data.draw(st.none() | values_of(attribute))
        if not attribute.per_frame:
            self.push(SetTrackValue(self.document, track.id, attribute.id, value))
        elif track.keyframes:
            frame = data.draw(st.sampled_from(track.keyframes.frames))
            self.push(SetFrameValue(self.document, track.id, frame, attribute.id, value))
        if value is not None:
            assert not (attribute.per_frame and track.keyframes) or track.value_at(attribute, frame) == value

    @precondition(has_tracks)
    @rule(data=st.data(), by=st.sampled_from([-1, 1]))
    def move_in_order(self, data, by) -> None:
        track = self.some_track(data)
        places = [it.id for it in self.document.project.sequences[1].painted()]
        expected = min(max(places.index(track) + by, 0), len(places) - 1)
        self.push(MoveInOrder(self.document, track, by))
        assert [it.id for it in self.document.project.sequences[1].painted()].index(track) == expected

    @precondition(has_tracks)
    @rule(data=st.data(), frame=frames, keyframe=keyframes)
    def set_keyframe(self, data, frame, keyframe) -> None:
        self.push(SetKeyframe(self.document, self.some_track(data), frame, keyframe))

    @precondition(has_tracks)
    @rule(data=st.data())
    def delete_keyframe(self, data) -> None:
        track_id = self.some_track(data)
        there = sorted(self.document.track(track_id).keyframes)
        if there:
            self.push(DeleteKeyframe(self.document, track_id, data.draw(st.sampled_from(there))))

    @precondition(has_tracks)
    @rule(data=st.data(), first=frames, boxes=st.lists(tracked_boxes, min_size=1, max_size=6))
    def run(self, data, first, boxes) -> None:
        track_id = self.some_track(data)
        track = self.document.track(track_id)
        human = dict(track.keyframes)
        last = min(first + len(boxes), FRAMES) - 1
        before = track.boxes.slice(first, last)
        for frame, box in zip(range(first, last + 1), boxes, strict=False):
            self.document.apply_tracked(track_id, frame, box)
            if data.draw(st.booleans()):
                self.document.flush()
        after = track.boxes.slice(first, last)
        disputes = st.builds(Dispute, st.just(boxes[0].box), tracked_boxes.map(lambda it: it.box))
        disputed = data.draw(st.dictionaries(st.integers(first, last), disputes, max_size=2))
        self.push(ApplyPropagation(self.document, track_id, first, last, before, after, disputed))
        assert {it: both for it, both in track.disputed.items() if first <= it <= last} == disputed
        assert track.keyframes == human

    @precondition(has_tracks)
    @rule(data=st.data(), frame=frames, count=st.integers(1, 5))
    def many_frames(self, data, frame, count) -> None:
        """One of the commands on many frames, with another Track of the Sequence where it takes two."""
        one, other, document = self.some_track(data), self.some_track(data), self.document
        near = data.draw(st.sampled_from([frame, *document.track(one).keyframes.frames]))
        make = data.draw(
            st.sampled_from(
                [
                    lambda: CopyBox(document, one, near, count),
                    lambda: DeleteBox(document, one, near),
                    lambda: DeleteFrom(document, one, near),
                    lambda: SetGap(document, one, near, Gap.INTERPOLATED),
                    lambda: SetGap(document, one, near, Gap.TRACKED),
                    lambda: DuplicateTrack(document, one),
                    lambda: SplitTrack(document, one, near),
                    lambda: SwapTracks(document, one, other, near),
                    lambda: MergeTracks(document, one, other, other_wins=count > 2),
                ]
            )
        )
        with contextlib.suppress(AppError):
            self.push(make())

    @rule(data=st.data(), note=names, frame=frames)
    def describe_sequences(self, data, note, frame) -> None:
        document = self.document
        second = document.add_sequence(self.folder / "other.mp4", "other", FRAMES, 640, 480, 25.0)
        # no step of undo: it is in every state from now on
        for project in self.history:
            project.sequences.setdefault(second.id, copy.deepcopy(second))
        state = data.draw(st.none() | st.sampled_from(list(SequenceState)))
        # each is made when it is pushed: it remembers what was there before
        self.push(SetSequenceState(document, second.id, state))
        self.push(SetSequenceNote(document, second.id, f"{note}\n{note}"))
        self.push(SetBookmark(document, second.id, frame, note))
        self.push(RemoveSequence(document, second.id))
        document.undo_stack.undo()
        self.position -= 1

    @rule(data=st.data())
    def take_categories_away(self, data) -> None:
        ids = sorted(self.document.project.categories)
        one, into = data.draw(st.sampled_from(ids)), data.draw(st.sampled_from(ids))
        # the first one stays: new Tracks of this test have it
        with contextlib.suppress(AppError):
            if one != 1:
                self.push(MergeCategories(self.document, one, into))
        with contextlib.suppress(AppError):
            if into not in {1, one}:
                self.push(RemoveCategory(self.document, into))

    @rule()
    def undo(self) -> None:
        if self.document.undo_stack.canUndo():
            self.document.undo_stack.undo()
            self.position -= 1

    @rule()
    def redo(self) -> None:
        if self.document.undo_stack.canRedo():
            self.document.undo_stack.redo()
            self.position += 1

    @rule()
    def reopen(self) -> None:
        shown = self.document.project
        self.document.close()
        self.document = open_project(self.path)
        assert self.document.project == shown
        self.history = [copy.deepcopy(shown)]
        self.position = 0

    @invariant()
    def the_screen_is_what_history_says(self) -> None:
        if hasattr(self, "document"):
            assert self.document.project == self.history[self.position]

    @invariant()
    def the_file_is_what_the_screen_shows(self) -> None:
        if hasattr(self, "document"):
            # read as after a kill: from a copy, with the log that lies beside
            assert read_project(self.path).project == self.document.project


DocumentMachine.TestCase.settings = settings(
    max_examples=12,
    stateful_step_count=20,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
TestDocumentLaws = pytest.mark.usefixtures("qapp")(DocumentMachine.TestCase)

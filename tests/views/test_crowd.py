"""Very many objects at once: what is shown of them is built once, and labels stay readable."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot
from window_fixture import Bench, make_bench, write_images

from app.document.commands import AddCategory, RenameCategory, RenameTrack, SetKeyframe
from app.document.import_command import ImportTracks
from app.document.model import Category, Keyframe, Keyframes, Track
from app.document.tracked_boxes import TrackedBox
from app.session import review_queue
from app.session.doubt import Doubts
from app.views import box_canvas
from app.views.box_item import BoxView
from app.views.label_chips import MOST_LABELS, Chip
from app.views.timeline_lane import Lane
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

COUNT = 200


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    yield from make_bench(qtbot, monkeypatch)


def import_crowd(bench: Bench) -> None:
    document = bench.session.document
    category = AddCategory(document, "sheep")
    document.push(category)
    assert bench.session.sequence is not None
    first = document.last_ids.track + 1
    tracks = []
    for number in range(COUNT):
        box = BoundingBox(7 * (number % 20), 10 * (number // 20), 6, 8)
        track = Track(first + number, f"sheep {number}", category.category_id, Keyframes({0: Keyframe(box)}))
        tracks.append((bench.session.sequence.id, track))
    document.push(ImportTracks(document, [], [], tracks))


def test_lanes_and_boxes_are_built_once_for_a_command_of_many_tracks(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.open(write_images(tmp_path / "grey"))
    timeline, view = bench.window.panels.time.timeline, bench.view
    lanes: list[int] = []
    boxes: list[int] = []
    set_lanes, replace_boxes = timeline.set_lanes, view._replace_boxes

    def count_lanes(shown: list[int], lane_of: Callable[[int], Lane]) -> None:
        lanes.append(len(shown))
        set_lanes(shown, lane_of)

    def count_boxes(shown: list[object]) -> None:
        boxes.append(len(shown))
        replace_boxes(shown)  # type: ignore[arg-type]

    monkeypatch.setattr(timeline, "set_lanes", count_lanes)
    monkeypatch.setattr(view, "_replace_boxes", count_boxes)
    import_crowd(bench)
    bench.wait(lambda: boxes == [COUNT])
    bench.wait(lambda: lanes == [COUNT])
    bench.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    bench.wait(lambda: lanes == [COUNT, 0])
    assert len(view.boxes) == 0


def test_a_crowd_has_only_labels_that_can_be_read_and_the_selected_one_always(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.open(write_images(tmp_path / "grey"))
    import_crowd(bench)
    assert bench.session.sequence is not None
    bench.session.select_track(max(bench.session.sequence.tracks))
    chips: list[Chip] = []
    monkeypatch.setattr(box_canvas, "paint_chip", lambda _painter, chip, *_: chips.append(chip))
    bench.view.repaint()
    assert 0 < len(chips) <= MOST_LABELS
    assert chips[0].view.track_id == bench.session.track_id
    rects = [chip.rect for chip in chips]
    for place, rect in enumerate(rects):
        assert not any(rect.intersects(it) for it in rects[:place])


def test_long_labels_of_small_boxes_leave_the_picture_to_be_seen(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.open(write_images(tmp_path / "grey"))
    document, sequence = bench.session.document, bench.session.sequence
    assert sequence is not None
    tracks = []
    for number in range(1, 31):
        box = BoundingBox(25 * (number % 6), 20 * (number // 6), 8, 8)
        frames = Keyframes({0: Keyframe(box)})
        tracks.append((sequence.id, Track(number, "a very long name of a small thing", 1, frames)))
    document.push(ImportTracks(document, [Category(1, "thing")], [], tracks))
    chips, labels = {}, {}

    def note(_painter: object, chip: Chip, *_: object) -> None:
        chips[chip.view.track_id], labels[chip.view.track_id] = chip.rect, chip.text

    monkeypatch.setattr(box_canvas, "paint_chip", note)
    bench.view.repaint()
    assert len(chips) == 30, "each has its number at least"
    assert set(labels.values()) == set(map(str, range(1, 31)))
    covered = sum(rect.width() * rect.height() for rect in chips.values())
    assert covered < 0.1 * bench.view.width() * bench.view.height()
    narrow = chips[15].width()
    bench.session.select_track(15)
    bench.view.repaint()
    assert chips[15].width() > 2 * narrow, "the selected one is read whole"
    assert "very long name" in labels[15]


def test_a_picture_of_one_pixel_takes_a_box(bench: Bench, tmp_path: Path) -> None:
    bench.open(write_images(tmp_path / "tiny", 3, 1, 1))
    bench.view.fit()
    bench.wait(lambda: bench.view.drawing)
    bench.draw(BoundingBox(0, 0, 1, 1))
    assert bench.session.track is not None
    assert bench.session.track.keyframes[0].box == BoundingBox(0, 0, 1, 1)
    bench.key(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert bench.session.track.keyframes[0].box == BoundingBox(0, 0, 1, 1)


def test_categories_are_listed_once_for_an_import_and_not_again_for_each_track_that_is_selected(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.open(write_images(tmp_path / "grey"))
    document, categories = bench.session.document, bench.window.panels.inspector.categories
    listed: list[int] = []
    list_changed = categories._list_changed

    def count(before: list[Category], shown: list[Category]) -> None:
        listed.append(len(shown))
        list_changed(before, shown)

    monkeypatch.setattr(categories, "_list_changed", count)
    assert bench.session.sequence is not None
    new = [Category(number, f"breed {number}") for number in range(1, 101)]
    boxes = [(number, Keyframes({0: Keyframe(BoundingBox(number, 5, 20, 20))})) for number in (1, 2)]
    tracks = [(bench.session.sequence.id, Track(number, "", 10 * number, frames)) for number, frames in boxes]
    document.push(ImportTracks(document, new, [], tracks))
    assert listed == [100]
    shown = []
    for _ in tracks:
        bench.key(Qt.Key.Key_Tab)
        item = categories.findChild(QListWidget).currentItem()
        shown.append(item.text())
    assert set(shown) == {"breed 10", "breed 20"}
    assert listed == [100]


def test_a_category_with_a_long_name_leaves_the_names_of_tracks_their_room(bench: Bench, tmp_path: Path) -> None:
    bench.open(write_images(tmp_path / "grey"))
    document = bench.session.document
    assert bench.session.sequence is not None
    frames = Keyframes({0: Keyframe(BoundingBox(10, 5, 20, 20))})
    tracks = [(bench.session.sequence.id, Track(1, "the red one", 1, frames))]
    document.push(ImportTracks(document, [Category(1, "a name that " * 20)], [], tracks))
    table = bench.window.panels.tracks.table
    bench.wait(lambda: table.columnWidth(0) > 0.3 * table.width())
    assert not table.horizontalScrollBar().maximum()


def test_categories_leave_their_room_to_names_of_tracks_that_need_it(bench: Bench, tmp_path: Path) -> None:
    bench.open(write_images(tmp_path / "grey"))
    bench.window.resize(1100, 700)
    bench.draw(BoundingBox(10, 5, 20, 20))
    table = bench.window.panels.tracks.table
    category = next(iter(bench.session.document.project.categories))
    title = table.columnWidth(1)
    bench.session.document.push(RenameCategory(bench.session.document, category, "those who walk in the street"))
    bench.wait(lambda: table.columnWidth(1) > title)
    before = table.columnWidth(0)
    bench.session.document.push(RenameTrack(bench.session.document, 1, "pedestrian with an umbrella"))
    bench.wait(lambda: table.columnWidth(0) > before)
    assert table.columnWidth(1) >= 0.2 * bench.window.panels.tracks.width() - 1
    assert not table.horizontalScrollBar().maximum()


def test_lists_are_made_once_for_a_command_of_many_tracks(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.open(write_images(tmp_path / "grey"))
    import_crowd(bench)
    queue, panels = bench.session.review.queue, bench.window.panels
    bench.wait(lambda: queue.is_settled)
    bench.session.select_track(min(bench.session.sequence.tracks))
    made: list[str] = []

    def noted(name: str, act: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            made.append(name)
            return act(*arguments, **named)

        return call

    monkeypatch.setattr(review_queue, "in_order", noted("order", review_queue.in_order))
    monkeypatch.setattr(panels.review, "set_entries", noted("review", panels.review.set_entries))
    monkeypatch.setattr(panels.inspector, "set_track", noted("inspector", panels.inspector.set_track))
    rows = panels.tracks.table.model()
    rows.dataChanged.connect(lambda: made.append("names"))
    rows.modelReset.connect(lambda: made.append("tracks"))
    bench.key(Qt.Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier)
    assert sorted(made) == ["inspector", "names", "review"]
    made.clear()
    bench.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    bench.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not bench.session.sequence.tracks
    assert made.count("order") <= 1
    assert made.count("tracks") == 1


def test_labels_keep_their_places_while_only_the_mouse_moves(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.open(write_images(tmp_path / "grey"))
    import_crowd(bench)
    bench.view.repaint()
    placed: list[int] = []
    chips_of = box_canvas.chips_of

    def count(boxes: Sequence[BoxView], *where: Any) -> list[Chip]:
        placed.append(len(boxes))
        return chips_of(boxes, *where)

    monkeypatch.setattr(box_canvas, "chips_of", count)
    bench.view.cross_hair = True
    bench.view.repaint()
    assert not placed
    bench.view.zoom_in()
    bench.view.repaint()
    assert placed == [COUNT]


def test_the_doubts_of_many_tracks_are_looked_at_a_few_a_turn(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.open(write_images(tmp_path / "grey"))
    import_crowd(bench)
    queue, sequence = bench.session.review.queue, bench.session.sequence
    bench.wait(lambda: queue.is_settled)
    assert sequence is not None
    seen: list[int] = []
    doubts_of = review_queue.doubts_of

    def count(track: Track, *where: Any) -> Doubts:
        seen[-1] += 1
        return doubts_of(track, *where)

    work = queue._work

    def turn() -> None:
        seen.append(0)
        work()

    monkeypatch.setattr(review_queue, "doubts_of", count)
    queue._timer.timeout.disconnect(queue._work)
    queue._timer.timeout.connect(turn)
    for track_id in sequence.tracks:
        bench.session.document.apply_tracked(track_id, 1, TrackedBox(BoundingBox(5, 5, 20, 20), 0.9, TrackStatus.FOUND))
    bench.wait(lambda: queue.is_settled and bool(seen))
    assert sum(seen) == COUNT
    assert max(seen) <= 8


def test_of_steps_that_come_before_a_picture_is_painted_the_last_is_shown_and_none_is_lost(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.open(write_images(tmp_path / "grey"))
    import_crowd(bench)
    for frame in (*range(9), 0):
        bench.session.go_to(frame)
        bench.wait(lambda frame=frame: bench.view.shown_colour(5, 5).red() == 40 + frame)
    bench.wait(lambda: not bench.view.is_unpainted)
    looked_at: list[int] = []
    replace_boxes = bench.view._replace_boxes

    def count(boxes: Sequence[BoxView]) -> None:
        looked_at.append(len(boxes))
        replace_boxes(boxes)

    monkeypatch.setattr(bench.view, "_replace_boxes", count)
    for _ in range(8):
        bench.key(Qt.Key.Key_D)
    assert bench.session.frame == 8
    bench.wait(lambda: bench.view.shown_colour(5, 5).red() == 48 and not bench.view.is_unpainted)
    assert 0 < len(looked_at) <= 3
    assert not bench.view.veil.is_waiting


def test_the_box_that_is_pressed_is_the_one_of_the_frame_whose_number_is_shown(bench: Bench, tmp_path: Path) -> None:
    bench.open(write_images(tmp_path / "grey"))
    bench.draw(BoundingBox(20, 20, 40, 40))
    track = bench.session.track
    assert track is not None
    for frame in (1, 2, 1, 0):
        bench.session.go_to(frame)
        bench.wait(lambda frame=frame: bench.view.shown_colour(5, 5).red() == 40 + frame)
    for frame, x in ((0, 20), (1, 30), (2, 90)):
        bench.session.document.push(SetKeyframe(bench.session.document, 1, frame, Keyframe(BoundingBox(x, 20, 40, 40))))
    bench.wait(lambda: not bench.view.is_unpainted)
    bench.key(Qt.Key.Key_D)
    bench.key(Qt.Key.Key_D)  # its picture waits for the one before
    bench.drag(BoundingBox(110, 40, 10, 10))
    assert track.keyframes[2].box == BoundingBox(100, 30, 40, 40)
    assert track.keyframes[1].box == BoundingBox(30, 20, 40, 40)
    for _ in range(2):
        bench.key(Qt.Key.Key_A)
    bench.key(Qt.Key.Key_Right)
    assert track.keyframes[0].box == BoundingBox(21, 20, 40, 40)


def test_what_a_run_of_many_finds_on_a_frame_is_shown_everywhere(bench: Bench, tmp_path: Path) -> None:
    bench.open(write_images(tmp_path / "grey"))
    import_crowd(bench)
    document, panels, sequence = bench.session.document, bench.window.panels, bench.session.sequence
    assert sequence is not None
    bench.settings.ghosts_visible = False
    bench.session.select_track(min(sequence.tracks))
    bench.session.go_to(1)
    bench.wait(lambda: bench.view.shown_colour(5, 5).red() == 41)
    assert not bench.view.boxes
    queue, rows = bench.session.review.queue, panels.tracks.table.model()
    bench.wait(lambda: queue.is_settled)
    found = TrackedBox(BoundingBox(33, 5, 20, 20), 0.1, TrackStatus.UNCERTAIN)
    document.apply_frame(1, dict.fromkeys(sequence.tracks, found))
    assert {it.box for it in bench.view.boxes} == {found.box}
    assert len(bench.view.boxes) == COUNT
    assert "0.10" in panels.workspace.strip.texts[2]
    assert panels.inspector._numbers["x"].value() == 33
    assert rows.index(0, 2).data() == "2"
    bench.wait(lambda: queue.is_settled and queue.count == COUNT)
    assert panels.time.curve._series.get(1) == pytest.approx(0.1)
    bench.wait(lambda: f"boxes: {2 * COUNT}" in panels.sequences.texts[0])

"""The review queue through the session: it follows runs and edits, is walked in order of doubt, and forgets nothing."""

from __future__ import annotations

import time

from pytestqt.qtbot import QtBot
from session_fakes import START

from app.document.commands import RemoveTrack
from app.document.document import open_project
from app.document.model import Keyframe, Source
from app.session.doubt import DoubtReason, DoubtRules
from app.session.doubtful import queue_of
from app.session.fake_tracker import FakeTrackerScript
from app.session.messages import StopRules
from bench.large_document import large_project
from tracker.geometry import BoundingBox

NEVER = StopRules(keep_going=True)


def ran(qtbot: QtBot, seat, frame_count: int = 60, **script):
    me = seat(frame_count, script=FakeTrackerScript(**script))
    me.draw()
    me.session.rules = NEVER
    me.session.propagate(1)
    qtbot.waitUntil(lambda: bool(me.ends))
    settled(qtbot, me)
    return me


def settled(qtbot: QtBot, me) -> None:
    qtbot.waitUntil(lambda: me.session.review.queue.is_settled)


def listed(me) -> list[tuple[int, DoubtReason]]:
    return [(it.frame, it.reason) for it in me.session.review.queue.entries]


def test_run_lists_its_doubtful_frames_the_worst_first(qtbot: QtBot, seat) -> None:
    me = ran(qtbot, seat, lost_from=40, lost_until=42, score_of=lambda step: 0.2 if step == 12 else 0.9)
    assert listed(me) == [(40, DoubtReason.LOST), (12, DoubtReason.LOW_SCORE)]


def test_what_the_simulated_annotator_is_shown_is_what_the_window_lists(qtbot: QtBot, seat) -> None:
    me = ran(qtbot, seat, lost_from=40, lost_until=44, score_of=lambda step: 0.1 + 0.01 * step if step < 20 else 0.9)
    queue, sequence = me.session.review.queue, me.session.sequence
    (track,) = sequence.tracks.values()
    size = sequence.width, sequence.height
    assert queue.count > 1
    assert queue_of(track, sequence.frame_count, size, queue.rules) == queue.entries


def test_walking_goes_down_the_list_and_back_and_enter_accepts(qtbot: QtBot, seat) -> None:
    scores = {10: 0.1, 20: 0.2, 30: 0.3}
    me = ran(qtbot, seat, score_of=lambda step: scores.get(step, 0.9))
    review = me.session.review
    review.go(1)
    assert me.session.frame == 10
    review.go(1)
    review.go(1)
    assert me.session.frame == 30
    review.go(1)
    assert me.session.frame == 30, "the last stays"
    review.go(-1)
    assert me.session.frame == 20
    steps = me.document.undo_stack.count()
    me.session.confirm()
    assert me.session.frame == 30, "on to the next"
    assert me.document.undo_stack.count() == steps + 1
    assert me.document.undo_stack.undoText() == "Accept"
    assert 20 not in me.track.keyframes, "accepting is no keyframe"
    me.session.effort.flush()
    assert me.session.sequence.effort.accepted == 1
    assert listed(me) == [(10, DoubtReason.LOW_SCORE), (30, DoubtReason.LOW_SCORE)]
    me.session.undo()
    settled(qtbot, me)
    assert [frame for frame, _ in listed(me)] == [10, 20, 30]
    me.session.redo()
    settled(qtbot, me)
    assert [frame for frame, _ in listed(me)] == [10, 30]


def test_accepted_frames_stay_so_in_the_project_until_a_run_replaces_the_box(qtbot: QtBot, seat) -> None:
    me = ran(qtbot, seat, score_of=lambda step: 0.1 if step == 10 else 0.9)
    me.session.review.go(1)
    me.session.confirm()
    assert listed(me) == []
    seen = []
    me.session.review.entered.connect(seen.append)
    me.session.review.go(1)
    assert seen == [None], "nothing left is said"
    path, track_id = me.document.path, me.track.id
    me.document.flush()
    me.document.close()
    again = open_project(path)
    assert again.track(track_id).is_accepted(10)
    again.close()


def test_one_key_says_that_a_lost_object_was_gone_and_shows_where_it_is_back(qtbot: QtBot, seat) -> None:
    me = ran(qtbot, seat, lost_from=20, lost_until=24)
    review, shown = me.session.review, []
    review.returned.connect(shown.append)
    found = me.track.box_at(24)
    review.go(1)
    assert me.session.frame == 20
    steps = me.document.undo_stack.count()
    me.session.confirm()
    assert (me.session.frame, shown) == (24, [24])
    assert me.document.undo_stack.count() == steps + 1
    assert [me.track.source_at(it) for it in (19, 20, 23, 24)] == [
        Source.TRACKED,
        Source.OUTSIDE,
        Source.OUTSIDE,
        Source.KEYFRAME,
    ]
    assert me.track.box_at(24) == found
    assert me.track.source_at(25) is Source.TRACKED, "what comes after is left alone"
    settled(qtbot, me)
    assert listed(me) == []
    me.session.undo()
    settled(qtbot, me)
    assert listed(me) == [(20, DoubtReason.LOST)]


def test_an_object_lost_to_the_end_is_outside_from_there_however_long(qtbot: QtBot, seat) -> None:
    me = ran(qtbot, seat, lost_from=10)
    assert len(listed(me)) > 1, "a long stretch is several entries"
    review = me.session.review
    review.show(review.queue.entries[1])
    me.session.confirm()
    settled(qtbot, me)
    assert dict(me.track.keyframes)[10].box is None
    assert len(me.track.keyframes) == 2
    assert listed(me) == []


def test_moved_box_leaves_the_queue_and_enter_then_teaches_the_tracker(qtbot: QtBot, seat) -> None:
    me = ran(qtbot, seat, score_of=lambda step: 0.1 if step == 10 else 0.9)
    me.session.review.go(1)
    right = START.moved(10, 2)
    me.session.set_box(right)
    settled(qtbot, me)
    assert listed(me) == []
    me.session.confirm()
    qtbot.waitUntil(lambda: len(me.ends) == 2 and me.idle())
    assert "correct" in me.bench.trackers[0].calls
    assert me.track.boxes.get(20).box == right.moved(10, 0)


def test_enter_on_a_doubtful_frame_that_one_did_not_walk_to_confirms_as_always(qtbot: QtBot, seat) -> None:
    me = ran(qtbot, seat, score_of=lambda step: 0.1 if step == 10 else 0.9)
    me.session.go_to(10)
    me.session.confirm()
    qtbot.waitUntil(me.idle)
    assert 10 in me.track.keyframes


def test_queue_goes_across_tracks_and_selects_the_one(qtbot: QtBot, seat) -> None:
    me = ran(qtbot, seat, score_of=lambda step: 0.1 if step == 10 else 0.9)
    first = me.track.id
    second = me.draw(BoundingBox(300, 20, 12, 8))
    me.session.go_to(59)
    me.session.set_box(BoundingBox(100, 20, 12, 8))
    me.bench.script = FakeTrackerScript(lost_from=20)
    me.session.propagate(-1)
    qtbot.waitUntil(lambda: len(me.ends) == 2)
    settled(qtbot, me)
    me.session.review.go(1)
    assert me.session.track_id == second
    while me.session.review.queue.entries[0].track_id == second:
        me.session.review.show(me.session.review.queue.entries[0])
        me.session.confirm()
    me.session.review.show(me.session.review.queue.entries[0])
    assert (me.session.track_id, me.session.frame) == (first, 10)


def test_removed_track_and_undone_run_leave_nothing_behind(qtbot: QtBot, seat) -> None:
    me = ran(qtbot, seat, score_of=lambda step: 0.1 if step == 10 else 0.9)
    me.session.undo()
    settled(qtbot, me)
    assert listed(me) == []
    me.session.redo()
    settled(qtbot, me)
    assert [frame for frame, _ in listed(me)] == [10]
    me.document.push(RemoveTrack(me.document, me.track.id))
    assert listed(me) == []
    me.document.undo_stack.undo()
    settled(qtbot, me)
    assert [frame for frame, _ in listed(me)] == [10]


def test_outside_takes_the_frames_after_it_off_the_list(qtbot: QtBot, seat) -> None:
    me = ran(qtbot, seat, lost_from=20)
    assert me.session.review.queue.count == 2, "forty lost frames are two things to look at"
    me.session.go_to(20)
    me.session.track_edits.toggle_outside()
    settled(qtbot, me)
    assert listed(me) == []
    assert me.track.keyframes[20] == Keyframe(None)


def test_threshold_is_heeded_at_once(qtbot: QtBot, seat) -> None:
    me = ran(qtbot, seat, score_of=lambda step: 0.45 if step == 10 else 0.9)
    assert listed(me) == []
    me.session.review.queue.rules = DoubtRules(low_score=0.5)
    settled(qtbot, me)
    assert listed(me) == [(10, DoubtReason.LOW_SCORE)]


def spot_checked(qtbot: QtBot, seat):
    me = ran(qtbot, seat)
    me.session.review.queue.rules = DoubtRules(spot_check=40)
    settled(qtbot, me)
    return me


def test_a_sure_run_is_spot_checked_if_so_wished_and_what_is_found_right_is_not_asked_again(qtbot: QtBot, seat) -> None:
    me = spot_checked(qtbot, seat)
    assert listed(me) == [(20, DoubtReason.SPOT_CHECK)]
    me.session.review.go(1)
    me.session.confirm()
    settled(qtbot, me)
    assert listed(me) == []
    assert list(me.track.accepted) == [20]
    me.session.undo()
    settled(qtbot, me)
    assert listed(me) == [(20, DoubtReason.SPOT_CHECK)]


def test_a_box_drawn_near_a_spot_check_takes_its_place_until_it_is_undone(qtbot: QtBot, seat) -> None:
    me = spot_checked(qtbot, seat)
    me.session.go_to(25)
    me.session.set_box(START)
    settled(qtbot, me)
    assert (20, DoubtReason.SPOT_CHECK) not in listed(me)
    me.session.undo()
    settled(qtbot, me)
    assert listed(me) == [(20, DoubtReason.SPOT_CHECK)]


def test_half_a_million_boxes_are_looked_at_in_slices_that_do_not_block(qtbot: QtBot, seat) -> None:
    me = seat()
    project = large_project(200_000, 500_000)
    queue = me.session.review.queue
    longest, work = [0.0], queue._work

    def timed() -> None:
        begin = time.process_time()
        work()
        longest[0] = max(longest[0], time.process_time() - begin)

    queue._timer.timeout.disconnect()
    queue._timer.timeout.connect(timed)
    queue.open(project.sequences[1])
    qtbot.waitUntil(lambda: queue.is_settled, timeout=30_000)
    assert queue.count > 10_000
    assert len(queue.entries) == 500
    assert [it.degree for it in queue.entries] == sorted((it.degree for it in queue.entries), reverse=True)
    assert longest[0] < 0.1, "a slice of process time; a busy machine is not to blame"


def test_what_has_been_looked_at_but_not_listed_is_listed_by_who_asks(qtbot: QtBot, seat) -> None:
    me = ran(qtbot, seat, score_of=lambda step: 0.9)
    queue = me.session.review.queue
    assert queue.count == 0
    queue.rules = DoubtRules(low_score=0.95)
    queue._work()  # the turn of its timer; that of the listing has not come
    assert (queue.count, queue.is_settled) == (0, False)
    queue.settle()
    assert queue.count > 0
    assert queue.is_settled

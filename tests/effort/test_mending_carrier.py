"""The simulated annotator's program mends what the window mends."""

from __future__ import annotations

from effort_fixtures import PlainVideo, moving

from app.effort.carriers import EngineCarrier
from app.effort.mending_carrier import MendingCarrier
from app.session.fake_tracker import FakeTracker, FakeTrackerScript
from app.session.messages import ModelChoice

AWAY = 10
"""From this step on the fake follows something else."""


def carried(kind: type[EngineCarrier], corrected: int) -> tuple[dict[int, float], dict[int, float]]:
    """x of the boxes after the first keyframe, and of those that a correction on a frame brings."""
    truth = moving(30, step=1.0)
    script = FakeTrackerScript(box_at={AWAY: truth[AWAY].moved(150, 0)})
    carrier = kind(PlainVideo(truth), lambda choice: FakeTracker(script, choice), model=ModelChoice("fake"))
    keyframes = {0: truth[0]}
    before = {at: tracked.box.x for at, tracked in carrier.carry(dict(keyframes), 0)}
    keyframes[corrected] = truth[corrected]
    return before, {at: tracked.box.x for at, tracked in carrier.carry(dict(keyframes), corrected)}


def test_frames_before_a_correction_come_back_to_the_object() -> None:
    truth = moving(30, step=1.0)
    before, after = carried(MendingCarrier, 14)
    assert all(abs(before[at] - truth[at].x) > 100 for at in range(AWAY, 14))
    assert all(abs(after[at] - truth[at].x) < 12 for at in range(AWAY, 14))
    assert 14 not in after
    assert 0 not in after


def test_what_comes_after_the_correction_is_the_same_as_without_mending() -> None:
    mended, plain = (carried(kind, 14)[1] for kind in (MendingCarrier, EngineCarrier))
    assert {at: x for at, x in mended.items() if at > 14} == plain

"""Frames and the clock: every frame is found again at its own time, on even and uneven times."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.media.frame_times import FrameTimes

uneven = st.lists(st.floats(0.001, 3.0), min_size=1, max_size=40).map(lambda gaps: np.cumsum(gaps) - gaps[0])


@given(uneven, st.data())
def test_a_frame_is_found_at_its_time_and_near_it(seconds: np.ndarray, data: st.DataObject) -> None:
    times = FrameTimes(seconds)
    frame = data.draw(st.integers(0, len(times) - 1))
    assert times.frame_at(times.time_of(frame)) == frame
    moment = data.draw(st.floats(-5, 200))
    found = times.frame_at(moment)
    assert abs(seconds[found] - moment) == min(abs(seconds - moment))


def test_even_times_and_no_times() -> None:
    assert FrameTimes.even(10, 25.0).time_of(5) == 0.2
    assert FrameTimes.even(10, 0.0).time_of(5) == 0.0
    assert FrameTimes.even(0, 0.0).frame_at(3.0) == 0


def test_times_that_go_back_are_held() -> None:
    times = FrameTimes(np.array([0.0, 0.2, 0.1, 0.3]))
    assert [times.time_of(frame) for frame in range(4)] == [0.0, 0.2, 0.2, 0.3]

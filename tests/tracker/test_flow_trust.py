"""How trust in optical flow is gained and lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.config import LocalizationConfig
from tracker.flow_trust import UNTRIED, FlowTrust

CONFIG = LocalizationConfig(jump=0.2, jump_distances=4.0)


def test_the_slack_is_that_of_the_settings_until_flow_and_peaks_disagree() -> None:
    assert UNTRIED.slack(CONFIG) == CONFIG.jump
    trust = UNTRIED
    for _ in range(50):
        trust = trust.after(0.1)
    assert trust.slack(CONFIG) == pytest.approx(0.4, abs=0.01)


def test_a_lasting_small_disagreement_is_no_jump_soon_and_a_large_one_later() -> None:
    def frames_until_believed(jump: float) -> int:
        trust, frames = UNTRIED, 0
        while jump > trust.slack(CONFIG):
            trust, frames = trust.after(jump), frames + 1
        return frames

    assert frames_until_believed(0.3) < frames_until_believed(1.0) < 20


@given(jumps=st.lists(st.one_of(st.none(), st.floats(0, 1e9))))
def test_trust_stays_between_nothing_and_the_cap(jumps: list[float | None]) -> None:
    trust = UNTRIED
    for jump in jumps:
        trust = trust.after(jump)
    assert 0 <= trust.distance <= 0.5


def test_what_says_nothing_changes_nothing() -> None:
    assert FlowTrust(0.2).after(None) == FlowTrust(0.2)

"""All cores or one, by what calls take."""

from __future__ import annotations

from collections.abc import Callable

from tracker.core_choice import LAST_TRIAL, CoreChoice


def run(choice: CoreChoice, calls: int, seconds: Callable[[bool], float]) -> list[bool]:
    """Makes calls that take so long and says which of them shared all cores."""
    made = []
    for _ in range(calls):
        shared = choice.next()
        choice.took(seconds(shared), shared=shared)
        made.append(shared)
    return made


def idle(shared: bool) -> float:
    return 4.0 if shared else 7.0


def busy(shared: bool) -> float:
    return 200.0 if shared else 9.0


def test_cores_are_shared_where_that_is_faster_and_trials_become_rare() -> None:
    made = run(CoreChoice(), 3000, idle)
    assert made[:2] == [True, True]
    assert 3 < made.count(False) < 3000 / LAST_TRIAL + 8


def test_one_core_is_taken_where_that_is_faster() -> None:
    made = run(CoreChoice(), 3000, busy)
    assert made[:3] == [True, True, False]
    assert made.count(True) < 3000 / LAST_TRIAL + 8


def test_it_is_noticed_soon_that_the_machine_has_become_busy_or_idle() -> None:
    choice = CoreChoice()
    run(choice, 1500, idle)
    assert run(choice, 100, busy).count(True) < 8
    assert run(choice, LAST_TRIAL + 100, idle)[-50:].count(True) > 45

"""Settings every test shares: no display, nothing written outside the test's own folder, no thread left behind."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import gc
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from app.cycle_collector import collect_if_due

gc.disable()  # as in the program: never in a thread that an earlier test's widgets do not live in

# The same examples every time, so that a red run is the change's doing; `make test-slow` and
# `--hypothesis-profile default` go looking for new ones.
# How long they take on a busy machine says nothing.
settings.register_profile("known", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("known")


def pytest_runtest_teardown() -> None:
    """Between tests, in the main thread."""
    collect_if_due()


@pytest.fixture(autouse=True)
def private_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, caches and user data go to an empty folder of this test."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home))
    return home


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """A test that leaves a thread running fails: it would disturb the next one and hang the program at exit."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and not thread.daemon]
    for thread in left:
        thread.join(10)  # that of ``tracker.spare_core`` ends by itself, soon after its last work
    left = [thread for thread in left if thread.is_alive()]
    assert not left, f"threads left running: {left}"

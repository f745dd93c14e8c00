"""The loader answers the newest request, never queues overtaken ones, and ends cleanly."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from coded_video import number_on, painted, write_video
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from app.errors import AppError
from app.media.frame_cache import FrameCache
from app.media.frame_loader import FrameLoader
from app.media.frame_source import Frame

_FRAME_BYTES = 128 * 96 * 3


class GatedSource:
    """Gives painted frames, each only when the test lets it; remembers which were read."""

    def __init__(self, frame_count: int = 400) -> None:
        self.frame_count = frame_count
        self.width, self.height, self.fps = 128, 96, 25.0
        self.gate = threading.Semaphore(0)
        self.read_started = threading.Event()
        self.reads: list[int] = []
        self.closed_in: object = None
        self.broken: set[int] = set()

    def time_of(self, index: int) -> float:
        return index / 25

    def read(self, index: int) -> Frame:
        self.reads.append(index)
        self.read_started.set()
        assert self.gate.acquire(timeout=10)
        if index in self.broken:
            raise AppError(f"Frame {index} is broken.")
        frame = painted(index % 4096)
        frame.setflags(write=False)
        return frame

    def close(self) -> None:
        self.closed_in = QThread.currentThread()


class HastySource(GatedSource):
    """Gives white pictures at a glance; the exact way asks the gate for each of many frames on the way."""

    def __init__(self, same: bool) -> None:
        super().__init__()
        self.same = same
        self.looks_again = threading.Event()
        self.begun: list[int] = []
        self.given_up: list[int] = []

    def glance(self, index: int) -> Frame | None:
        return painted(index) if self.same else np.full((96, 128, 3), 255, np.uint8)

    def read_unless(self, index: int, interrupted: Callable[[], bool]) -> Frame | None:
        self.begun.append(index)
        self.looks_again.set()
        for _ in range(50):
            if interrupted():
                self.given_up.append(index)
                return None
            self.gate.acquire(timeout=0.05)
        return self.read(index)


@pytest.fixture
def video(tmp_path: Path) -> Path:
    return write_video(tmp_path / "clip.mp4", range(60))


@pytest.fixture
def make_loader(qtbot: QtBot) -> Iterator[Callable[..., FrameLoader]]:
    made: list[FrameLoader] = []

    def make(**settings: object) -> FrameLoader:
        made.append(FrameLoader(**settings))
        return made[-1]

    yield make
    for loader in made:
        loader.close()


def _opened(qtbot: QtBot, loader: FrameLoader, path: Path) -> None:
    with qtbot.waitSignal(loader.opened):
        loader.open(path)


def test_opens_and_shows_frames(qtbot: QtBot, make_loader: Callable[..., FrameLoader], video: Path) -> None:
    loader = make_loader()
    loader.request(3)  # nothing open: nothing happens
    with qtbot.waitSignal(loader.opened) as opened:
        loader.open(video)
    assert opened.args is not None
    assert (opened.args[0].frame_count, opened.args[0].name) == (60, "clip")
    assert loader.info == opened.args[0]
    for index in (0, 59, 30, 29):
        with qtbot.waitSignal(loader.frame_ready) as ready:
            loader.request(index)
        assert ready.args is not None
        assert ready.args[0] == index
        assert number_on(ready.args[1]) == index
        assert not ready.args[1].flags.writeable
    with pytest.raises(IndexError):
        loader.request(60)


def test_signals_arrive_in_the_ui_thread(qtbot: QtBot, make_loader: Callable[..., FrameLoader], video: Path) -> None:
    loader = make_loader()
    threads: list[QThread] = []
    for signal in (loader.opened, loader.frame_ready, loader.indexing):
        signal.connect(lambda *_: threads.append(QThread.currentThread()))
    _opened(qtbot, loader, video)
    with qtbot.waitSignal(loader.frame_ready):
        loader.request(30)
    assert set(threads) == {loader.thread()}


def test_overtaken_requests_are_never_read(qtbot: QtBot, make_loader: Callable[..., FrameLoader], video: Path) -> None:
    source = GatedSource()
    loader = make_loader(open_source=lambda *_: source)
    _opened(qtbot, loader, video)
    shown: list[int] = []
    loader.frame_ready.connect(lambda index, _frame: shown.append(index))
    loader.request(10)
    assert source.read_started.wait(5)
    for index in range(20, 320):
        loader.request(index)
    for _ in range(2):
        source.gate.release()
    qtbot.waitUntil(lambda: 319 in shown)
    assert source.reads[:2] == [10, 319]
    assert shown == [10, 319]
    source.gate.release(1000)


def test_late_answer_never_replaces_a_newer_one(
    qtbot: QtBot, make_loader: Callable[..., FrameLoader], video: Path
) -> None:
    source = GatedSource()
    loader = make_loader(open_source=lambda *_: source)
    _opened(qtbot, loader, video)
    source.gate.release()
    with qtbot.waitSignal(loader.frame_ready):
        loader.request(5)
    shown: list[int] = []
    loader.frame_ready.connect(lambda index, _frame: shown.append(index))
    loader.request(50)
    loader.request(5)  # in the cache: shown at once, newer than 50
    assert shown == [5]
    source.gate.release(1000)
    with qtbot.waitSignal(loader.frame_ready):
        loader.request(100)
    assert shown == [5, 100]


@pytest.mark.parametrize(("asked", "expected"), [((10, 11), range(12, 20)), ((30, 29), range(28, 20, -1))])
def test_reads_ahead_the_way_one_travels(
    qtbot: QtBot,
    make_loader: Callable[..., FrameLoader],
    video: Path,
    asked: tuple[int, int],
    expected: range,
) -> None:
    source = GatedSource()
    source.gate.release(1000)
    loader = make_loader(open_source=lambda *_: source)
    _opened(qtbot, loader, video)
    for index in asked:
        with qtbot.waitSignal(loader.frame_ready):
            loader.request(index)
    qtbot.waitUntil(lambda: set(expected) <= set(source.reads))
    reads = len(source.reads)
    shown: list[int] = []
    loader.frame_ready.connect(lambda index, _frame: shown.append(index))
    loader.request(expected[0])
    assert shown == [expected[0]], "a frame read ahead is there at once"
    assert source.reads.count(expected[0]) == 1
    assert reads <= 60


@pytest.mark.parametrize("same", [True, False])
def test_a_glance_is_shown_at_once_and_again_only_if_it_was_wrong(
    qtbot: QtBot, make_loader: Callable[..., FrameLoader], video: Path, same: bool
) -> None:
    source = HastySource(same)
    loader = make_loader(open_source=lambda *_: source)
    _opened(qtbot, loader, video)
    shown: list[tuple[int, bool]] = []
    loader.frame_ready.connect(lambda index, frame: shown.append((index, bool((frame == painted(index)).all()))))
    with qtbot.waitSignal(loader.frame_ready):
        loader.request(300)
    assert 300 not in loader._cache, "not before it is known to be right"
    source.gate.release(1000)
    qtbot.waitUntil(lambda: 300 in loader._cache)
    qtbot.waitUntil(lambda: 301 in source.reads)
    assert shown == ([(300, True)] if same else [(300, False), (300, True)])


def test_the_exact_way_gives_way_to_the_next_request(
    qtbot: QtBot, make_loader: Callable[..., FrameLoader], video: Path
) -> None:
    source = HastySource(same=False)
    loader = make_loader(open_source=lambda *_: source)
    _opened(qtbot, loader, video)
    shown: list[int] = []
    loader.frame_ready.connect(lambda index, _frame: shown.append(index))
    for index in (300, 100, 200):
        source.looks_again.clear()
        with qtbot.waitSignal(loader.frame_ready):
            loader.request(index)
        assert source.looks_again.wait(5)
    assert source.given_up == [300, 100]
    assert shown == [300, 100, 200]
    source.gate.release(1000)
    qtbot.waitUntil(lambda: 200 in loader._cache)
    qtbot.waitUntil(lambda: shown == [300, 100, 200, 200])
    assert 100 not in loader._cache


@pytest.mark.parametrize("ends", [True, False], ids=["closed", "another source"])
def test_nobody_waits_for_the_exact_way_to_end(
    qtbot: QtBot, make_loader: Callable[..., FrameLoader], video: Path, ends: bool
) -> None:
    source = HastySource(same=False)
    loader = make_loader(open_source=lambda *_: source)
    _opened(qtbot, loader, video)
    with qtbot.waitSignal(loader.frame_ready):
        loader.request(300)
    assert source.looks_again.wait(5)
    if ends:
        loader.close()
    else:
        _opened(qtbot, loader, video)
    assert source.given_up == [300]
    assert source.reads == []


def test_reading_ahead_gives_way_to_the_next_request(
    qtbot: QtBot, make_loader: Callable[..., FrameLoader], video: Path
) -> None:
    source = HastySource(same=True)
    loader = make_loader(open_source=lambda *_: source)
    _opened(qtbot, loader, video)
    source.gate.release(51)  # the exact way to 300 has what it needs; reading ahead of it has not
    with qtbot.waitSignal(loader.frame_ready):
        loader.request(300)
    qtbot.waitUntil(lambda: 300 in loader._cache)
    qtbot.waitUntil(lambda: 301 in source.begun)
    with qtbot.waitSignal(loader.frame_ready):
        loader.request(100)
    assert source.given_up[0] == 301


def test_cache_stays_within_its_bytes(qtbot: QtBot, make_loader: Callable[..., FrameLoader], video: Path) -> None:
    loader = make_loader(cache_bytes=12 * _FRAME_BYTES)
    _opened(qtbot, loader, video)
    for index in range(0, 60, 2):
        with qtbot.waitSignal(loader.frame_ready):
            loader.request(index)
        assert loader._cache.held_bytes <= 12 * _FRAME_BYTES


def test_failed_opening_and_the_next_one(
    qtbot: QtBot, make_loader: Callable[..., FrameLoader], video: Path, tmp_path: Path
) -> None:
    loader = make_loader()
    with qtbot.waitSignal(loader.open_failed) as failed:
        loader.open(tmp_path / "gone.mp4")
    assert failed.args is not None
    assert "is not there" in failed.args[0]
    assert loader.info is None
    _opened(qtbot, loader, video)


def test_broken_frame_is_said_and_others_still_come(
    qtbot: QtBot, make_loader: Callable[..., FrameLoader], video: Path
) -> None:
    source = GatedSource()
    source.gate.release(1000)
    source.broken = {7, 8}
    loader = make_loader(open_source=lambda *_: source)
    _opened(qtbot, loader, video)
    with qtbot.waitSignal(loader.frame_ready):
        loader.request(6)  # reads ahead into 7, which says nothing
    with qtbot.waitSignal(loader.frame_failed) as failed:
        loader.request(7)
    assert failed.args == [7, "Frame 7 is broken."]
    with qtbot.waitSignal(loader.frame_ready):
        loader.request(9)


def test_a_bug_in_reading_is_said_and_logged(
    qtbot: QtBot, make_loader: Callable[..., FrameLoader], video: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Else the window would wait for ever."""

    class Wrong(GatedSource):
        def read(self, index: int) -> Frame:
            raise ZeroDivisionError("of the decoder")

    sources = iter([None, Wrong()])
    loader = make_loader(open_source=lambda *_: next(sources) or 1 // 0)
    with qtbot.waitSignal(loader.open_failed) as failed:
        loader.open(video)
    assert failed.args is not None
    assert str(video) in failed.args[0]
    assert "unexpected" in failed.args[0]
    _opened(qtbot, loader, video)
    with qtbot.waitSignal(loader.frame_failed) as failed:
        loader.request(3)
    assert failed.args is not None
    assert failed.args[0] == 3
    assert "of the decoder" in failed.args[1]
    assert "ZeroDivisionError" in caplog.text


def test_opening_can_be_cancelled_or_replaced(
    qtbot: QtBot, make_loader: Callable[..., FrameLoader], video: Path
) -> None:
    started = threading.Event()
    source = GatedSource()

    def slow(path: Path, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> GatedSource:
        if path.name == "fast":
            return source
        progress(1, 10)
        started.set()
        while not cancelled():
            pass
        raise AppError(f"Opening {path} was cancelled.")

    loader = make_loader(open_source=slow)
    with qtbot.waitSignal(loader.indexing) as indexing:
        loader.open(video)
    assert indexing.args == [1, 10]
    with qtbot.waitSignal(loader.open_failed) as failed:
        loader.cancel_opening()
    assert failed.args is not None
    assert "cancelled" in failed.args[0]

    failures: list[str] = []
    loader.open_failed.connect(failures.append)
    started.clear()
    loader.open(video)
    assert started.wait(5)
    fast = video.with_name("fast")
    video.rename(fast)
    _opened(qtbot, loader, fast)
    assert failures == [], "an opening that was replaced is not reported"


def test_closing_while_reading_waits_and_says_nothing_more(qtbot: QtBot, video: Path) -> None:
    source = GatedSource()
    loader = FrameLoader(open_source=lambda *_: source)
    _opened(qtbot, loader, video)
    shown: list[int] = []
    loader.frame_ready.connect(lambda index, _frame: shown.append(index))
    loader.request(5)
    assert source.read_started.wait(5)
    release = threading.Timer(0.05, source.gate.release, args=[1000])
    release.start()
    loader.close()
    release.join()
    assert loader._thread.isFinished()
    assert source.closed_in is loader._thread
    qtbot.waitUntil(lambda: True)
    assert shown == []
    loader.close()
    loader.request(5)
    _opened(qtbot, loader, video)
    loader.close()


def test_the_frame_used_longest_ago_goes_first() -> None:
    cache = FrameCache(3 * _FRAME_BYTES)
    frames = [np.full((96, 128, 3), number, dtype=np.uint8) for number in range(5)]
    for number in range(3):
        cache.put(number, frames[number])
    assert cache.get(0) is frames[0]
    cache.put(3, frames[3])
    assert [number in cache for number in range(4)] == [True, False, True, True]
    cache.put(3, frames[4])
    assert cache.get(3) is frames[4]
    assert cache.held_bytes == 3 * _FRAME_BYTES
    small = FrameCache(1)
    small.put(0, frames[0])
    small.put(1, frames[1])
    assert (small.get(0), small.get(1)) == (None, frames[1])
    small.clear()
    assert small.held_bytes == 0

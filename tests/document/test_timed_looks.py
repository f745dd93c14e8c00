"""A drive that does not answer is waited for once, and a project with videos on it opens all the same."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.document import source_path
from app.document.model import Project, Sequence
from app.document.project_file import read_project, write_project
from app.document.timed_looks import TimedLooks

DEAD, ALIVE = Path("/mnt/dead"), Path("/mnt/alive")


@pytest.fixture
def drive() -> Iterator[threading.Event]:
    """Answers at the end of the test."""
    answers = threading.Event()
    yield answers
    answers.set()


def test_of_a_drive_that_does_not_answer_nothing_more_is_asked(drive: threading.Event) -> None:
    asked: list[Path] = []

    def look(place: Path) -> str:
        asked.append(place)
        if place.is_relative_to(DEAD):
            drive.wait(20)
        return f"seen {place.name}"

    with TimedLooks(look, "nothing", patience=0.2) as looks:
        assert looks.at(ALIVE / "a") == "seen a"
        assert looks.at(DEAD / "b") == "nothing"
        assert looks.at(DEAD / "films" / "c") == "nothing"
        assert looks.at(ALIVE / "d") == "seen d", "the late answer of another place is none to this question"
        drive.set()
        assert looks.at(ALIVE / "e") == "seen e"
    assert asked == [ALIVE / "a", DEAD / "b", ALIVE / "d", ALIVE / "e"]


def test_the_thread_ends_with_the_looks() -> None:
    with TimedLooks(lambda place: place.name, "") as looks:
        assert looks.at(ALIVE / "a") == "a"
        (thread,) = (it for it in threading.enumerate() if it.name == "look at sources")
    thread.join(10)
    assert not thread.is_alive()


def test_a_project_with_videos_on_a_dead_drive_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drive: threading.Event
) -> None:
    here, project = tmp_path / "here.mp4", Project()
    here.write_bytes(b"film")
    project.sequences[1] = Sequence(1, "gone", str(DEAD / "gone.mp4"), 5, 64, 48, 25.0)
    project.sequences[2] = Sequence(2, "here", str(here), 5, 64, 48, 25.0)
    path = tmp_path / "both.dimple"
    write_project(path, project)
    see = Path.stat

    def stat(place: Path, *, follow_symlinks: bool = True) -> object:
        if place.is_relative_to(DEAD):
            drive.wait(20)
        return see(place, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", stat)
    read = read_project(path).project
    assert read.sequences[1].path == str(DEAD / "gone.mp4")
    assert read.sequences[2].path == str(here)


def test_a_place_that_cannot_be_looked_at_is_none() -> None:
    assert source_path.look_at_source(Path("no\0where")) is source_path.NOTHING

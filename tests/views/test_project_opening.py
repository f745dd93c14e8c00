"""From a path to an open project: where it is made, and what is left behind when that fails."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from window_fixture import write_images

from app.document import source_path
from app.document.document import create_project
from app.media.frame_loader import FrameLoader
from app.views.project_opening import OpenedProject, ProjectOpening


@pytest.fixture
def opening(qtbot: QtBot) -> Iterator[ProjectOpening]:
    made = ProjectOpening(FrameLoader)
    yield made
    made.close()


def opened(qtbot: QtBot, opening: ProjectOpening, path: Path) -> OpenedProject:
    with qtbot.waitSignal(opening.opened, timeout=20_000) as signal:
        opening.open(path)
    result = signal.args[0]
    assert isinstance(result, OpenedProject)
    return result


def close(project: OpenedProject) -> None:
    project.document.close()
    project.loader.close()


def test_a_new_project_lies_beside_its_source_and_is_found_again(
    qtbot: QtBot, opening: ProjectOpening, tmp_path: Path
) -> None:
    images = write_images(tmp_path / "Straße 東京", 5)
    first = opened(qtbot, opening, images)
    assert first.document.path.parent == tmp_path
    assert first.note == ""
    sequence = first.document.project.sequences[first.sequence_id]
    assert (sequence.name, sequence.frame_count, sequence.width, sequence.height) == ("Straße 東京", 5, 160, 120)
    assert first.loader.info is not None
    close(first)
    again = opened(qtbot, opening, images)
    assert again.document.path == first.document.path
    assert list(again.document.project.sequences) == [first.sequence_id]
    close(again)
    by_file = opened(qtbot, opening, first.document.path)
    assert by_file.sequence_id == first.sequence_id
    close(by_file)


def test_a_read_only_place_is_said_in_words(
    qtbot: QtBot, opening: ProjectOpening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, private_home: Path
) -> None:
    images = write_images(tmp_path / "disc", 3)
    monkeypatch.setattr(source_path, "_is_writable", lambda folder: folder.is_relative_to(private_home))
    project = opened(qtbot, opening, images)
    assert project.document.path.is_relative_to(private_home)
    assert str(project.document.path) in project.note
    assert "cannot be written" in project.note
    assert list(tmp_path.iterdir()) == [images]
    close(project)


def test_cancelling_leaves_nothing(qtbot: QtBot, opening: ProjectOpening, tmp_path: Path) -> None:
    images = write_images(tmp_path / "many", 200)
    with qtbot.waitSignals([opening.cancelled], timeout=20_000):
        opening.open(images)
        opening.cancel()
    assert list(tmp_path.iterdir()) == [images]


def test_an_empty_project_is_refused_in_words(qtbot: QtBot, opening: ProjectOpening, tmp_path: Path) -> None:
    path = tmp_path / "empty.dimple"
    create_project(path).close()
    with qtbot.waitSignal(opening.failed) as failed:
        opening.open(path)
    assert "holds no video" in failed.args[0]


def test_the_newest_wish_wins(qtbot: QtBot, opening: ProjectOpening, tmp_path: Path) -> None:
    first, second = write_images(tmp_path / "first", 100), write_images(tmp_path / "second", 3)
    opening.open(first)
    project = opened(qtbot, opening, second)
    assert project.document.project.sequences[project.sequence_id].name == "second"
    assert not (tmp_path / "first.dimple").exists()
    close(project)


def test_a_drive_that_does_not_answer_is_not_waited_for(
    qtbot: QtBot, opening: ProjectOpening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = threading.Event()
    look = os.path.exists
    far = tmp_path / "far" / "clip.mp4"

    def slow(path: Path) -> bool:
        return answers.wait(20) and False if path == far else look(path)

    monkeypatch.setattr(os.path, "exists", slow)
    with qtbot.waitSignal(opening.waiting) as waiting:
        opening.open(far)
    assert waiting.args == [far]
    with qtbot.waitSignal(opening.cancelled):
        opening.cancel()
    opening.open(far)
    near = opened(qtbot, opening, write_images(tmp_path / "near", 3))  # nothing waits for it
    with qtbot.assertNotEmitted(opening.failed, wait=100):
        answers.set()
    close(near)

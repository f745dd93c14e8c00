"""``track``: what it writes, what it refuses, and how it is interrupted; with a tracker that needs no network."""

from __future__ import annotations

import json
import math
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from coded_video import write_video
from PIL import Image

from app.cli import main
from app.document.model import Project
from app.document.project_file import read_project, write_project
from app.session.fake_tracker import FakeTracker, FakeTrackerScript
from app.session.messages import ModelChoice
from tracker.errors import TrackerError
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

_BOX = "10,20,30,40"


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_video(tmp_path_factory.mktemp("clip") / "clip.mp4", range(20))


def _fake(**script: object) -> Callable[[ModelChoice], FakeTracker]:
    return lambda choice: FakeTracker(FakeTrackerScript(**script), choice)


def _no_tracker(_choice: ModelChoice) -> FakeTracker:
    pytest.fail("the tracker was made although the arguments make no sense")


def _refused(arguments: list[str], folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Run a command that must fail with one sentence and leave ``folder`` as it is."""
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert main(arguments, _no_tracker) in {1, 2}
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.strip().splitlines()) == 1, captured.err
    assert "Traceback" not in captured.err
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before
    return captured.err


def test_tracks_to_the_end_and_writes_everything(
    clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project, coco, mot, sheet = (tmp_path / name for name in ("out.dimple", "out.json", "mot", "sheet.png"))
    names = ["--name", "square", "--category", "shape"]
    outputs = ["--project", str(project), "--export", f"coco:{coco}", "--export", f"mot:{mot}"]
    code = main(
        ["track", str(clip), "--box", _BOX, *names, *outputs, "--contact-sheet", str(sheet)],
        _fake(),
    )
    captured = capsys.readouterr()
    assert code == 0, captured.err
    assert "Tracked 19 frames at" in captured.out
    assert "frames per second" in captured.out
    assert "Reached frame 19" in captured.out
    for path in (project, coco, mot, sheet):
        assert f"Wrote {path}" in captured.out

    loaded = read_project(project).project
    (sequence,) = loaded.sequences.values()
    (track,) = sequence.tracks.values()
    assert (sequence.frame_count, sequence.width, sequence.height, sequence.name) == (20, 128, 96, "clip")
    assert Path(sequence.path) == clip
    assert (track.name, loaded.categories[track.category_id].name) == ("square", "shape")
    assert track.frames() == list(range(20))
    assert track.keyframes.keys() == {0}
    assert [track.box_at(frame) for frame in (0, 1, 19)] == [
        BoundingBox(10, 20, 30, 40),
        BoundingBox(11, 20, 30, 40),
        BoundingBox(29, 20, 30, 40),
    ]
    annotations = json.loads(coco.read_text())["annotations"]
    assert [annotation["bbox"] for annotation in annotations][-1] == [29, 20, 30, 40]
    assert len(annotations) == 20
    assert len((mot / "clip" / "gt" / "gt.txt").read_text().splitlines()) == 20
    with Image.open(sheet) as picture:
        assert picture.size == (4 * 328 + 8, 3 * 248 + 8)


def test_backward_between_two_frames(clip: Path, tmp_path: Path) -> None:
    project = tmp_path / "out.dimple"
    arguments = ["track", str(clip), "--box", _BOX, "--frame", "15", "--until", "5", "--backward"]
    assert main([*arguments, "--project", str(project)], _fake()) == 0
    (track,) = read_project(project).project.sequences[1].tracks.values()
    assert track.frames() == list(range(5, 16))
    assert track.keyframes.keys() == {15}


def test_backward_goes_to_the_first_frame_by_default(clip: Path, tmp_path: Path) -> None:
    project = tmp_path / "out.dimple"
    arguments = ["track", str(clip), "--box", _BOX, "--frame", "3", "--backward", "--project", str(project)]
    assert main(arguments, _fake()) == 0
    (track,) = read_project(project).project.sequences[1].tracks.values()
    assert track.frames() == [0, 1, 2, 3]


def test_lost_target_stops_with_a_sentence_and_writes_what_there_is(
    clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project, coco = tmp_path / "out.dimple", tmp_path / "out.json"
    arguments = ["track", str(clip), "--box", _BOX, "--project", str(project), "--export", f"coco:{coco}"]
    assert main(arguments, _fake(lost_from=8)) == 0
    assert "lost the target at frame 8" in capsys.readouterr().out
    assert len(json.loads(coco.read_text())["annotations"]) == 8
    (track,) = read_project(project).project.sequences[1].tracks.values()
    assert track.frames() == list(range(8))
    lost = track.boxes.get(8)
    assert lost is not None
    assert lost.status is TrackStatus.NOT_FOUND


def test_failure_on_the_way_keeps_the_frames_before(
    clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "out.dimple"
    fake = _fake(fail_at=6, failure=TrackerError("The tracker cannot go on."))
    assert main(["track", str(clip), "--box", _BOX, "--project", str(project)], fake) == 1
    assert "The tracker cannot go on." in capsys.readouterr().err
    (track,) = read_project(project).project.sequences[1].tracks.values()
    assert track.frames() == list(range(6))


@pytest.mark.parametrize("keep", [True, False])
def test_interrupt_ends_cleanly_and_keeps_the_frames(
    clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], keep: bool
) -> None:
    def interrupt(step: int) -> float:
        if step == 7:
            signal.raise_signal(signal.SIGINT)
        return 0.9

    project, coco = tmp_path / "out.dimple", tmp_path / "out.json"
    arguments = ["track", str(clip), "--box", _BOX, "--export", f"coco:{coco}"]
    before = signal.getsignal(signal.SIGINT)
    code = main([*arguments, *(["--project", str(project)] if keep else [])], _fake(score_of=interrupt))
    assert code == 130
    assert signal.getsignal(signal.SIGINT) is before
    captured = capsys.readouterr()
    assert "Interrupted" in captured.err
    assert not coco.exists()
    assert project.exists() is keep
    if keep:
        (track,) = read_project(project).project.sequences[1].tracks.values()
        assert track.frames() == list(range(8))


def test_interrupt_before_the_first_frame_writes_nothing(
    clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(choice: ModelChoice) -> FakeTracker:
        signal.raise_signal(signal.SIGINT)
        return FakeTracker(choice=choice)

    arguments = ["track", str(clip), "--box", _BOX, "--project", str(tmp_path / "out.dimple")]
    assert main(arguments, interrupted) == 130
    assert "nothing was written" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_video_with_one_frame(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, coco = write_video(tmp_path / "one.mp4", [1]), tmp_path / "out.json"
    sheet = tmp_path / "sheet.png"
    arguments = ["track", str(path), "--box", _BOX, "--export", f"coco:{coco}", "--contact-sheet", str(sheet)]
    assert main(arguments, _fake()) == 0
    assert "no frame to go to" in capsys.readouterr().out
    assert len(json.loads(coco.read_text())["annotations"]) == 1
    assert sheet.exists()


def test_folder_of_pictures(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(3):
        Image.new("RGB", (64, 48)).save(folder / f"{number}.png")
    coco = tmp_path / "out.json"
    assert main(["track", str(folder), "--box", "1,2,9,9", "--export", f"coco:{coco}"], _fake()) == 0
    assert len(json.loads(coco.read_text())["annotations"]) == 3


def test_box_partly_outside_is_allowed(clip: Path) -> None:
    assert main(["track", str(clip), "--box", "-5,-3.5,30,40", "--until", "2"], _fake()) == 0


@pytest.mark.parametrize(
    ("box", "words"),
    [
        ("200,10,20,20", "outside the picture, which is 128 x 96"),
        ("-50,10,20,20", "outside the picture"),
        ("10,10,0,20", "empty"),
        ("10,10,20,-1", "empty"),
        ("nan,10,20,20", "not finite"),
        ("10,10,inf,20", "not finite"),
        ("10,10,20", "is not a box"),
        ("10,10,20,20,20", "is not a box"),
        ("a,b,c,d", "is not a box"),
        ("", "is not a box"),
    ],
)
def test_bad_box(clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], box: str, words: str) -> None:
    arguments = ["track", str(clip), "--box", box, "--project", str(tmp_path / "out.dimple")]
    assert words in _refused(arguments, tmp_path, capsys)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--frame", "20"], "its frames are 0 to 19"),
        (["--until", "20"], "its frames are 0 to 19"),
        (["--frame", "-1"], "whole number"),
        (["--frame", "1.5"], "whole number"),
        (["--seed", "x"], "whole number"),
        (["--frame", "9", "--until", "3"], "add --backward"),
        (["--frame", "3", "--until", "9", "--backward"], "leave --backward out"),
        (["--device", "tpu"], "tpu"),
        (["--export", "coco"], "FORMAT:PATH"),
        (["--export", "xml:out.xml"], "no format 'xml'"),
        (["--export", "coco:{folder}"], "is a folder"),
        (["--export", "mot:{folder}/file.txt"], "is a file"),
        (["--export", "coco:{folder}/none/out.json"], "There is no folder"),
        (["--export", "coco:{folder}/a", "--export", "mot:{folder}/a"], "named twice"),
        (["--project", "{folder}"], "exists already"),
        (["--project", "{folder}/file.txt"], "exists already"),
        (["--project", "{folder}/none/out.dimple"], "There is no folder"),
        (["--contact-sheet", "{folder}/sheet.jpg"], ".png"),
        (["--nonsense"], "--nonsense"),
    ],
)
def test_bad_options(
    clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], words: str
) -> None:
    (tmp_path / "file.txt").write_text("kept")
    filled = [option.format(folder=tmp_path) for option in options]
    assert words in _refused(["track", str(clip), "--box", _BOX, *filled], tmp_path, capsys)


def test_bad_sources(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "text.mp4"
    text.write_text("This is a letter.\n" * 100)
    cut = write_video(tmp_path / "cut.mp4", range(20))
    cut.write_bytes(cut.read_bytes()[:700])
    (tmp_path / "empty").mkdir()
    for source, words in (
        (tmp_path / "gone.mp4", "is not there"),
        (text, "is not a video"),
        (cut, "cut short"),
        (tmp_path / "empty", "holds no pictures"),
    ):
        arguments = ["track", str(source), "--box", _BOX, "--export", f"coco:{tmp_path / 'out.json'}"]
        assert words in _refused(arguments, tmp_path, capsys)


def test_truncated_video_is_tracked_as_far_as_it_goes(tmp_path: Path) -> None:
    path = write_video(tmp_path / "cut.mkv", range(40))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    coco = tmp_path / "out.json"
    assert main(["track", str(path), "--box", _BOX, "--export", f"coco:{coco}"], _fake()) == 0
    assert 5 < len(json.loads(coco.read_text())["annotations"]) < 40


@pytest.mark.parametrize("sentence", ["There is no model named 'x'.", "The weights file x has a wrong checksum."])
def test_unusable_model(clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], sentence: str) -> None:
    def refuse(_choice: ModelChoice) -> FakeTracker:
        raise TrackerError(sentence)

    arguments = ["track", str(clip), "--box", _BOX, "--project", str(tmp_path / "out.dimple")]
    assert main(arguments, refuse) == 1
    assert f"main.py: {sentence}" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_choices_reach_the_tracker(clip: Path) -> None:
    seen: list[ModelChoice] = []

    def remember(choice: ModelChoice) -> FakeTracker:
        seen.append(choice)
        return FakeTracker(choice=choice)

    arguments = ["track", str(clip), "--box", _BOX, "--model", "lite0", "--device", "cpu", "--seed", "7"]
    assert main(arguments, remember) == 0
    assert seen == [ModelChoice("lite0", "cpu", 7)]


def test_export_command_writes_what_the_project_holds(
    clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "out.dimple"
    assert main(["track", str(clip), "--box", _BOX, "--project", str(project)], _fake()) == 0
    before = project.read_bytes()
    coco, mot = tmp_path / "out.json", tmp_path / "mot"
    assert main(["export", str(project), f"coco:{coco}", f"mot:{mot}", "--box-base", "0"]) == 0
    assert len(json.loads(coco.read_text())["annotations"]) == 20
    first = (mot / "clip" / "gt" / "gt.txt").read_text().splitlines()[0].split(",")
    assert [float(field) for field in first[:6]] == [1, 1, 10, 20, 30, 40]
    assert main(["export", str(project), "--export", f"coco:{coco}", "--keyframes-only"]) == 0
    assert len(json.loads(coco.read_text())["annotations"]) == 1
    assert main(["export", str(project), f"coco:{coco}", "--step", "5"]) == 0
    assert len(json.loads(coco.read_text())["annotations"]) == 4
    assert project.read_bytes() == before
    capsys.readouterr()


def test_export_refuses_what_is_no_project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    letter = tmp_path / "letter.dimple"
    letter.write_text("Dear annotator")
    empty = tmp_path / "empty.dimple"
    write_project(empty, Project())
    target = f"coco:{tmp_path / 'out.json'}"
    for arguments, words in (
        ([str(tmp_path / "gone.dimple"), target], "There is no project"),
        ([str(letter), target], "is not a DiMPLE project"),
        ([str(empty), "yolo"], "FORMAT:PATH"),
        ([str(empty)], "nothing to write"),
        ([str(empty), f"coco:{tmp_path}"], "is a folder"),
        ([str(empty), target, "--step", "0"], "--step 0"),
    ):
        assert words in _refused(["export", *arguments], tmp_path, capsys)
    newer = bytearray(empty.read_bytes())
    newer[60:64] = (999).to_bytes(4, "big")
    empty.write_bytes(newer)
    assert "made by a newer DiMPLE" in _refused(["export", str(empty), target], tmp_path, capsys)


def test_sizes_are_plain_numbers() -> None:
    from app.cli.arguments import box

    assert box("1.5,2,3,4e1") == BoundingBox(1.5, 2, 3, 40)
    assert math.isclose(box(" 1, 2 ,3,4").x, 1)

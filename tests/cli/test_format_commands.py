"""``export``, ``import``, ``convert`` and ``formats``."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from coded_video import number_on, painted
from PIL import Image

from app.cli import main
from app.document.model import Category, Keyframe, Project, Sequence, Track
from app.document.project_file import read_project, write_project
from app.document.project_lock import ProjectLock
from app.document.tracked_boxes import TrackedBox
from app.formats.registry import FORMATS, format_named
from app.media.open_source import describe_source, open_source
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

FRAMES = 6


@pytest.fixture
def video(tmp_path: Path) -> Path:
    folder = tmp_path / "clip"
    folder.mkdir()
    for number in range(FRAMES):
        Image.fromarray(painted(number)).save(folder / f"{number:04d}.png")
    return folder


@pytest.fixture
def project(tmp_path: Path, video: Path) -> Path:
    source = open_source(video)
    info = describe_source(video, source)
    source.close()
    sequence = Sequence(
        1, "clip", str(video), FRAMES, info.width, info.height, info.fps, info.file_size, info.fingerprint
    )
    track = Track(1, "one", 1, {0: Keyframe(BoundingBox(10, 20, 30, 40))})
    for frame in range(1, FRAMES):
        track.boxes.set(
            frame, TrackedBox(BoundingBox(10 + 2 * frame, 20, 30, 40), 0.25 * (frame % 4), TrackStatus.FOUND)
        )
    sequence.tracks[1] = track
    path = tmp_path / "clip.dimple"
    write_project(path, Project({1: sequence}, {1: Category(1, "cup")}))
    return path


def said(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    return captured.out + captured.err


def write_json(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content))
    return path


def test_formats_lists_every_format_with_its_options(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["formats"]) == 0
    out = said(capsys)
    for known in FORMATS:
        assert known.title in out
        for option in known.options:
            assert option.name in out


def test_export_with_splits_and_pictures_makes_a_folder(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "set"
    assert main(["export", str(project), f"coco:{out}", "--split", "clip=val", "--pictures", "--step", "2"]) == 0
    content = json.loads((out / "val.json").read_text())
    assert not (out / "train.json").exists()
    names = [it["file_name"] for it in content["images"]]
    assert names == ["clip/000001.jpg", "clip/000003.jpg", "clip/000005.jpg"]
    for number, name in enumerate(names):
        with Image.open(out / "images" / name) as picture:
            assert number_on(np.asarray(picture)) == 2 * number
    assert "Wrote" in said(capsys)


def test_export_leaves_out_what_was_not_wanted(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    command = [
        "export",
        str(project),
        f"coco:{out}",
        "--minimum-score",
        "0.5",
        "--no-scores",
        "--first",
        "0",
        "--last",
        "3",
    ]
    assert main(command) == 0
    content = json.loads(out.read_text())
    images = {it["id"]: it["source_frame"] for it in content["images"]}
    assert sorted(images.values()) == [0, 1, 2, 3]
    assert sorted(images[it["image_id"]] for it in content["annotations"]) == [0, 2, 3]
    assert {it["attributes"]["score"] for it in content["annotations"]} == {1.0}


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        (["coco:{tmp}/a.json", "--option", "nonsense=1"], "no option 'nonsense'"),
        (["mot:{tmp}/a", "--option", "box-base=2"], "give 1 or 0"),
        (["mot:{tmp}/a", "--option", "detections=maybe"], "give yes or no"),
        (["coco:{tmp}/a.json", "--only-track", "9"], "no track 9"),
        (["coco:{tmp}/a.json", "--only-sequence", "other"], "No sequence has the name 'other'"),
        (["coco:{tmp}/a.json", "--split", "clip=dev"], "no split 'dev'"),
        (["coco:{tmp}/a.json", "--val", "0.8", "--test", "0.8"], "more than all"),
        (["coco:{tmp}/a.json", "--step", "0"], "--step 0"),
        (["coco:{tmp}/a.json", "--minimum-score", "2"], "from 0 to 1"),
    ],
)
def test_export_refuses_in_one_sentence(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], extra: list[str], words: str
) -> None:
    before = sorted(tmp_path.rglob("*"))
    assert main(["export", str(project), *(it.format(tmp=tmp_path) for it in extra)]) in {1, 2}
    captured = capsys.readouterr()
    assert words in captured.err
    assert captured.out == ""
    assert len(captured.err.strip().splitlines()) == 1
    assert sorted(tmp_path.rglob("*")) == before


def test_what_was_exported_comes_back_into_a_new_project(
    project: Path, video: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(project), f"mot:{tmp_path}/mot", "--box-base", "0"]) == 0
    made = tmp_path / "made.dimple"
    assert main(["import", str(made), str(tmp_path / "mot"), "--source", str(video)]) == 0
    out = said(capsys)
    assert "1 tracks, 6 boxes, 2 keyframes" in out
    assert "pixels count from 0" in out
    (sequence,) = read_project(made).project.sequences.values()
    assert sequence.path == str(video)
    (track,) = sequence.tracks.values()
    assert (track.id, track.name) == (1, "one")
    assert [track.box_at(it) for it in range(FRAMES)] == [BoundingBox(10 + 2 * it, 20, 30, 40) for it in range(FRAMES)]
    assert list(track.keyframes) == [0, FRAMES - 1]
    assert read_project(made).project.categories[track.category_id].name == "cup"


def test_import_into_a_project_renumbers_says_so_and_changes_nothing_else(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_json(
        tmp_path / "in.json",
        {
            "categories": [{"id": 1, "name": "cup"}, {"id": 2, "name": "spoon"}, {"id": 3, "name": "unused"}],
            "videos": [{"id": 1, "name": "clip", "width": 320, "height": 240}],
            "images": [{"id": n + 1, "video_id": 1, "frame_id": n, "width": 320, "height": 240} for n in range(9)],
            "annotations": [
                {"id": n + 1, "image_id": n + 1, "category_id": 2, "track_id": 1, "bbox": [n, 2, 3, 4]}
                for n in range(9)
            ],
        },
    )
    before = project.read_bytes()
    assert main(["import", str(project), str(file), "--preview"]) == 0
    preview = said(capsys)
    for words in ("1 tracks", "spoon (new)", "used in the project already: 1.", "3 boxes of clip lie behind the last"):
        assert words in preview
    assert project.read_bytes() == before
    assert main(["import", str(project), f"coco:{file}"]) == 0
    loaded = read_project(project)
    (sequence,) = loaded.project.sequences.values()
    assert sorted(it.name for it in loaded.project.categories.values()) == ["cup", "spoon"]
    assert sorted(sequence.tracks) == [1, 2]
    assert sequence.tracks[1].name == "one"
    assert sequence.tracks[2].frames() == list(range(FRAMES))
    assert not list(tmp_path.glob("*.lock")) or main(["import", str(project), str(file), "--preview"]) == 0


def test_import_refuses_in_one_sentence_and_leaves_the_project(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = {"categories": [], "images": [], "annotations": []}
    (tmp_path / "junk.json").write_text('{"images": [{]}')
    before = project.read_bytes()
    for arguments, words in (
        ([str(project), str(tmp_path / "missing")], "is not there"),
        ([str(project), str(tmp_path / "junk.json")], "line 1 is no JSON"),
        ([str(project), str(write_json(tmp_path / "empty.json", empty))], "nothing was changed"),
        ([str(tmp_path / "none.dimple"), str(tmp_path / "empty.json")], "--source"),
        ([str(project), str(tmp_path / "empty.json"), "--sequence", "x"], "No sequence has the name"),
        ([str(project), str(tmp_path / "empty.json"), "--tolerance", "-1"], "pixels from 0 up"),
    ):
        assert main(["import", *arguments]) in {1, 2}
        captured = capsys.readouterr()
        assert words in captured.err
    assert project.read_bytes() == before
    lock = ProjectLock(project)
    try:
        assert main(["import", str(project), str(tmp_path / "empty.json")]) == 1
        assert "open" in capsys.readouterr().err
    finally:
        lock.release()


def test_convert_between_formats(project: Path, tmp_path: Path) -> None:
    assert main(["export", str(project), f"coco:{tmp_path}/a.json"]) == 0
    assert main(["convert", f"coco:{tmp_path}/a.json", f"mot:{tmp_path}/mot", "--option", "detections=yes"]) == 0
    rows = (tmp_path / "mot" / "clip" / "gt" / "gt.txt").read_text().splitlines()
    assert rows == [f"{n + 1},1,{11 + 2 * n},21,30,40,1,1,1" for n in range(FRAMES)]
    scores = [row.split(",")[6] for row in (tmp_path / "mot" / "clip" / "det" / "det.txt").read_text().splitlines()]
    assert scores == ["1", "0.25", "0.5", "0.75", "0", "0.25"]
    assert main(["convert", f"{tmp_path}/mot", f"coco:{tmp_path}/b.json"]) == 0
    boxes = [
        [it["bbox"] for it in json.loads((tmp_path / name).read_text())["annotations"]] for name in ("a.json", "b.json")
    ]
    assert boxes[0] == boxes[1]


def boxes_of(path: Path) -> list[list[float]]:
    """Frame and box, of a COCO file."""
    return [[it["image_id"], *it["bbox"]] for it in json.loads(path.read_text())["annotations"]]


def test_every_format_is_converted_into_another_and_out_of_one(project: Path, tmp_path: Path) -> None:
    """All the way round: what every format holds is still there at the end."""
    ring = ("coco", "csv", "cvat", "youtube-vis", "voc", "label-studio", "mot", "yolo", "got10k", "lasot", "otb")
    assert set(ring) == {it.name for it in FORMATS}
    places = {it: tmp_path / f"{it}{format_named(it).suffix}" for it in ring}
    assert main(["export", str(project), f"coco:{places['coco']}"]) == 0
    for source, target in pairwise(ring):
        assert main(["convert", f"{source}:{places[source]}", f"{target}:{places[target]}"]) == 0
    assert main(["convert", f"otb:{places['otb']}", f"coco:{tmp_path / 'end.json'}"]) == 0
    first, last = (boxes_of(tmp_path / name) for name in ("coco.json", "end.json"))
    assert len(first) == FRAMES
    assert np.array(last) == pytest.approx(np.array(first), abs=2e-3)

"""From the start page to the exported files and back, with mouse and keys, on the sample clip and the real tracker."""

from __future__ import annotations

import json
from pathlib import Path

import motmetrics
import pytest
from annotator import Annotator, Key, Modifier, StartProgram
from pycocotools.coco import COCO

from app.document.model import Project, Track
from app.session.run_state import Phase
from tracker.geometry import BoundingBox

PEN = BoundingBox(208, 214, 102, 20)
FRAMES = 60


def shown_boxes(track: Track) -> dict[int, tuple[float, float, float, float]]:
    boxes = ((frame, track.box_at(frame)) for frame in track.frames())
    return {frame: (box.x, box.y, box.w, box.h) for frame, box in boxes if box is not None}


def label_the_sample(annotator: Annotator) -> None:
    """Draw a second object, carry it 60 frames, correct frame 40 by keys and let the tracker go on from there."""
    annotator.click("Try the sample")
    annotator.wait_for_picture()
    annotator.press(Key.Key_T)
    annotator.drag_box(PEN)
    assert annotator.track.box_at(0) == pytest.approx(PEN) or annotator.track.keyframes[0].box is not None
    annotator.press(Key.Key_F)
    annotator.until(lambda: annotator.session.frame >= FRAMES)
    annotator.press(Key.Key_Space)
    annotator.until(lambda: annotator.phase_is(Phase.PAUSED))
    assert len(annotator.track.frames()) >= FRAMES
    annotator.press(Key.Key_Escape)
    annotator.until(lambda: annotator.phase_is(Phase.IDLE))


def correct_a_frame(annotator: Annotator) -> int:
    annotator.press(Key.Key_A, Modifier.ShiftModifier)
    annotator.press(Key.Key_A, Modifier.ShiftModifier)
    frame = annotator.session.frame
    before = annotator.track.box_at(frame)
    assert before is not None
    annotator.press(Key.Key_Right, times=3)
    annotator.press(Key.Key_Down, Modifier.AltModifier, times=2)
    annotator.press(Key.Key_Return)
    corrected = annotator.track.keyframes[frame].box
    assert corrected is not None
    assert (corrected.x - before.x, corrected.h - before.h) == pytest.approx((3, 2), abs=1.0)
    annotator.until(lambda: annotator.session.frame > frame + 5)
    annotator.press(Key.Key_Escape)
    annotator.until(lambda: annotator.phase_is(Phase.IDLE))
    assert annotator.track.keyframes[frame].box == corrected
    return frame


@pytest.mark.filterwarnings("ignore:Operation with tuple is deprecated")  # motmetrics' own, with pandas 3
def test_a_sequence_is_labelled_exported_and_found_again(start_program: StartProgram, tmp_path: Path) -> None:
    annotator = start_program()
    label_the_sample(annotator)
    before_correction = shown_boxes(annotator.track)
    frame = correct_a_frame(annotator)
    after_correction = shown_boxes(annotator.track)
    assert before_correction != after_correction

    stack = annotator.session.document.undo_stack
    steps = 0
    while frame in annotator.track.keyframes:
        annotator.press(Key.Key_Z, Modifier.ControlModifier)
        steps += 1
        assert steps < 10
    assert shown_boxes(annotator.track) == before_correction
    while stack.canRedo():
        annotator.press(Key.Key_Z, Modifier.ControlModifier | Modifier.ShiftModifier)
    assert shown_boxes(annotator.track) == after_correction

    coco_file, mot_folder = tmp_path / "boxes.json", tmp_path / "mot"
    annotator.export("COCO", coco_file)
    annotator.export("MOT", mot_folder)
    document = annotator.session.document
    project, path = document.project, document.path
    assert path is not None
    sequence = annotator.session.sequence
    assert sequence is not None
    tracks = dict(sequence.tracks)
    annotator.window.close()

    check_coco(coco_file, tracks, sequence.width, sequence.height)
    check_mot(mot_folder, tracks)
    again = start_program()
    again.window.open_path(path)
    again.wait_for_picture()
    reopened: Project = again.session.document.project
    assert reopened == project


def check_coco(file: Path, tracks: dict[int, Track], width: int, height: int) -> None:
    """Other people's reader finds every shown box, clipped to the picture, on its frame."""
    coco = COCO(str(file))
    found: dict[int, dict[int, list[float]]] = {}
    for annotation in coco.anns.values():
        image = coco.imgs[annotation["image_id"]]
        found.setdefault(annotation["track_id"], {})[image["frame_index"]] = annotation["bbox"]
    assert len(found) == len([track for track in tracks.values() if track.frames()])
    names = {track["id"]: track.get("name", "") for track in json.loads(file.read_text())["tracks"]}
    for track in tracks.values():
        exported = found[next(key for key, name in names.items() if name == track.name)] if track.name else None
        if exported is None:
            exported = found[track.id]
        expected = {}
        for frame in track.frames():
            box = track.box_at(frame)
            clipped = box.clipped(width, height) if box else None
            if clipped:
                expected[frame] = [clipped.x, clipped.y, clipped.w, clipped.h]
        assert set(exported) == set(expected)
        for frame, box_numbers in expected.items():
            assert exported[frame] == pytest.approx(box_numbers, abs=2e-3)


def check_mot(folder: Path, tracks: dict[int, Track]) -> None:
    (file,) = folder.rglob("gt.txt")
    table = motmetrics.io.loadtxt(file, fmt="mot16", min_confidence=1)
    read = {
        (int(identity), int(frame) - 1): (row["X"], row["Y"], row["Width"], row["Height"])
        for (frame, identity), row in table.iterrows()
    }
    expected = {
        (track.id, frame): numbers for track in tracks.values() for frame, numbers in shown_boxes(track).items()
    }
    assert set(read) == set(expected)
    for key, numbers in expected.items():
        assert read[key] == pytest.approx(numbers, abs=2e-3)

"""Other people's readers take our exports and give the document's boxes back, and we read what they write."""

from __future__ import annotations

import contextlib
import io
import json

import numpy as np
import pytest
from format_fixtures import small_project, write_as
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.formats.coco_outlines import outline_box
from app.formats.json_record import JsonRecord
from app.formats.options import ExportOptions


def test_pycocotools_loads_it_and_a_perfect_result_scores_one(tmp_path):
    coco = pytest.importorskip("pycocotools.coco")
    cocoeval = pytest.importorskip("pycocotools.cocoeval")
    project = small_project()
    write_as("coco", project, tmp_path / "out.json")
    with contextlib.redirect_stdout(io.StringIO()):
        truth = coco.COCO(str(tmp_path / "out.json"))
        assert {it["name"] for it in truth.loadCats(truth.getCatIds())} == {"cup", "Käse 🧀"}
        for sequence in project.sequences.values():
            for track in sequence.tracks.values():
                found = [it for it in truth.dataset["annotations"] if it["track_id"] == track.id]
                frames = {truth.loadImgs(it["image_id"])[0]["frame_id"]: it["bbox"] for it in found}
                assert frames.keys() == set(track.frames()) == {0, 1, 2, 3}
                for frame, sides in frames.items():
                    box = track.box_at(frame)
                    np.testing.assert_allclose(sides, [box.x, box.y, box.w, box.h], atol=1e-4)
        results = [{**it, "score": 1.0} for it in truth.dataset["annotations"]]
        (tmp_path / "results.json").write_text(json.dumps(results))
        evaluation = cocoeval.COCOeval(truth, truth.loadRes(str(tmp_path / "results.json")), "bbox")
        evaluation.evaluate()
        evaluation.accumulate()
        evaluation.summarize()
    assert evaluation.stats[0] == pytest.approx(1.0)


@pytest.mark.filterwarnings("ignore")  # of pandas inside motmetrics
@pytest.mark.parametrize(("base", "shift"), [(1, 0), (0, -1)])
def test_motmetrics_gives_the_boxes_back(tmp_path, base, shift):
    """It takes one off each corner, as the official text wants; files counted from 0 it shows one pixel off."""
    motmetrics = pytest.importorskip("motmetrics")
    project = small_project()
    write_as("mot", project, tmp_path / "mot", ExportOptions(own={"box-base": base}))
    for folder, sequence in (("clip", project.sequences[1]), ("Clip_2", project.sequences[2])):
        table = motmetrics.io.loadtxt(str(tmp_path / "mot" / folder / "gt" / "gt.txt"), fmt="mot16", min_confidence=1)
        shown = {
            (frame + 1, track.id): track.box_at(frame) for track in sequence.tracks.values() for frame in track.frames()
        }
        assert {(int(frame), int(track)) for frame, track in table.index} == shown.keys()
        for place, box in shown.items():
            row = table.loc[place]
            got = [row["X"] - shift, row["Y"] - shift, row["Width"], row["Height"]]
            np.testing.assert_allclose(got, [box.x, box.y, box.w, box.h], atol=1e-4)
            track = sequence.tracks[place[1]]
            assert row["ClassId"] == {2: 1, 5: 2}[track.category_id]
            assert row["Visibility"] == (0.5 if track.occluded_at(place[0] - 1) else 1.0)


@settings(deadline=None, max_examples=50)
@given(masks=arrays(np.uint8, st.tuples(st.integers(1, 40), st.integers(1, 40)), elements=st.integers(0, 1)))
def test_the_box_round_a_mask_of_pycocotools_is_the_one_it_gives(masks):
    coco_mask = pytest.importorskip("pycocotools.mask")
    assume(masks.any())
    packed = coco_mask.encode(np.asfortranarray(masks))
    record = JsonRecord({"segmentation": {**packed, "counts": packed["counts"].decode()}}, "in.json")
    assert outline_box(record) == coco_mask.toBbox(packed).tolist()

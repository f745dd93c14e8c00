"""Imports and exports stay where they are told to, and do not wait for what never ends."""

from __future__ import annotations

import os
import re
import shutil

import pytest
from format_fixtures import read_as

from app.document.model import Category
from app.errors import AppError
from app.formats.export import export_project
from app.formats.format import TargetKind
from app.formats.options import ExportOptions
from app.formats.registry import FORMATS, ExportTarget, format_named
from bench.fuzz_formats import small_project

_NAMES = ("../../escaped", "/tmp/escaped", "..", "C:\\escaped", "a/../../escaped", "CON", "nul.txt", "\0", "~/.bashrc")


@pytest.mark.parametrize("known", FORMATS, ids=lambda it: it.name)
def test_no_name_in_a_project_leads_out_of_an_export(tmp_path, known):
    place = tmp_path / "deep" / "deeper"
    place.mkdir(parents=True)
    for name in _NAMES:
        project = small_project()
        for sequence in project.sequences.values():
            sequence.name = name
            for track in sequence.tracks.values():
                track.name = name
        project.categories[1] = Category(1, name)
        export_project(project, ExportTarget(known, place / f"out{known.suffix}"), ExportOptions())
    found = {it.relative_to(tmp_path).parts[:3] for it in tmp_path.rglob("*") if not it.is_dir()}
    assert found == {("deep", "deeper", f"out{known.suffix}")}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
@pytest.mark.timeout(30)
@pytest.mark.parametrize("known", FORMATS, ids=lambda it: it.name)
def test_a_pipe_in_the_place_of_a_file_is_refused(tmp_path, known):
    path = tmp_path / f"out{known.suffix}"
    export_project(small_project(), ExportTarget(known, path), ExportOptions())
    files = [path] if known.kind is TargetKind.FILE else [it for it in path.rglob("*") if it.is_file()]
    assert files
    for file in files:
        kept = file.read_bytes()
        file.unlink()
        os.mkfifo(file)
        known.sniff(path)
        try:
            read_as(known.name, path)
        except AppError as error:
            assert "\n" not in str(error)  # noqa: PT017 - some files are passed over, some are missed
        file.unlink()
        file.write_bytes(kept)
    shutil.rmtree(path) if path.is_dir() else path.unlink()


@pytest.mark.parametrize("number", ["1e308", "2000000000"])
@pytest.mark.parametrize(
    ("name", "file", "written", "said"),
    [
        ("coco", "", r'"bbox": \[10\.25', r"annotations\[0\].*'bbox'"),
        ("youtube-vis", "", r'"bboxes": \[\[10\.25', r"annotations\[0\].*bboxes"),
        ("mot", "clip/gt/gt.txt", r"1,2,11\.25", r"gt/gt\.txt, line 1 .*too large"),
        ("cvat", "clip.xml", r'xtl="10\.25', r"clip\.xml, line \d+, <box>.*'xtl'"),
        ("label-studio", "", r'"x": 3\.203125', r"sequence\[0\].*(left|'x')"),
        ("voc", "Annotations/clip_000001.xml", r"<xmin>11\.25", r"clip_000001\.xml, line \d+, <object>.*<xmin>"),
        ("otb", "clip-2/groundtruth_rect.txt", r"11\.25", r"groundtruth_rect\.txt, line 1 .*too large"),
        ("got10k", "train/clip-2/groundtruth.txt", r"10\.25\d*", r"groundtruth\.txt, line 1 .*too large"),
        ("lasot", "cup/cup-2/groundtruth.txt", r"10\.25", r"groundtruth\.txt, line 1 .*too large"),
        ("csv", "", r"(?<=keyframe,)10\.25", r"out\.csv, line 2: left_px"),
    ],
)
def test_a_box_far_beyond_any_picture_is_refused_with_file_place_and_field(tmp_path, name, file, written, said, number):
    known = format_named(name)
    path = tmp_path / f"out{known.suffix}"
    export_project(small_project(), ExportTarget(known, path), ExportOptions())
    place = path / file if file else path
    text = place.read_text("utf-8")
    start = re.search(written, text).group()
    changed = re.sub(r"\d+\.\d+$", number, start)
    assert changed != start
    place.write_text(text.replace(start, changed, 1), encoding="utf-8")
    with pytest.raises(AppError, match=said) as caught:
        read_as(name, path)
    assert "\n" not in str(caught.value)

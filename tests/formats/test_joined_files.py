"""Several files of one kind in a folder or an archive come in together, or are refused with what to do."""

from __future__ import annotations

import json
import shutil
import zipfile
from dataclasses import replace

import pytest
from format_fixtures import read_as, small_project, write_as

from app.document.model import Attribute, AttributeKind
from app.errors import AppError
from app.formats.import_file import ImportFile
from app.formats.options import ExportOptions, ImportOptions
from app.formats.progress import SILENT
from app.formats.recognition import likely_format, recognise_near
from app.formats.registry import format_named

ONE_FILE = ["coco", "youtube-vis", "label-studio", "csv"]


def exported(folder, name, file, sequence, change=None):
    """One Sequence of the small project, alone in a file."""
    project = small_project()
    if change is not None:
        change(project)
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    if name == "cvat":
        write_as(name, project, folder / "all", ExportOptions(sequence_ids=frozenset({sequence})))
        shutil.move(next((folder / "all").glob("*.xml")), path)
        shutil.rmtree(folder / "all")
    else:
        write_as(name, project, path, ExportOptions(sequence_ids=frozenset({sequence})))
    return path


def packed(folder):
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w") as target:
        for it in folder.rglob("*"):
            if it.is_file():
                target.write(it, it.relative_to(folder))
    return path


def read(path, known=None):
    with ImportFile(path) as file:
        return file.read(known and format_named(known), ImportOptions(), SILENT)


def boxes_of(project):
    return {
        it.name: sorted(
            (frame, repr(track.box_at(frame)), project.categories[track.category_id].name)
            for track in it.tracks.values()
            for frame in track.frames()
        )
        for it in project.sequences.values()
    }


@pytest.mark.parametrize("as_archive", [False, True])
@pytest.mark.parametrize("below", ["", "job/"])
@pytest.mark.parametrize("name", [*ONE_FILE, "cvat"])
def test_files_of_one_kind_come_in_together(tmp_path, name, below, as_archive):
    folder, suffix = tmp_path / "in", format_named(name).suffix or ".xml"
    apart = {}
    for number, file in ((1, f"a{suffix}"), (2, f"{below}b{suffix}")):
        apart |= boxes_of(read_as(name, exported(folder, name, file, number)))
    known, together = read(packed(folder) if as_archive else folder)
    assert known.name == name
    assert boxes_of(together.project) == apart
    assert len(apart) == 2
    tracks = [it for sequence in together.project.sequences.values() for it in sequence.tracks.items()]
    assert len(dict(tracks)) == len(tracks) == 4
    assert all(number == track.id for number, track in tracks)
    if name != "cvat" or below:
        assert together.notes[0] == f"2 files were read: a{suffix}, {below}b{suffix}."


@pytest.mark.parametrize("name", ONE_FILE)
def test_a_dropped_folder_of_files_is_recognised_unless_there_are_pictures(tmp_path, name):
    suffix = format_named(name).suffix
    for number in (1, 2):
        exported(tmp_path, name, f"{number}{suffix}", number)
    assert recognise_near(tmp_path).format.name == name
    (tmp_path / "0001.JPG").write_bytes(b"x")
    assert likely_format(tmp_path) is None


def test_attributes_and_ids_of_all_files_fit_together(tmp_path):
    def with_attribute(number, name):
        def change(project):
            project.attributes[number] = Attribute(number, name, AttributeKind.CHOICE, (name, "b"), per_frame=True)
            for sequence in project.sequences.values():
                for track in sequence.tracks.values():
                    track.keyframes[0] = replace(track.keyframes[0], attributes={number: name})
                    track.attributes = {}

        return change

    exported(tmp_path, "coco", "a.json", 1, with_attribute(1, "colour"))
    content = json.loads(exported(tmp_path, "coco", "b.json", 2, with_attribute(1, "shape")).read_text())
    for it in (*content["tracks"], *content["annotations"]):  # the same numbers as in the other file
        for key in {"id", "track_id", "instance_id"} & it.keys() - ({"id"} if "bbox" in it else set()):
            it[key] -= 2
    (tmp_path / "b.json").write_text(json.dumps(content))
    _, together = read(tmp_path)
    project = together.project
    assert [it.name for it in project.attributes.values()] == ["colour", "shape"]
    for sequence in project.sequences.values():
        for track in sequence.tracks.values():
            values = {project.attributes[number].name: it for number, it in track.keyframes[0].attributes.items()}
            assert values == ({"colour": "colour"} if sequence.name == "clip" else {"shape": "shape"})
    assert "Tracks with other numbers, for other files have tracks with theirs: 2." in together.notes


def test_an_attribute_that_two_files_define_differently_is_refused(tmp_path):
    for number, kind in ((1, AttributeKind.FLAG), (2, AttributeKind.TEXT)):

        def change(project, kind=kind):
            project.attributes[1] = Attribute(1, "wet", kind, per_frame=True)

        exported(tmp_path, "coco", f"{number}.json", number, change)
    with pytest.raises(AppError, match=r"2\.json defines the attribute 'wet' in another way .* import it alone"):
        read(tmp_path)


def test_two_versions_of_one_sequence_are_refused_and_parts_of_one_are_not(tmp_path):
    exported(tmp_path, "coco", "old.json", 1)
    shutil.copy(tmp_path / "old.json", tmp_path / "new.json")
    with pytest.raises(AppError, match=r"new\.json and old\.json both tell of the sequence 'clip': choose one"):
        read(tmp_path)
    for name, last in (("old", 2), ("new", 99)):
        (tmp_path / f"{name}.json").unlink()
        options = ExportOptions(sequence_ids=frozenset({1}), first_frame=last // 99 * 3, last_frame=last)
        write_as("coco", small_project(), tmp_path / f"{name}.json", options)
    _, together = read(tmp_path)
    whole = boxes_of(small_project())["clip"]
    assert boxes_of(together.project) == {"clip": whole}


def test_tasks_of_one_file_name_and_none_of_their_own_are_named_after_their_folders(tmp_path):
    for number, place in ((1, "left"), (2, "right")):
        path = exported(tmp_path, "cvat", f"{place}/annotations.xml", number)
        text = path.read_text("utf-8")
        start, end = text.index("      <name>"), text.index("</name>\n") + 8
        path.write_text(text[:start] + text[end:], encoding="utf-8")
    _, together = read(tmp_path)
    assert [it.name for it in together.project.sequences.values()] == ["annotations", "right"]


def test_files_of_several_formats_are_refused_until_one_is_chosen(tmp_path):
    exported(tmp_path, "coco", "a.json", 1)
    exported(tmp_path, "csv", "b.csv", 2)
    with pytest.raises(AppError, match=r"holds files of several formats \(COCO .*, CSV table\): choose one"):
        read(tmp_path)
    for name, sequence in (("coco", "clip"), ("csv", "Clip")):
        assert [it.name for it in read(tmp_path, name)[1].project.sequences.values()] == [sequence]


def test_what_is_wrong_with_one_of_several_files_names_its_folder(tmp_path):
    for number in (1, 2):
        exported(tmp_path, "csv", f"{number}/boxes.csv", number)
    text = (tmp_path / "2" / "boxes.csv").read_text("utf-8").replace("keyframe", "nobody", 1)
    (tmp_path / "2" / "boxes.csv").write_text(text, encoding="utf-8")
    with pytest.raises(AppError, match=r"2/boxes\.csv: boxes\.csv, line 2: source is 'nobody'"):
        read(tmp_path)

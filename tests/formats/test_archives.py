"""Zip archives, as other tools hand out their exports: imported as they are, or refused without a trace."""

from __future__ import annotations

import io
import json
import shutil
import stat
import tempfile
import zipfile
from pathlib import Path

import pytest
from format_fixtures import read_as, small_project, write_as

from app.errors import AppError
from app.formats import archive as archives
from app.formats.import_file import ImportFile
from app.formats.options import ImportOptions, SourceShape
from app.formats.progress import SILENT, CancelledError, Progress
from app.formats.recognition import likely_format, recognise_near
from app.formats.registry import FORMATS, format_named

FOREIGN = Path(__file__).with_name("foreign")
VIDEO = ImportOptions(source=SourceShape("clip", 10, 64, 48, 25.0))


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path, monkeypatch):
    """Where archives are unpacked: nothing may stay there."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    yield
    assert not [*place.iterdir()]


def packed(path, contents, above=""):
    """An archive of a folder, or of name -> text."""
    files = contents if isinstance(contents, dict) else {}
    if isinstance(contents, Path):
        inside = [contents] if contents.is_file() else [it for it in contents.rglob("*") if it.is_file()]
        root = contents.parent if contents.is_file() else contents
        files = {it.relative_to(root).as_posix(): it.read_bytes() for it in inside}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in files.items():
            target.writestr(above + name, data)
    return path


def read_zip(path, options=VIDEO, known=None, progress=SILENT):
    with ImportFile(path) as file:
        return file.read(known, options, progress)


def boxes_of(project):
    return {
        (track.id, frame): track.box_at(frame)
        for sequence in project.sequences.values()
        for track in sequence.tracks.values()
        for frame in track.frames()
    }


@pytest.mark.parametrize("above", ["", "my export/"])
@pytest.mark.parametrize("known", FORMATS, ids=lambda it: it.name)
def test_an_archive_of_an_export_is_the_export(tmp_path, known, above):
    path = tmp_path / f"out{known.suffix}"
    write_as(known, small_project(), path)
    found, read = read_zip(packed(tmp_path / "ä 🧀.zip", path, above), ImportOptions())
    assert found is known
    assert boxes_of(read.project) == boxes_of(read_as(known, path))


def coco(name="a_1.png"):
    return json.dumps(
        {
            "images": [{"id": 1, "file_name": name, "width": 64, "height": 48}],
            "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4]}],
            "categories": [{"id": 1, "name": "cup"}],
        }
    )


@pytest.mark.parametrize(
    ("contents", "name"),
    [
        ({"annotations.xml": (FOREIGN / "cvat_keyframes_only.xml").read_bytes(), "images/f.png": b"x"}, "cvat"),
        ({"gt/gt.txt": "1,1,2,3,4,5,1,1,1.0\n", "gt/labels.txt": "cup\n", "img1/000001.jpg": b"x"}, "mot"),
        ({"annotations/instances_default.json": coco(), "images/default/a_1.png": b"x"}, "coco"),
        (
            {"obj.names": "cup\n", "obj.data": "x", "train.txt": "x", "obj_train_data/a_1.txt": "0 .5 .5 .5 .5\n"},
            "yolo",
        ),
        ({"data.yaml": "names: [cup]\n", "train.txt": "x", "labels/train/a_1.txt": "0 .5 .5 .5 .5\n"}, "yolo"),
    ],
)
def test_archives_as_cvat_and_datumaro_write_them(tmp_path, contents, name):
    path = packed(tmp_path / "task.zip", contents)
    assert recognise_near(path) == likely_format(path)
    found, read = read_zip(path)
    assert found.name == name
    assert boxes_of(read.project)


def test_the_format_of_an_archive_can_be_put_right(tmp_path):
    path = packed(tmp_path / "a.zip", {"gt/gt.txt": "1,1,2,3,4,5,1,1,1\n", "instances.json": coco()})
    with ImportFile(path) as file:
        for name in ("mot", "coco"):
            found, read = file.read(format_named(name), VIDEO, SILENT)
            assert found.name == name
            assert len(boxes_of(read.project)) == 1


def test_sentences_name_the_archive_and_not_where_it_was_unpacked(tmp_path):
    path = packed(tmp_path / "a.zip", {"instances.json": '{"images": [], "categories"'})
    with pytest.raises(AppError, match=r"a\.zip/instances\.json, line 1 is no JSON") as caught:
        read_zip(path)
    assert "temporary" not in str(caught.value)
    path = packed(tmp_path / "b.zip", {"gt/gt.txt": "1,2\n"})
    with pytest.raises(AppError, match=r"^b\.zip: b/gt/gt\.txt, line 1 is '1,2'"):
        read_zip(path)


def test_giving_up_leaves_nothing(tmp_path):
    path = packed(tmp_path / "a.zip", {f"{n}.txt": "x" for n in range(20)})
    asked = iter(range(100))
    with pytest.raises(CancelledError):
        read_zip(path, progress=Progress(None, lambda: next(asked) > 5))


@pytest.mark.parametrize(
    "name",
    ["../outside.txt", "a/../../outside.txt", "/outside.txt", "C:/outside.txt", "..\\outside.txt", "\\\\x\\y"],
)
def test_no_file_of_an_archive_lies_outside_of_its_folder(tmp_path, name):
    before = sorted(tmp_path.rglob("*"))
    path = packed(tmp_path / "a.zip", {"gt/gt.txt": "x", name: "evil"})
    with pytest.raises(AppError, match=r"a\.zip would put .* outside of its folder"):
        read_zip(path)
    assert sorted(tmp_path.rglob("*")) == sorted([*before, path])


def test_a_file_without_a_name_is_refused(tmp_path):
    path = packed(tmp_path / "a.zip", {"qq.txt": "x"})
    path.write_bytes(path.read_bytes().replace(b"qq.txt", b"\0q.txt"))  # a name ends at a zero
    with pytest.raises(AppError, match=r"a\.zip would put '' outside of its folder"):
        read_zip(path)


def test_links_in_an_archive_are_refused(tmp_path):
    link = zipfile.ZipInfo("gt")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as target:
        target.writestr(link, "/etc")
        target.writestr("gt/gt.txt", "1,1,2,3,4,5,1,1,1\n")
    with pytest.raises(AppError, match=r"holds a link or a device, 'gt'"):
        read_zip(tmp_path / "a.zip")


def test_a_bomb_is_refused_by_what_comes_out_of_it(tmp_path, monkeypatch):
    path = packed(tmp_path / "a.zip", {"a.txt": b"0" * 3_000_000, "b.txt": b"0" * 3_000_000})
    # the sizes that it tells are a lie
    data = bytearray(path.read_bytes())
    for at in (it for it in range(len(data)) if data[it : it + 4] == b"PK\1\2"):
        data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    path.write_bytes(data)
    monkeypatch.setattr(archives, "MOST_BYTES", 2_000_000)
    with pytest.raises(AppError, match=r"a\.zip (becomes too large|is a damaged archive)"):
        read_zip(path)
    path = packed(tmp_path / "b.zip", {"a.txt": b"0" * 3_000_000})
    with pytest.raises(AppError, match=r"b\.zip becomes too large"):
        read_zip(path)


def test_too_many_files_are_refused(tmp_path, monkeypatch):
    path = packed(tmp_path / "a.zip", {f"{n}.txt": "" for n in range(12)})
    monkeypatch.setattr(archives, "MOST_FILES", 11)
    with pytest.raises(AppError, match="over 11 files"):
        read_zip(path)
    monkeypatch.setattr(archives, "_LONGEST_LIST", 100)
    with pytest.raises(AppError, match="over 11 files"):
        read_zip(path)


def test_only_what_readers_look_at_is_unpacked_and_of_a_picture_its_head(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "_HEAD", 10)
    monkeypatch.setattr(archives, "_MOST_PICTURES", 1)
    archives.unpack(
        packed(tmp_path / "a.zip", {"a.JPG": b"1" * 50, "b.png": b"2", "c.txt": b"3" * 50, "d.exe": b"4"}),
        tmp_path,
        SILENT,
    )
    assert (tmp_path / "a.JPG").stat().st_size == 10
    assert not (tmp_path / "b.png").exists()
    assert not (tmp_path / "d.exe").exists()
    assert (tmp_path / "c.txt").stat().st_size == 50


def encrypted(data: bytes) -> bytes:
    for at in (it for it in range(len(data)) if data[it : it + 4] in {b"PK\1\2", b"PK\3\4"}):
        flags = at + (8 if data[at : at + 4] == b"PK\1\2" else 6)
        data = data[:flags] + bytes([data[flags] | 1]) + data[flags + 1 :]
    return data


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (encrypted, "is encrypted"),
        (lambda data: data[:40] + b"\xff" * 40 + data[80:], "damaged archive"),
        (lambda data: data.replace(b"\x08\x00", b"\x63\x00"), "damaged archive, or of an unusual kind"),
    ],
)
def test_archives_that_cannot_be_unpacked_are_refused_in_words(tmp_path, change, said):
    path = packed(tmp_path / "a.zip", {"gt/gt.txt": "".join(f"{n},1,2,3,4,5,1,1,1\n" for n in range(1, 200))})
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(AppError, match=said):
        read_zip(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_comes_twice_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as target:
        target.writestr("a.txt", "1")
        target.writestr("a.txt", "2")
    with pytest.raises(AppError, match="a file twice"):
        read_zip(tmp_path / "a.zip")


@pytest.mark.parametrize("cut", [0, 1, 30, 100, -30, -1])
def test_what_is_called_an_archive_and_is_none_is_refused(tmp_path, cut):
    whole = packed(tmp_path / "b.zip", {"gt/gt.txt": "1,1,2,3,4,5,1,1,1\n"}).read_bytes()
    (tmp_path / "a.zip").write_bytes(whole[:cut])
    with pytest.raises(AppError, match=r"a\.zip"):
        read_zip(tmp_path / "a.zip")


def test_archives_of_nothing_and_of_archives(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as target:
        target.writestr("a.txt", "x")
    for contents in ({}, {"inner.zip": inner.getvalue()}, {"notes.md": "x"}):
        with pytest.raises(AppError, match="holds nothing in a format that is known"):
            read_zip(packed(tmp_path / "a.zip", contents))


def test_the_own_format_of_datumaro_is_refused_with_what_to_do(tmp_path):
    content = {"dm_format_version": "1.0", "infos": {}, "categories": {"label": {"labels": []}}, "items": []}
    path = packed(tmp_path / "a.zip", {"annotations/default.json": json.dumps(content)})
    with pytest.raises(AppError, match=r"default\.json is in Datumaro's own format: export it as COCO"):
        read_zip(path)


def test_a_folder_with_two_formats_says_so(tmp_path):
    for name in ("mot", "yolo"):
        write_as(name, small_project(), tmp_path / name)
        shutil.copytree(tmp_path / name, tmp_path / "both", dirs_exist_ok=True)
    found, read = read_zip(tmp_path / "both")
    assert found.name == "mot"
    assert read.notes[-1] == "It also looks like YOLO (Ultralytics): choose that format if it is meant."

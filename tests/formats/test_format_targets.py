"""Targets on the command line, and disks and folders that do not take an export."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from format_fixtures import small_project, write_as
from hypothesis import given
from hypothesis import strategies as st

from app.document.model import Sequence
from app.errors import AppError
from app.formats.export import export_project
from app.formats.options import ExportOptions
from app.formats.registry import FORMATS, parse_target
from app.formats.selection import Selection
from app.formats.sequence_names import folder_names


def files_in(folder: Path) -> dict[str, bytes]:
    return {it.relative_to(folder).as_posix(): it.read_bytes() for it in folder.rglob("*") if it.is_file()}


def test_targets():
    target = parse_target("coco:a:b/out.json")
    assert (target.format.name, target.path) == ("coco", Path("a:b/out.json"))
    assert parse_target("MOT:out").format.name == "mot"
    with pytest.raises(AppError, match="choose one of coco, "):
        parse_target("xyz:out")
    for text in ("coco", "coco:", "", ":out"):
        with pytest.raises(AppError, match=r"FORMAT:PATH|no format"):
            parse_target(text)


def test_an_export_replaces_an_earlier_one_and_says_what_is_lost(tmp_path):
    for text in (f"coco:{tmp_path}/out.json", f"mot:{tmp_path}/mot"):
        said = export_project(small_project(), parse_target(text))
        before = files_in(tmp_path)
        assert export_project(small_project(), parse_target(text)) == said
        assert bool(said) == text.startswith("mot")
        assert files_in(tmp_path) == before
    assert sorted(it.name for it in tmp_path.iterdir()) == ["mot", "out.json"]


@pytest.mark.parametrize("known", FORMATS, ids=lambda it: it.name)
def test_where_nothing_can_be_written_nothing_changes(tmp_path, known):
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "mine.txt").write_text("mine")
    before = sorted(tmp_path.rglob("*"))
    for name, said in (("missing/out", "no folder"), ("folder", r"is a folder|other files")):
        with pytest.raises(AppError, match=said):
            write_as(known, small_project(), tmp_path / name)
    if known.kind.value == "folder":
        with pytest.raises(AppError, match="is a file"):
            write_as(known, small_project(), tmp_path / "file")
    assert sorted(tmp_path.rglob("*")) == before


def test_pictures_that_were_put_into_an_export_are_not_deleted(tmp_path):
    write_as("mot", small_project(), tmp_path / "mot")
    (tmp_path / "mot" / "clip" / "img1").mkdir()
    (tmp_path / "mot" / "clip" / "img1" / "000001.jpg").write_bytes(b"x")
    before = files_in(tmp_path)
    with pytest.raises(AppError, match="other files than an earlier export"):
        write_as("mot", small_project(), tmp_path / "mot")
    assert files_in(tmp_path) == before


@pytest.mark.parametrize("known", FORMATS, ids=lambda it: it.name)
@pytest.mark.parametrize(
    ("number", "said"), [(errno.ENOSPC, "is full"), (errno.EACCES, "may not be written"), (errno.EIO, "could not be")]
)
def test_a_failing_disk_leaves_the_earlier_export(tmp_path, monkeypatch, known, number, said):
    write_as(known, small_project(), tmp_path / "out")
    before = files_in(tmp_path)

    def fail(*arguments: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Selection, "shown", fail)
    with pytest.raises(AppError, match=said):
        write_as(known, small_project(), tmp_path / "out", ExportOptions(frame_step=2))
    assert files_in(tmp_path) == before
    assert [it.name for it in tmp_path.iterdir()] == ["out"]


def test_a_move_that_fails_puts_the_earlier_export_back(tmp_path, monkeypatch):
    known = "mot"
    write_as(known, small_project(), tmp_path / "out")
    before = files_in(tmp_path)
    rename = Path.rename

    def fail_once(self: Path, target: Path) -> Path:
        if Path(target).name == "out":
            monkeypatch.setattr(Path, "rename", rename)
            raise OSError(errno.EIO, "broken")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_once)
    with pytest.raises(AppError, match="broken"):
        write_as(known, small_project(), tmp_path / "out", ExportOptions(frame_step=2))
    assert files_in(tmp_path) == before


@given(st.lists(st.text(max_size=8) | st.sampled_from(["a", "A", "a.", "con", "a_2", "ß", "SS"]), max_size=8))
def test_folder_names_are_safe_and_unique(given_names):
    sequences = [Sequence(number, name, "", 1, 1, 1, 1.0) for number, name in enumerate(given_names, start=1)]
    made = folder_names(sequences, taken=("seqmaps",))
    assert len({it.casefold() for it in made.values()}) == len(sequences)
    for name in made.values():
        assert name
        assert not set(name) & set('/\\:*?"<>|%\n\0 ')
        assert name[0] not in ".-" or name[0] == "-"
        assert not name.endswith(".")
        assert name.casefold() not in {"seqmaps", "con", "nul"}
        assert len(name.encode()) < 255


def test_unlikely_options_are_refused():
    for wrong in ({"frame_step": 0}, {"first_frame": -1}, {"minimum_score": 2}, {"minimum_visibility": -1}):
        with pytest.raises(ValueError, match="ExportOptions"):
            ExportOptions(**wrong)

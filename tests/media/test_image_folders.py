"""Folders of pictures: their order, every kind of pixel, and what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from coded_video import number_on, painted
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.errors import AppError
from app.media import image_folder
from app.media.fingerprint import fingerprint
from app.media.frame_source import OpeningCancelledError
from app.media.image_files import natural_key
from app.media.open_source import describe_source, open_source


def _save(path: Path, number: int, **options: object) -> None:
    Image.fromarray(painted(number)).save(path, **options)


def test_natural_order_and_missing_numbers(tmp_path: Path) -> None:
    names = ["frame 1.png", "frame 2.png", "frame 10.JPG", "frame 11.webp", "frame 100.tif", "Frame 101.bmp"]
    for number, name in enumerate(names):
        _save(tmp_path / name, number)
    (tmp_path / "notes.txt").write_text("not a picture")
    (tmp_path / "._frame 1.png").write_bytes(b"left by a Mac")
    (tmp_path / "folder.png").mkdir()
    source = open_source(tmp_path)
    assert [number_on(source.read(index)) for index in range(source.frame_count)] == list(range(6))
    assert source.time_of(5) == pytest.approx(5 / source.fps)
    assert not source.read(2).flags.writeable
    with pytest.raises(IndexError):
        source.read(6)
    source.close()


@given(numbers=st.lists(st.integers(0, 10**12), min_size=2, unique=True))
def test_numbers_in_names_are_compared_as_numbers(numbers: list[int]) -> None:
    ordered = sorted((f"a{number}.png" for number in numbers), key=natural_key)
    assert [int(name[1:].removesuffix(".png")) for name in ordered] == sorted(numbers)


def test_the_order_of_names_that_differ_in_little() -> None:
    names = [f"{it}.png" for it in ["01", "1", "1a", "a0", "A1", "a1", "a1b2", "a1b10", "a2", "a", "ab"]]
    backwards = names[::-1]
    assert sorted(backwards, key=natural_key) == names


@given(names=st.lists(st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1)))
def test_any_names_have_one_order(names: list[str]) -> None:
    files = [f"{name}.png" for name in names]
    backwards = files[::-1]
    assert sorted(files, key=natural_key) == sorted(backwards, key=natural_key)


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "1", "CMYK"])
def test_every_mode_becomes_rgb(tmp_path: Path, mode: str) -> None:
    suffix = "tif" if mode == "CMYK" else "png"
    Image.fromarray(painted(5)).convert(mode).save(tmp_path / f"1.{suffix}")
    source = open_source(tmp_path)
    frame = source.read(0)
    assert frame.shape == (96, 128, 3)
    assert frame.dtype == np.uint8
    assert number_on(frame) == 5
    source.close()


@pytest.mark.parametrize("suffix", ["png", "tif"])
def test_sixteen_bits_keep_their_proportions(tmp_path: Path, suffix: str) -> None:
    deep = np.arange(0, 65536, 64, dtype=np.uint16).reshape(32, 32)
    Image.fromarray(deep).save(tmp_path / f"1.{suffix}")
    source = open_source(tmp_path)
    np.testing.assert_array_equal(source.read(0), np.repeat((deep >> 8).astype(np.uint8)[:, :, None], 3, axis=2))
    source.close()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", ["jpg", "png", "webp"])
def test_exif_rotation(tmp_path: Path, orientation: int, suffix: str) -> None:
    upright = Image.fromarray(painted(9))
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = upright.transpose(undo[orientation]) if orientation in undo else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored.save(tmp_path / f"1.{suffix}", exif=exif)
    source = open_source(tmp_path)
    assert (source.width, source.height) == (128, 96)
    assert number_on(source.read(0)) == 9
    source.close()


def test_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "readme.txt").write_text("no pictures here")
    with pytest.raises(AppError, match="holds no pictures"):
        open_source(tmp_path)


def test_mixed_sizes_name_the_picture(tmp_path: Path) -> None:
    for number in range(3):
        _save(tmp_path / f"{number}.png", number)
    Image.new("RGB", (64, 64)).save(tmp_path / "3.png")
    with pytest.raises(AppError, match=r"3\.png is 64 x 64 pixels but 0\.png is 128 x 96"):
        open_source(tmp_path)


def test_damaged_pictures_are_named(tmp_path: Path) -> None:
    for number in range(3):
        _save(tmp_path / f"{number}.jpg", number)
    whole = (tmp_path / "1.jpg").read_bytes()
    (tmp_path / "1.jpg").write_bytes(whole[: len(whole) // 2])
    source = open_source(tmp_path)
    with pytest.raises(AppError, match=r"1\.jpg cannot be read"):
        source.read(1)
    assert number_on(source.read(2)) == 2
    (tmp_path / "2.jpg").unlink()
    with pytest.raises(AppError, match=r"2\.jpg is no longer there"):
        source.read(2)
    Image.new("RGB", (64, 64)).save(tmp_path / "2.jpg")
    with pytest.raises(AppError, match="64 x 64"):
        source.read(2)
    source.close()
    (tmp_path / "0.jpg").write_text("not a picture")
    with pytest.raises(AppError, match=r"0\.jpg cannot be read"):
        open_source(tmp_path)


def test_absurd_header_is_refused_before_memory_is_taken(tmp_path: Path) -> None:
    Image.new("RGB", (2, 2)).save(tmp_path / "1.bmp")
    data = bytearray((tmp_path / "1.bmp").read_bytes())
    data[18:26] = (100_000).to_bytes(4, "little") + (100_000).to_bytes(4, "little")
    (tmp_path / "1.bmp").write_bytes(data)
    with pytest.raises(AppError, match="too large"):
        open_source(tmp_path)


def test_opening_a_folder_can_be_cancelled(tmp_path: Path) -> None:
    for number in range(3):
        _save(tmp_path / f"{number}.png", number)
    with pytest.raises(OpeningCancelledError):
        open_source(tmp_path, None, lambda: True)
    progress: list[tuple[int, int]] = []
    open_source(tmp_path, lambda done, total: progress.append((done, total))).close()
    assert progress == [(0, 3)]


def test_giving_up_does_not_wait_for_the_whole_list(tmp_path: Path) -> None:
    for number in range(600):
        (tmp_path / f"{number}.txt").touch()
    asked = []
    for look_through in (open_source, fingerprint):
        asked.clear()
        with pytest.raises(OpeningCancelledError):
            look_through(tmp_path, cancelled=lambda: len(asked) > 1 or bool(asked.append(0)))
        assert len(asked) == 2


def test_a_moved_folder_is_recognised(tmp_path: Path) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    for number in range(20):
        _save(folder / f"{number}.png", number)
    source = open_source(folder)
    info = describe_source(folder, source)
    source.close()
    assert info.name == "here"
    assert info.file_size == sum(file.stat().st_size for file in folder.iterdir())
    moved = shutil.move(folder, tmp_path / "there")
    assert fingerprint(Path(moved)) == (info.file_size, info.fingerprint)
    (Path(moved) / "3.png").unlink()
    assert fingerprint(Path(moved))[1] != info.fingerprint


def test_a_folder_that_has_not_changed_is_looked_through_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        _save(tmp_path / f"{number}.png", number)
    first = open_source(tmp_path)
    looked: list[Path] = []
    look = image_folder.read_image_size

    def note(path: Path) -> tuple[int, int]:
        looked.append(path)
        return look(path)

    monkeypatch.setattr(image_folder, "read_image_size", note)
    again = open_source(tmp_path)
    assert looked == []
    assert (again.width, again.height, again.frame_count) == (first.width, first.height, 6)
    assert describe_source(tmp_path, again) == describe_source(tmp_path, first)
    Image.new("RGB", (33, 44)).save(tmp_path / "3.png")
    with pytest.raises(AppError, match="33 x 44"):
        open_source(tmp_path)
    _save(tmp_path / "3.png", 3)
    _save(tmp_path / "6.png", 6)
    looked.clear()
    assert open_source(tmp_path).frame_count == 7
    assert len(looked) >= 7


@pytest.mark.parametrize("written", ["", "0 0", "x y", "128"])
def test_what_the_cache_of_folders_says_is_not_believed_blindly(
    tmp_path: Path, private_home: Path, written: str
) -> None:
    _save(tmp_path / "0.png", 0)
    size = open_source(tmp_path).width
    (kept,) = (private_home / "dimple" / "picture-folders").iterdir()
    kept.write_text(written)
    assert open_source(tmp_path).width == size

"""A short run of ``python -m bench.fuzz_files``, and what it has found so far."""

from __future__ import annotations

import io
import zipfile

import numpy as np
import pytest

from app.media.video_index import FrameIdentity, VideoIndex
from bench.fuzz_files import TARGETS, fuzz


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize("target", TARGETS, ids=lambda it: it.name)
def test_damaged_files_are_read_or_refused_in_words(target):
    tally = fuzz(target, 8, seed=3)
    assert not tally.bugs, "\n".join(tally.bugs)
    assert tally.imported + tally.refused == 8
    assert tally.refused or target.name == "salvaged.dimple", "the damage reaches the reader"


def index_file(path, change) -> None:
    numbers = np.arange(400, dtype=np.int64) ** 2
    VideoIndex(FrameIdentity.PRESENTATION_TIME, numbers, numbers[:1], numbers[:1], 0.04, 25.0, 64, 48).save(path)
    path.write_bytes(change(bytearray(path.read_bytes())))


def broken_deflate(data: bytearray) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = archive.infolist()[0]
    start = name.header_offset + 30 + len(name.filename) + 20
    data[start : start + 40] = b"\xff" * 40
    return bytes(data)


def said_to_be_encrypted(data: bytearray) -> bytes:
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize("change", [broken_deflate, said_to_be_encrypted])
def test_a_damaged_frame_index_is_made_anew(tmp_path, change):
    """Found by the fuzzer: zlib's and zipfile's own exceptions ended the opening of the video."""
    index_file(tmp_path / "index.npz", bytes)
    assert VideoIndex.load(tmp_path / "index.npz") is not None
    index_file(tmp_path / "index.npz", change)
    assert VideoIndex.load(tmp_path / "index.npz") is None

"""All frames of a video by every way in which a person may come to them."""

from __future__ import annotations

import random
import zlib
from pathlib import Path

from app.errors import AppError
from app.media import video_indexing
from app.media.frame_stepper import FrameStepper
from app.media.video_decoder import VideoDecoder
from app.media.video_index import VideoIndex
from app.media.video_source import VideoSource


def said(source: VideoSource, index: int) -> int | str:
    """Checksum of a frame, or the sentence in its place."""
    try:
        return zlib.crc32(source.read(index).tobytes())
    except AppError as error:
        return str(error)


def in_leaps(path: Path, index: VideoIndex) -> list[int | str]:
    """Frames in no order, each sought afresh with what no other frame is made from left out on the way."""
    source = VideoSource(path, index)
    source._stepper.close()
    source._stepper = FrameStepper(VideoDecoder(path), index, 0, in_leaps=True)
    found = {}
    for number in random.Random(7).sample(range(index.frame_count), index.frame_count):
        found[number] = said(source, number)
        source._stepper.forget()
    source.close()
    return [found[number] for number in range(index.frame_count)]


def by_every_way(path: Path, seed: int) -> tuple[VideoIndex, list[list[int | str]]] | None:
    """Frames read on, backward with nothing kept, and in no order; None where the file is refused."""
    try:
        index = video_indexing.build_index(path, lambda *_: None, lambda: False)
    except AppError:
        return None
    count = index.frame_count
    shuffled = random.Random(seed).sample(range(count), count)
    ways = []
    for order, forgets in ((range(count), False), (reversed(range(count)), True), (shuffled, False)):
        source, found = VideoSource(path, index), {}
        for number in order:
            if forgets:
                source._stepper.forget()
            found[number] = said(source, number)
        source.close()
        ways.append([found[number] for number in range(count)])
    return index, ways

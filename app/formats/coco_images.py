"""The images of a COCO file: their size, and which frame of which video or folder each of them is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from app.errors import AppError
from app.formats.json_record import JsonRecord
from app.formats.options import ImportOptions
from app.formats.picture_frames import PictureFrame, picture_frames

_FRAME_FIELDS = ("source_frame", "frame_index", "frame_id")


@dataclass(frozen=True, slots=True)
class CocoImage:
    """One picture of the file, in its own numbers.

    Attributes:
        place: In words.
        video: Its video; None where the file has pictures and no videos.
        frame: None where the file does not number frames.
        file: Without its ending, where there is no video.
        width: In pixels.
        height: In pixels.
    """

    place: str
    video: int | None
    frame: int | None
    file: PurePosixPath
    width: int
    height: int

    @property
    def folder(self) -> str:
        """Of the file; empty for none."""
        parent = str(self.file.parent)
        return "" if parent == "." else parent


@dataclass(frozen=True, slots=True)
class FramesByFile:
    """Which frames the names of files mean.

    Attributes:
        frames: Id of the image -> folder and frame.
        base: Number that was taken for the first frame; None where there is none.
        notes: What the person should know.
    """

    frames: dict[int, PictureFrame]
    base: int | None
    notes: list[str]


def read_image(record: JsonRecord, options: ImportOptions) -> CocoImage:
    """One item of ``images``.

    Raises:
        AppError: It is not of this format; the sentence names the field.
    """
    video = record.integer("video_id") if "video_id" in record else None
    frame = next((record.integer(key) for key in _FRAME_FIELDS if key in record), None)
    file = PurePosixPath(record.text("file_name").replace("\\", "/") if video is None else "")
    source = options.source
    tells_no_size = "width" not in record and "height" not in record
    size = (source.width, source.height) if source is not None and tells_no_size else read_size(record)
    return CocoImage(record.place, video, frame, file.parent / file.stem, *size)


def read_size(record: JsonRecord) -> tuple[int, int]:
    """Width and height.

    Raises:
        AppError: There is none, or an impossible one.
    """
    if "width" not in record and "height" not in record:
        raise AppError("{0} does not tell its size: add 'width' and 'height', or choose the video.", record.place)
    width, height = record.integer("width"), record.integer("height")
    if not (1 <= width < 2**31 and 1 <= height < 2**31):
        raise record.wrong("height" if 1 <= width < 2**31 else "width", "a number of pixels")
    return width, height


def frames_without_videos(images: Mapping[int, CocoImage], options: ImportOptions) -> FramesByFile:
    """Frames of the pictures that belong to no video.

    A folder is one video. Its frames are counted in the order of the file where names do not all end in different
    numbers behind the same text.
    """
    folders: dict[str, dict[int, CocoImage]] = {}
    for number, image in images.items():
        if image.video is None:
            folders.setdefault(image.folder, {})[number] = image
    named = picture_frames({str(it.file) for inside in folders.values() for it in inside.values()}, options)
    frames: dict[int, PictureFrame] = {}
    for folder, inside in folders.items():
        found = {number: named.frames[str(it.file)] for number, it in inside.items()}
        if named.base is None:
            frames |= found
        elif _are_numbered(found.values()):
            frames |= {number: PictureFrame(folder, it.frame) for number, it in found.items()}
        else:
            frames |= {number: PictureFrame(folder, frame) for frame, number in enumerate(inside)}
    return FramesByFile(frames, named.base if folders else None, named.notes)


def _are_numbered(every: Collection[PictureFrame]) -> bool:
    return len({it.group for it in every}) == 1 and len({it.frame for it in every}) == len(every)

"""COCO, TAO and COCO-VID files -> ``Project``; read item by item, in whatever order their lists come."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.document.model import MAX_FRAMES, Attribute, AttributeValue, Category, Project, Sequence, Track
from app.errors import AppError
from app.formats.box_rows import BoxRows, Outside, RepeatedBoxError, outside_keyframes, track_layers
from app.formats.coco_attributes import fitting, inferred_definitions, plain_value, put_into, read_definitions
from app.formats.coco_file import CocoFile, first_frame_number, read_file
from app.formats.coco_images import frames_without_videos, read_size
from app.formats.format import ImportedProject
from app.formats.ids import Ids
from app.formats.json_record import JsonRecord
from app.formats.options import ImportOptions
from app.formats.progress import Progress
from app.spoken import spoken

_FPS = 30.0
"""Of a file that says nothing."""


def read_coco(path: Path, options: ImportOptions, progress: Progress) -> ImportedProject:
    """Read one file.

    Boxes marked as keyframes become Keyframes, all others tracked boxes. Annotations without a track id become a
    Track each; images without a video belong to one Sequence per folder.

    Args:
        path: The JSON file.
        options: Bases, where the person knows better than the format.
        progress: Told how far it is.

    Raises:
        AppError: The file is not of this format; the sentence names the place.
        CancelledError: The person gave up.
    """
    file = read_file(path, options, progress)
    notes: list[str] = []
    frame_base = options.frame_base
    if frame_base is None:
        frame_base = first_frame_number(file)
        if frame_base:
            notes.append(
                spoken("{0} numbers the frames of each video from 1: frame 1 was taken for the first.", path.name)
            )
    building = _Building(file, path, frame_base, options, notes)
    project = building.project()
    return ImportedProject(project, building.frame_base, options.box_base or 0, notes)


class _Building:
    """Makes a Project out of what the file says.

    Attributes:
        frame_base: Number that was taken for the first frame; None where names of pictures left no choice.
    """

    def __init__(self, file: CocoFile, path: Path, frame_base: int, options: ImportOptions, notes: list[str]) -> None:
        self._file = file
        self._path = path
        self.frame_base: int | None = frame_base
        self._frame_base = frame_base
        self._options = options
        self._notes = notes
        self._project = Project()
        self._categories: dict[int, int] = {}
        self._sequences: dict[int | str, Sequence] = {}
        self._ids = Ids()
        self._attributes: dict[str, Attribute] = {}
        self._outside: dict[tuple[int | str, int], Outside] = {}
        self._lost_values = 0

    def project(self) -> Project:
        self._add_categories()
        self._attributes = read_definitions(self._file.attributes, self._categories)
        self._add_sequences()
        places = self._place_images()
        described = self._describe_tracks()
        self._add_tracks(places, described)
        return self._project

    def _add_categories(self) -> None:
        ids, names = Ids(), set[str]()
        for record in self._file.categories:
            number, name = record.integer("id"), record.text("name")
            if number in self._categories:
                raise record.wrong("id", "an id of its own")
            if name in names or not name:
                name = _free_name(name or "category", names)
                self._notes.append(spoken("{0} has no name of its own: it became {1}.", record.place, name))
            names.add(name)
            own = self._categories[number] = ids.take(number)
            self._project.categories[own] = Category(own, name)

    def _add_sequences(self) -> None:
        for record in self._file.videos:
            number = record.integer("id")
            if number in self._sequences:
                raise record.wrong("id", "an id of its own")
            fps = record.number("fps", _FPS)
            if fps <= 0:
                raise record.wrong("fps", "a number above 0")
            name = record.record("metadata").text("source", record.text("name", str(number)))
            self._sequences[number] = Sequence(0, name, "", 1, *read_size(record), fps)
        for record in self._file.info.records("sources", required=False):
            sequence = self._sequences.get(record.integer("video_id"))
            if sequence is not None:
                sequence.name = record.text("name", sequence.name)
                sequence.frame_count = _frame_count(record.place, record.integer("frame_count", 1))

    def _place_images(self) -> dict[int, tuple[int | str, int]]:
        """Image id -> video and our frame; Sequences grow to hold them, and get their ids."""
        places: dict[int, tuple[int | str, int]] = {}
        named = frames_without_videos(self._file.images, self._options)
        self._notes += named.notes
        if named.frames and not self._sequences:
            self.frame_base = named.base
        for number, image in self._file.images.items():
            video: int | str = named.frames[number].group if image.video is None else image.video
            sequence = self._sequences.get(video)
            if sequence is None:
                if image.video is not None:
                    raise AppError("{0} has {1} for 'video_id', not the id of a video: correct it.", image.place, video)
                name = named.frames[number].group or self._path.stem
                sequence = self._sequences[video] = Sequence(0, name, "", 0, image.width, image.height, _FPS)
            if image.video is None:
                frame = named.frames[number].frame
            elif image.frame is None:
                raise AppError("{0} lacks 'frame_index', the number of its frame: add it.", image.place)
            else:
                frame = image.frame - self._frame_base
            sequence.frame_count = max(sequence.frame_count, _frame_count(image.place, frame + 1))
            places[number] = video, frame
        ids = Ids()
        for video, sequence in self._sequences.items():
            sequence.id = ids.take(video if isinstance(video, int) else None)
            self._project.sequences[sequence.id] = sequence
        return places

    def _describe_tracks(self) -> dict[tuple[int | str, int], Track]:
        described: dict[tuple[int | str, int], Track] = {}
        for record in self._file.tracks:
            video, number = record.integer("video_id"), record.integer("id")
            if video not in self._sequences:
                raise record.wrong("video_id", "the id of a video")
            if (video, number) in described:
                raise record.wrong("id", "an id of its own")
            category = self._categories.get(record.integer("category_id"))
            if category is None:
                raise record.wrong("category_id", "the id of a category")
            track = Track(self._ids.take(number), record.text("name", ""), category)
            outside = record.integers("outside_frames")
            if not all(0 <= frame < self._sequences[video].frame_count for frame in outside):
                raise record.wrong("outside_frames", "a list of frames of the video")
            told = record.record("outside_attributes")
            gone = {frame: self._known_values(told.record(str(frame))) for frame in outside}
            self._outside[video, number] = gone
            track.keyframes = outside_keyframes(gone)
            for key, attribute in self._attributes.items():
                value = record.record("attributes").fields.get(key)
                if value is not None and isinstance(value, str | float | bool) and attribute.accepts(value):
                    track.attributes[attribute.id] = value
            described[video, number] = self._sequences[video].tracks[track.id] = track
        return described

    def _known_values(self, record: JsonRecord) -> dict[int, AttributeValue]:
        """Of Attributes per frame that are defined, as far as these can have them."""
        values: dict[int, AttributeValue] = {}
        for key, attribute in self._attributes.items():
            value = plain_value(record.fields.get(key))
            if value is not None and attribute.per_frame and attribute.accepts(value):
                values[attribute.id] = value
        return values

    def _add_tracks(
        self, places: dict[int, tuple[int | str, int]], described: dict[tuple[int | str, int], Track]
    ) -> None:
        annotations = self._file.annotations
        videos, frames = self._videos_and_frames(places)
        rows = self._rows(videos, frames)
        constant = self._columns(rows.tracks, per_frame=False)
        names = list(self._sequences)
        has_track, named, categories = annotations.has_track, annotations.tracks, annotations.categories
        mixed = 0
        try:
            for layers in track_layers(rows):
                row = int(layers.rows[0])
                video = names[videos[row]]
                track = described.get((video, int(named[row]))) if has_track[row] else None
                if track is None:
                    category = self._categories[int(categories[row])]
                    track = Track(self._ids.take(int(named[row]) if has_track[row] else None), "", category)
                    self._sequences[video].tracks[track.id] = track
                mixed += int((categories[layers.rows] != categories[row]).sum())
                track.keyframes, track.boxes = layers.keyframes, layers.boxes
                for number, column in constant.items():
                    value = next((it for it in column[layers.rows].tolist() if it is not None), None)
                    if value is not None:
                        track.attributes[number] = value
                track.attributes = dict(sorted(track.attributes.items()))
        except RepeatedBoxError as error:
            raise AppError(
                "{0} is a second box of track {1} on frame {2}: remove one of them.",
                self._place(error.row),
                named[error.row],
                frames[error.row] + self._frame_base,
            ) from error
        self._note(mixed)

    def _note(self, mixed: int) -> None:
        """Say what is odd about the annotations."""
        annotations = self._file.annotations
        if mixed:
            self._notes.append(
                spoken("{0:,} boxes have another category than their track: the track's was taken.", mixed)
            )
        untracked = int((~annotations.has_track).sum())
        if untracked:
            self._notes.append(spoken("{0:,} boxes name no track: each became a track of its own.", untracked))
        if annotations.outlines:
            self._notes.append(
                spoken("{0:,} outlines have no box: the boxes round them were taken.", annotations.outlines)
            )
        if annotations.groups:
            self._notes.append(spoken("{0:,} boxes are of groups of objects (iscrowd).", annotations.groups))
        lost = self._lost_values + annotations.attributes.passed_over
        if lost:
            self._notes.append(
                spoken("{0:,} values of attributes are of a kind that none can have: they are left out.", lost)
            )

    def _videos_and_frames(
        self, places: dict[int, tuple[int | str, int]]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Of each annotation: place of its video among the Sequences, and its frame in our numbers."""
        annotations = self._file.annotations
        index = self._found(annotations.images, np.array(list(places), dtype=np.int64), "image_id", "an image")
        known = np.array(list(self._categories), dtype=np.int64)
        self._found(annotations.categories, known, "category_id", "a category")
        numbers = {video: number for number, video in enumerate(self._sequences)}
        videos = np.array([numbers[video] for video, _ in places.values()], dtype=np.int64)
        frames = np.array([frame for _, frame in places.values()], dtype=np.int64)
        return videos[index], frames[index]

    def _rows(self, videos: npt.NDArray[np.int64], frames: npt.NDArray[np.int64]) -> BoxRows:
        """All columns, Tracks numbered anew over all videos."""
        annotations = self._file.annotations
        own = np.where(annotations.has_track, annotations.tracks, np.arange(len(frames)))
        found, tracks = np.unique(np.stack([videos, ~annotations.has_track, own]), axis=1, return_inverse=True)
        tracks = tracks.reshape(-1).astype(np.int64)
        names = list(self._sequences)
        outside = {
            number: self._outside.get((names[video], track), {}) if not untracked else {}
            for number, (video, untracked, track) in enumerate(found.T.tolist())
        }
        return BoxRows(
            tracks,
            frames,
            annotations.boxes - np.array([self._options.box_base or 0, self._options.box_base or 0, 0, 0]),
            annotations.scores,
            annotations.statuses,
            annotations.keyframes,
            annotations.occluded,
            np.clip(annotations.visibility, 0.0, 1.0),
            self._columns(tracks, per_frame=True),
            outside,
        )

    def _columns(self, tracks: npt.NDArray[np.int64], *, per_frame: bool) -> dict[int, npt.NDArray[np.object_]]:
        """Attribute id -> values by row, of one of the two kinds; what has no definition gets one."""
        columns = self._file.annotations.attributes
        self._attributes = inferred_definitions(columns, tracks, self._attributes)
        put_into(self._project, self._attributes)
        found = {}
        for key, attribute in self._attributes.items():
            if attribute.per_frame is per_frame and key in columns.names:
                found[attribute.id], lost = fitting(columns.column(key, len(tracks)), attribute)
                self._lost_values += lost
        return found

    def _found(
        self, wanted: npt.NDArray[np.int64], known: npt.NDArray[np.int64], key: str, what: str
    ) -> npt.NDArray[np.int64]:
        """Place of each wanted id among the known ones; a sentence for one that is not there."""
        order = np.argsort(known)
        if not len(known):
            missing = np.ones(len(wanted), dtype=np.bool_)
            places = np.zeros(len(wanted), dtype=np.int64)
        else:
            places = order[np.minimum(np.searchsorted(known, wanted, sorter=order), len(known) - 1)]
            missing = known[places] != wanted
        if missing.any():
            row = int(np.flatnonzero(missing)[0])
            raise JsonRecord({key: int(wanted[row])}, self._place(row)).wrong(key, f"the id of {what}")
        return places

    def _place(self, row: int) -> str:
        return f"{self._path.name}, annotations[{row}]"


def _frame_count(place: str, count: int) -> int:
    if not 1 <= count <= MAX_FRAMES:
        raise AppError("{0} is frame {1}: a sequence has 1 to {2} frames.", place, count - 1, MAX_FRAMES)
    return count


def _free_name(name: str, taken: set[str]) -> str:
    number = 2
    while f"{name} {number}" in taken:
        number += 1
    return f"{name} {number}"

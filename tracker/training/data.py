"""The data of a configuration: read, split into training and validation, and streamed as batches."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import torch
from torch.utils.data import DataLoader, Dataset, Sampler

from tracker.errors import TrackerError
from tracker.training.benchmark_layouts import read_got10k, read_lasot, read_mot, read_trackingnet
from tracker.training.coco_layout import read_coco_export
from tracker.training.config import DataConfig, TrainingConfig
from tracker.training.generated import generated_stills, generated_tracks
from tracker.training.item_maker import ItemMaker
from tracker.training.items import Batch, TrainingItem, collate
from tracker.training.layouts import read_otb, read_stills_csv, read_video_csv
from tracker.training.records import StillRecord, TrackRecord
from tracker.training.video_cache import VideoCache


@dataclass(frozen=True, slots=True)
class DataSplit:
    """Sequences and stills to learn from, and those held out."""

    tracks: list[TrackRecord]
    stills: list[StillRecord]
    held_out_tracks: list[TrackRecord]
    held_out_stills: list[StillRecord]


def load_split(config: DataConfig) -> DataSplit:
    """Reads all data of a configuration and holds out whole sequences by name and stills by the hash of theirs.

    Raises:
        TrackerError: if data is missing, or a held-out sequence doesn't exist (the split wouldn't be what it says).
    """
    if config.generated:
        return DataSplit(generated_tracks(8, 1), generated_stills(8, 2), generated_tracks(4, 3), generated_stills(4, 4))
    cache = VideoCache(Path(config.cache) / "video")
    tracks = [record for folder in config.videos for record in read_video_csv(_existing(folder), cache)]
    for folders, read in (
        (config.otb, read_otb),
        (config.got10k, read_got10k),
        (config.lasot, read_lasot),
        (config.trackingnet, read_trackingnet),
        (config.mot, read_mot),
    ):
        tracks += [record for folder in folders for record in read(_existing(folder))]
    tracks += [record for file in config.coco for record in read_coco_export(Path(file), cache)]
    stills = [record for folder in config.stills for record in read_stills_csv(_existing(folder))]
    names = {track.name for track in tracks}
    unknown = sorted(set(config.held_out) - names)
    if unknown:
        raise TrackerError(f"Held-out sequences that the data doesn't have: {', '.join(unknown)}.")
    held = set(config.held_out)
    every = config.held_out_stills
    held_stills = {still.path for still in stills if every and zlib.crc32(still.path.name.encode()) % every == 0}
    return DataSplit(
        [track for track in tracks if track.name not in held],
        [still for still in stills if still.path not in held_stills],
        [track for track in tracks if track.name in held],
        [still for still in stills if still.path in held_stills],
    )


def _existing(folder: str) -> Path:
    path = Path(folder)
    if not path.is_dir():
        raise TrackerError(f"The data folder {path.resolve()} doesn't exist; check [data] in the configuration.")
    return path


class ItemStream(Dataset[TrainingItem]):
    """Items by number; any process makes the same ones."""

    def __init__(self, maker: ItemMaker, seed: int) -> None:
        """Takes the maker and the seed of the stream."""
        self.maker = maker
        self.seed = seed

    def __getitem__(self, number: int) -> TrainingItem:
        return self.maker.make(self.seed, number)


class StepSampler(Sampler[list[int]]):
    """Numbers of the items of each step from ``first`` on: a resumed run goes on with the items it would have had."""

    def __init__(self, first: int, last: int, batch: int, rank: int = 0, world: int = 1) -> None:
        """Steps ``first`` to ``last`` (exclusive) of a run with ``world`` processes of ``batch`` items each."""
        self.first, self.last, self.batch, self.rank, self.world = first, last, batch, rank, world

    def __len__(self) -> int:
        return max(0, self.last - self.first)

    def __iter__(self) -> Iterator[list[int]]:
        for step in range(self.first, self.last):
            start = (step * self.world + self.rank) * self.batch
            yield list(range(start, start + self.batch))


def batches(maker: ItemMaker, config: TrainingConfig, sampler: StepSampler) -> DataLoader[Batch]:
    """The loader of a run's remaining steps."""
    workers = config.run.workers
    loader: DataLoader[Any] = DataLoader(
        ItemStream(maker, config.run.seed),
        batch_sampler=sampler,
        num_workers=workers,
        collate_fn=collate,
        worker_init_fn=_single_threaded,
        prefetch_factor=4 if workers else None,
    )
    return loader


def _single_threaded(_worker: int) -> None:
    cv2.setNumThreads(1)
    torch.set_num_threads(1)

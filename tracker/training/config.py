"""One frozen configuration a model, read from a TOML file. Every number of a run is in it."""

from __future__ import annotations

import dataclasses
import tomllib
import types
import typing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from tracker.errors import TrackerError

CONFIG_FOLDER = Path(__file__).parent / "configs"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DataConfig:
    """Where the data lies and what is held out.

    Attributes:
        generated: Use generated sequences (tests, CI) instead of files.
        videos: Folders of ``video.mp4`` + ``boxes.csv`` sequences.
        otb: Folders in OTB layout.
        got10k: Folders in GOT-10k layout.
        lasot: Folders in LaSOT layout.
        trackingnet: Folders in TrackingNet layout.
        mot: Folders in MOT Challenge layout.
        coco: COCO exports of DiMPLE (JSON files).
        stills: Folders of stills with ``boxes.csv``.
        cache: Folder for decoded videos and the frozen validation set.
        held_out: Names of sequences kept for validation.
        held_out_stills: One still in this many is kept for validation.
    """

    generated: bool = False
    videos: tuple[str, ...] = ()
    otb: tuple[str, ...] = ()
    got10k: tuple[str, ...] = ()
    lasot: tuple[str, ...] = ()
    trackingnet: tuple[str, ...] = ()
    mot: tuple[str, ...] = ()
    coco: tuple[str, ...] = ()
    stills: tuple[str, ...] = ()
    cache: str = "runs/cache"
    held_out: tuple[str, ...] = ()
    held_out_stills: int = 20


@dataclass(frozen=True, slots=True)
class ItemConfig:
    """What one training item is: spec sections 5.1-5.3, and how hard it is made.

    Attributes:
        crop_size: Side of a crop in pixels.
        area_factor: Side of the search area in target sizes.
        train_frames: Frames the filter is learned from.
        test_frames: Frames the losses are taken on.
        proposals: Candidate boxes a test frame for the IoU loss.
        gaps: Longest distance in frames between base frame and the others; one is drawn for each item.
        train_size_jitter: Standard deviation of the log size of the search area, train frames.
        test_size_jitter: The same, test frames.
        train_offset: Range of the search area's centre in target sizes, train frames.
        test_offset: The same, test frames.
        video: Share of items from video.
        still: Share of items from stills.
        cutout: Share of items made of masked cut-outs over other scenes.
        part: Probability that a still's target is a random part of the object.
        reverse: Probability that time runs backwards.
        distractors: Probability that look-alikes are pasted beside the target.
        repaste: Probability that a still's target is itself pasted onto another background.
        occluder: Probability of an occluder on a test frame.
        absent: Probability that a test frame doesn't hold the target.
        photometric: Strength of the colour, blur, noise and JPEG changes; 0 for none.
    """

    crop_size: int = 256
    area_factor: float = 4.5
    train_frames: int = 2
    test_frames: int = 2
    proposals: int = 16
    gaps: tuple[int, ...] = (30, 30, 60, 100, 200)
    train_size_jitter: float = 0.25
    test_size_jitter: float = 0.5
    train_offset: float = 2.7
    test_offset: float = 4.05
    video: float = 0.45
    still: float = 0.30
    cutout: float = 0.25
    part: float = 0.3
    reverse: float = 0.5
    distractors: float = 0.65
    repaste: float = 0.3
    occluder: float = 0.15
    absent: float = 0.03
    photometric: float = 1.0


@dataclass(frozen=True, slots=True)
class RateConfig:
    """Learning rates of the parts, Adam's rules and the schedule (counted in steps).

    Attributes:
        trunk: Rate of the trained part of the trunk.
        trunk_from: First trunk stage that is trained: how much is frozen below; -1 freezes the whole trunk.
        head: Classification head.
        initializer: Filter initialiser.
        tables: Label, mask and weight tables and the step length.
        regularization: ``filter_reg``: it collapses at the tables' rate.
        iou: IoU-Net.
        schedule: "cosine" down to ``final`` of the rates, or "steps": times ``decay`` every ``decay_every`` steps.
        warmup: Steps of linear warm-up.
        final: Last rate as a share of the first (cosine).
        decay: Factor of the step schedule.
        decay_every: Steps between two decays.
        clip: Largest gradient norm; 0: no clipping.
        ema: Decay of the running average of the weights that is exported; 0: none.
    """

    trunk: float = 5e-5
    trunk_from: int = 5
    head: float = 3e-4
    initializer: float = 1e-4
    tables: float = 3e-3
    regularization: float = 3e-4
    iou: float = 1e-3
    schedule: str = "cosine"
    warmup: int = 50
    final: float = 0.05
    decay: float = 0.2
    decay_every: int = 0
    clip: float = 60.0
    ema: float = 0.998


@dataclass(frozen=True, slots=True)
class LossConfig:
    """Weights of the losses (spec section 5.4).

    Attributes:
        classification: Weight of the sum of the losses of all iterates.
        iou: Weight of the mean squared IoU error.
        contrast: Further weight, within it, of errors that differ between the proposals of one frame.
        ascent: Weight of the error of the proposals after each step of the ascent (`climb.py`).
        ascent_steps: Steps of the ascent.
        iterations: Unrolled optimizer steps.
        label_sigma: Standard deviation of the training label in score cells.
        label_threshold: Cells with a label below this one count as background.
    """

    classification: float = 100.0
    iou: float = 2.0
    contrast: float = 0.0
    ascent: float = 0.0
    ascent_steps: int = 3
    iterations: int = 5
    label_sigma: float = 0.9
    label_threshold: float = 0.05


@dataclass(frozen=True, slots=True)
class RunConfig:
    """How long, how often, where.

    Attributes:
        steps: Length of the run in optimizer steps.
        batch: Sequences a step and process.
        seed: Decides every random number of data and start weights.
        workers: Loader processes.
        threads: Threads of the trainer; 1 is fastest on a shared machine (docs/training.md).
        validate_every: Steps between two validations.
        checkpoint_minutes: Most wall time that a kill may lose.
        log_every: Steps averaged in one line of the log.
        easy_items: Size of the easy validation set.
        hard_items: Size of the hard validation set.
        accelerator: Lightning Fabric's accelerator.
        devices: Processes or GPUs.
        precision: Lightning Fabric's precision.
    """

    steps: int = 3000
    batch: int = 8
    seed: int = 0
    workers: int = 1
    threads: int = 1
    validate_every: int = 250
    checkpoint_minutes: float = 4.0
    log_every: int = 20
    easy_items: int = 128
    hard_items: int = 160
    accelerator: str = "cpu"
    devices: int = 1
    precision: str = "32-true"


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """Everything of a run.

    Attributes:
        name: Name of the configuration.
        network: Architecture that `tracker.network` builds.
        start: Model file to start from; "" for random weights.
        warm_start: File with raw weights and Adam's moments of an earlier run (`tracker.training.export --compact`).
        data: Data.
        items: Items.
        loss: Losses.
        rates: Rates.
        run: Run.
    """

    name: str
    network: str
    start: str = ""
    warm_start: str = ""
    data: DataConfig = field(default_factory=DataConfig)
    items: ItemConfig = field(default_factory=ItemConfig)
    loss: LossConfig = field(default_factory=LossConfig)
    rates: RateConfig = field(default_factory=RateConfig)
    run: RunConfig = field(default_factory=RunConfig)


def load_config(name_or_path: str, overrides: list[str] | None = None) -> TrainingConfig:
    """A configuration by name (``configs/NAME.toml``) or path, with ``section.key=value`` overrides on top.

    Raises:
        TrackerError: if there is no such file, or a key or value doesn't fit.
    """
    path = Path(name_or_path) if name_or_path.endswith(".toml") else CONFIG_FOLDER / f"{name_or_path}.toml"
    if not path.exists():
        known = ", ".join(sorted(file.stem for file in CONFIG_FOLDER.glob("*.toml")))
        raise TrackerError(f"There is no training configuration {path}; known ones: {known}.")
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise TrackerError(f"{path} is not valid TOML: {error}.") from error
    for override in overrides or []:
        _apply_override(table, override)
    return build(TrainingConfig, {"name": path.stem, **table}, str(path))


def _apply_override(table: dict[str, Any], override: str) -> None:
    key, equals, text = override.partition("=")
    *sections, last = key.strip().split(".")
    try:
        value = tomllib.loads(f"value = {text}")["value"] if equals else None
    except tomllib.TOMLDecodeError:
        value = text
    if value is None:
        raise TrackerError(f"'{override}' is not of the form section.key=value.")
    for section in sections:
        table = table.setdefault(section, {})
    table[last] = value


def build(kind: type[T], table: dict[str, Any], where: str) -> T:
    """A dataclass from a table, nested tables included; unknown keys and wrong types are refused.

    Raises:
        TrackerError: naming the key and the file.
    """
    hints = typing.get_type_hints(kind)
    known = {item.name for item in dataclasses.fields(kind)}  # type: ignore[arg-type]  # T is always a dataclass
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            raise TrackerError(f"{where}: unknown key '{key}' in {kind.__name__}.")
        hint = hints[key]
        if dataclasses.is_dataclass(hint):
            values[key] = build(typing.cast("type[Any]", hint), value, where)
        else:
            values[key] = _converted(value, hint, f"{where}: {key}")
    try:
        return kind(**values)
    except TypeError as error:
        raise TrackerError(f"{where}: {error}.") from error


def _converted(value: object, hint: object, where: str) -> object:
    if isinstance(hint, types.GenericAlias) and isinstance(value, list):
        (element, _) = typing.get_args(hint)
        return tuple(_converted(item, element, where) for item in value)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(hint, type) and isinstance(value, hint) and (hint is bool or not isinstance(value, bool)):
        return value
    raise TrackerError(f"{where} must be {hint}, not {value!r}.")

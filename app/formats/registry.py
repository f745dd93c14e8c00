"""All formats: our own and those of plugins, and how the command line names one: ``coco:out.json``."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from app.errors import AppError
from app.formats.coco import CocoFormat
from app.formats.csv_table import CsvFormat
from app.formats.cvat import CvatFormat
from app.formats.format import Format, Reader
from app.formats.got10k import Got10kFormat
from app.formats.label_studio import LabelStudioFormat
from app.formats.labelme import LabelmeReader
from app.formats.lasot import LasotFormat
from app.formats.mot import MotFormat
from app.formats.otb import OtbFormat
from app.formats.voc import VocFormat
from app.formats.yolo import YoloFormat
from app.formats.youtube_vis import YoutubeVisFormat
from app.spoken import spoken

PLUGIN_GROUP = "dimple.formats"
"""Entry points of other packages: each names a class without arguments, or an object, that is a ``Format``."""

FORMATS: tuple[Format, ...] = (
    CocoFormat(),
    YoutubeVisFormat(),
    MotFormat(),
    CvatFormat(),
    LabelStudioFormat(),
    YoloFormat(),
    VocFormat(),
    OtbFormat(),
    Got10kFormat(),
    LasotFormat(),
    CsvFormat(),
)
"""Our own."""

READERS: tuple[Reader, ...] = (LabelmeReader(),)
"""What is read and not written."""


@dataclass(frozen=True, slots=True)
class ExportTarget:
    """A format and where to.

    Attributes:
        format: Of ``all_formats()``.
        path: File or folder to be.
    """

    format: Format
    path: Path


@dataclass(frozen=True, slots=True)
class Plugins:
    """What other packages bring.

    Attributes:
        formats: That can be used.
        problems: One sentence for each that cannot.
    """

    formats: tuple[Format, ...]
    problems: tuple[str, ...]


@functools.cache
def plugins() -> Plugins:
    """Formats of installed packages; a broken one costs a sentence, never the program."""
    found: dict[str, Format] = {}
    problems = []
    for entry in entry_points(group=PLUGIN_GROUP):
        try:
            made = _load(entry)
        except Exception as error:  # noqa: BLE001  # code of others: whatever it raises is its problem
            problems.append(
                spoken("The format plugin {0} does not work ({1!r:.200}): update or remove it.", entry.name, error)
            )
            continue
        if made.name in found or made.name in {it.name for it in (*FORMATS, *READERS)}:
            problems.append(
                spoken("The format plugin {0} brings a second {1!r}: it is not used.", entry.name, made.name)
            )
        else:
            found[made.name] = made
    return Plugins(tuple(found.values()), tuple(problems))


def all_formats() -> tuple[Format, ...]:
    """Our own, then those of plugins."""
    return (*FORMATS, *plugins().formats)


def all_readers() -> tuple[Reader, ...]:
    """What can be imported: all formats, then what is read only."""
    return (*all_formats(), *READERS)


def format_named(name: str) -> Format:
    """The format of this name.

    Raises:
        AppError: There is none; the sentence lists those there are.
    """
    for known in all_formats():
        if known.name == name.strip().lower():
            return known
    raise AppError(
        "There is no format {0!r}: choose one of {1}.", name, ", ".join(known.name for known in all_formats())
    )


def parse_target(text: str) -> ExportTarget:
    """``FORMAT:PATH`` as the command line takes it.

    Raises:
        AppError: No such form, or no such format.
    """
    name, colon, path = text.partition(":")
    if not colon or not path:
        raise AppError("{0!r} names no export: write FORMAT:PATH, for example coco:out.json.", text)
    return ExportTarget(format_named(name), Path(path))


def _load(entry: EntryPoint) -> Format:
    made = entry.load()
    if isinstance(made, type):
        made = made()
    members = (
        "name",
        "title",
        "kind",
        "suffix",
        "holds",
        "options",
        "notes",
        "picture_paths",
        "write",
        "sniff",
        "read",
    )
    missing = [it for it in members if not hasattr(made, it)]
    if missing:
        raise TypeError(f"it has no {', '.join(missing)}")
    format_: Format = made
    return format_

"""All formats, and how the command line names a target: ``coco:out.json``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.document.model import Project
from app.errors import AppError
from app.formats.coco import CocoFormat
from app.formats.format import Format
from app.formats.mot import MotFormat
from app.formats.options import ExportOptions

FORMATS: tuple[Format, ...] = (CocoFormat(), MotFormat())


@dataclass(frozen=True, slots=True)
class ExportTarget:
    """A format and where to.

    Attributes:
        format: Of ``FORMATS``.
        path: File or folder to be.
    """

    format: Format
    path: Path


def format_named(name: str) -> Format:
    """The format of this name.

    Raises:
        AppError: There is none; the sentence lists those there are.
    """
    for known in FORMATS:
        if known.name == name.strip().lower():
            return known
    raise AppError(f"There is no format {name!r}: choose one of {', '.join(known.name for known in FORMATS)}.")


def parse_target(text: str) -> ExportTarget:
    """``FORMAT:PATH`` as the command line takes it.

    Raises:
        AppError: No such form, or no such format.
    """
    name, colon, path = text.partition(":")
    if not colon or not path:
        raise AppError(f"{text!r} names no export: write FORMAT:PATH, for example coco:out.json.")
    return ExportTarget(format_named(name), Path(path))


def export_project(project: Project, target: ExportTarget, options: ExportOptions | None = None) -> list[str]:
    """Write ``project`` to ``target``.

    Returns:
        What the format could not hold, one sentence each.

    Raises:
        AppError: It cannot be written; what was there before is unchanged.
    """
    options = options or ExportOptions()
    target.format.write(project, target.path, options)
    return target.format.losses(project, options)

"""One export, from the options to files that appear whole or not at all."""

from __future__ import annotations

from pathlib import Path

from app.document.model import Project
from app.errors import AppError
from app.formats.atomic import new_folder, new_path
from app.formats.export_info import is_earlier_export, write_info
from app.formats.format import Format, TargetKind
from app.formats.losses import losses
from app.formats.options import ExportOptions, Split
from app.formats.pictures import OpenSource, write_pictures
from app.formats.progress import SILENT, Progress
from app.formats.registry import ExportTarget
from app.formats.selection import Selection, select
from app.media.open_source import open_source as open_any_source

PICTURE_FOLDER = "images"
"""Of a format that is one file, exported with pictures."""

_SHARE_OF_BOXES = 0.2
"""Of the time of an export with pictures."""


def target_kind(known: Format, options: ExportOptions) -> TargetKind:
    """What an export makes: a format that is one file becomes a folder with splits or pictures."""
    return TargetKind.FOLDER if options.pictures or options.splits is not None else known.kind


def export_project(
    project: Project,
    target: ExportTarget,
    options: ExportOptions | None = None,
    progress: Progress = SILENT,
    open_source: OpenSource = open_any_source,
) -> list[str]:
    """Write ``project`` to ``target``.

    Args:
        project: What to export; read only.
        target: Format and place; an earlier export there is replaced.
        options: The choices; None for all as it is.
        progress: Told how far it is.
        open_source: Opens videos for the pictures.

    Returns:
        What the format could not hold, one sentence each.

    Raises:
        AppError: It cannot be written; what was there before is unchanged.
        CancelledError: The person gave up; likewise.
    """
    options = options or ExportOptions()
    known = target.format
    _check_own(known, options)
    selection = select(project, options)
    if target_kind(known, options) is TargetKind.FILE:
        with new_path(target.path) as path:
            known.write(selection, path, progress)
    else:
        with new_folder(target.path, is_earlier_export) as folder:
            _fill(folder, known, selection, progress, open_source)
    return losses(known, selection)


def _fill(folder: Path, known: Format, selection: Selection, progress: Progress, open_source: OpenSource) -> None:
    pictures = selection.options.pictures
    boxes = progress.part(0.0, _SHARE_OF_BOXES) if pictures else progress
    if known.kind is TargetKind.FOLDER:
        known.write(selection, folder, boxes)
    elif selection.options.splits is None:
        known.write(selection, folder / f"annotations{known.suffix}", boxes)
    else:
        for split in Split:
            part = selection.of_split(split)
            if part.sequences:
                known.write(part, folder / f"{split.value}{known.suffix}", boxes)
    if pictures:
        root = folder if known.kind is TargetKind.FOLDER else folder / PICTURE_FOLDER
        write_pictures(selection, known, root, open_source, progress.part(_SHARE_OF_BOXES, 1.0))
    write_info(folder, known.name, known.options, selection)


def _check_own(known: Format, options: ExportOptions) -> None:
    """Options of another format or with a value of the wrong kind are mistakes to be told, not to be passed over."""
    offered = {it.name: it for it in known.options}
    for name, value in options.own.items():
        if name not in offered:
            raise AppError("{0} has no option {1!r}: it offers {2}.", known.title, name, ", ".join(offered) or "none")
        if not offered[name].allows(value):
            raise AppError("{0} cannot have {1!r} for {2}: see its options.", known.title, value, name)

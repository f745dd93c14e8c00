"""``import``: what another tool wrote comes into a project file."""

from __future__ import annotations

import argparse
import contextlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from app.cli.format_choices import described, import_options, parse_origin, sequence_named
from app.cli.terminal import ProgressBar, complain, say, stop_on_interrupt
from app.document.model import Project, Sequence
from app.document.project_file import read_project, write_project
from app.document.project_lock import ProjectLock
from app.document.project_reader import LoadedProject
from app.document.statements import LastIds
from app.errors import AppError
from app.formats.format import ImportedProject, Reader
from app.formats.import_file import ImportFile
from app.formats.matching import match_sequences
from app.formats.merging import Additions, additions, apply
from app.formats.options import ImportOptions
from app.formats.progress import CancelledError, Progress
from app.formats.simplify import simplify_project
from app.formats.source_shape import shape_of
from app.media.frame_source import SourceInfo

EXIT_DONE, EXIT_INTERRUPTED = 0, 130

_SHOWN_CATEGORIES = 12
_READING = 0.7
"""Share of the time that goes into reading; the rest is finding Keyframes."""


def run_import(arguments: argparse.Namespace) -> int:
    """Read a file and put its Tracks into the project; with ``--preview`` only say what they are.

    Returns:
        Exit code.

    Raises:
        AppError: No project, no such file, or nothing in it for the project; the project is unchanged.
    """
    wanted, path = parse_origin(arguments.origin)
    source = described(arguments.source) if arguments.source is not None else None
    with _locked(arguments.project, preview=arguments.preview):
        loaded = _load(arguments.project, source)
        target = _target(loaded, source, arguments.sequence)
        options = import_options(arguments.frame_base, arguments.box_base, source)
        try:
            known, read = _read(wanted, path, _with_shape(options, loaded.project, target), arguments.tolerance)
        except CancelledError:
            complain(f"Interrupted: {arguments.project} is as it was.")
            return EXIT_INTERRUPTED
        added = additions(loaded.project, loaded.last_ids, read.project, _matches(loaded.project, read.project, target))
        _describe(known, read, added, loaded.project)
        if not added.tracks:
            raise AppError(f"Nothing of {path} belongs to {arguments.project}: nothing was changed.")
        if arguments.preview:
            return EXIT_DONE
        apply(loaded.project, added)
        write_project(arguments.project, loaded.project, loaded.last_ids, replace=True)
    say(f"Wrote {arguments.project}")
    return EXIT_DONE


@contextlib.contextmanager
def _locked(project: Path, *, preview: bool) -> Iterator[None]:
    """Nobody else has the project open while it is read, changed and written."""
    if preview or not project.exists():
        yield
        return
    try:
        lock = ProjectLock(project)
    except OSError as error:
        raise AppError(f"{project} may not be written ({error.strerror}): copy it to another folder first.") from error
    try:
        yield
    finally:
        lock.release()


def _load(path: Path, source: SourceInfo | None) -> LoadedProject:
    """The project, with the named video as one of its Sequences."""
    if path.exists():
        loaded = read_project(path)
    elif source is None:
        raise AppError(f"There is no project {path}: to make one, name its video with --source.")
    else:
        loaded = LoadedProject(Project(), LastIds())
    if source is None or _known(loaded.project, source) is not None:
        return loaded
    number = loaded.last_ids.sequence + 1
    loaded.project.sequences[number] = Sequence(
        number,
        source.name,
        str(source.path),
        source.frame_count,
        source.width,
        source.height,
        source.fps,
        source.file_size,
        source.fingerprint,
    )
    return LoadedProject(loaded.project, loaded.last_ids._replace(sequence=number))


def _known(project: Project, source: SourceInfo) -> int | None:
    return next((it.id for it in project.sequences.values() if it.fingerprint == source.fingerprint), None)


def _target(loaded: LoadedProject, source: SourceInfo | None, name: str | None) -> int | None:
    """The Sequence that the person named, in whatever way."""
    if name is not None:
        return sequence_named(loaded.project, name)
    if source is not None:
        return _known(loaded.project, source)
    return next(iter(loaded.project.sequences)) if len(loaded.project.sequences) == 1 else None


def _with_shape(options: ImportOptions, project: Project, target: int | None) -> ImportOptions:
    if options.source is not None or target is None:
        return options
    return ImportOptions(options.frame_base, options.box_base, shape_of(project.sequences[target]))


def _read(
    wanted: Reader | None, path: Path, options: ImportOptions, tolerance: float
) -> tuple[Reader, ImportedProject]:
    bar = ProgressBar()
    try:
        with stop_on_interrupt() as asked, ImportFile(path) as file:
            what = f"Reading {path.name}"
            progress = Progress(lambda done, total: bar.show(what, done, max(1, total)), asked.is_set)
            known, read = file.read(wanted, options, progress.part(0.0, _READING))
            simplify_project(read.project, known, tolerance, progress.part(_READING, 1.0))
            return known, read
    finally:
        bar.clear()


def _matches(project: Project, imported: Project, target: int | None) -> dict[int, int]:
    if target is None or not imported.sequences:
        return match_sequences(project, imported)
    if len(imported.sequences) == 1:
        return {next(iter(imported.sequences)): target}
    matches = match_sequences(Project({target: project.sequences[target]}), imported)
    if not matches:
        there = ", ".join(it.name for it in imported.sequences.values())
        raise AppError(f"None of the sequences {there:.300} fits {project.sequences[target].name}: rename one of them.")
    return matches


def _describe(known: Reader, read: ImportedProject, added: Additions, project: Project) -> None:
    keyframes = sum(len(track.keyframes) for _, track in added.tracks)
    say(f"{known.title}: {len(added.tracks):,} tracks, {added.box_count:,} boxes, {keyframes:,} keyframes")
    bases = [("frames", read.frame_base), ("pixels", read.box_base)]
    said = [f"{what} count from {base}" for what, base in bases if base is not None]
    if said:
        say(f"In the file {' and '.join(said)}.")
    names = {it.id: it.name for it in (*project.categories.values(), *added.categories)}
    new = {it.id for it in added.categories}
    counted = Counter(track.category_id for _, track in added.tracks)
    for number, count in counted.most_common(_SHOWN_CATEGORIES):
        say(f"  {names[number]}{' (new)' if number in new else ''}: {count:,} tracks")
    if len(counted) > _SHOWN_CATEGORIES:
        say(f"  and {len(counted) - _SHOWN_CATEGORIES} further categories")
    for note in (*read.notes, *added.notes):
        complain(note)

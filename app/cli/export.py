"""``export``, ``convert`` and ``formats``: projects and files in the formats of other tools."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from app.cli.format_choices import described, export_options, for_format, import_options, parse_origin, wanted
from app.cli.outputs import check_outputs
from app.cli.terminal import ProgressBar, complain, say, stop_on_interrupt
from app.document.model import Project
from app.document.project_file import read_project
from app.errors import AppError
from app.formats.export import export_project, target_kind
from app.formats.import_file import ImportFile
from app.formats.options import ExportOptions
from app.formats.progress import CancelledError, Progress
from app.formats.registry import READERS, ExportTarget, all_formats, parse_target, plugins

EXIT_DONE, EXIT_INTERRUPTED = 0, 130


def run_export(arguments: argparse.Namespace) -> int:
    """Write a project, which is not changed, to every target.

    Returns:
        Exit code.

    Raises:
        AppError: No project, or a target that cannot be written.
    """
    targets = tuple(map(parse_target, [*arguments.targets, *arguments.export]))
    if not targets:
        raise AppError("There is nothing to write; give one FORMAT:PATH or more, for example coco:out.json.")
    project = read_project(arguments.project).project
    return _write(project, targets, arguments)


def run_convert(arguments: argparse.Namespace) -> int:
    """Write what a file of one format holds as another format.

    Returns:
        Exit code.

    Raises:
        AppError: The file cannot be read, or the other not written.
    """
    known, path = parse_origin(arguments.origin)
    target = parse_target(arguments.target)
    source = described(arguments.source) if arguments.source is not None else None
    options = import_options(arguments.frame_base, arguments.in_box_base, source)
    bar = ProgressBar()
    try:
        with stop_on_interrupt() as asked, ImportFile(path) as file:
            _, read = file.read(known, options, _progress(bar, f"Reading {path.name}", asked.is_set))
    except CancelledError:
        complain("Interrupted: nothing was written.")
        return EXIT_INTERRUPTED
    finally:
        bar.clear()
    for note in read.notes:
        complain(note)
    return _write(read.project, (target,), arguments)


def run_formats() -> int:
    """List all formats with their options.

    Returns:
        Exit code 0.
    """
    for known in all_formats():
        say(f"{known.name:16}{known.title} ({known.kind.value})")
        for option in known.options:
            say(f"{'':16}  {option.name}: {option.title}; {wanted(option)} (default: {_shown(option.default)})")
    for read_only in READERS:
        say(f"{read_only.name:16}{read_only.title} (import alone)")
    for problem in plugins().problems:
        complain(problem)
    return EXIT_DONE


def _write(project: Project, targets: tuple[ExportTarget, ...], arguments: argparse.Namespace) -> int:
    options = export_options(arguments, project)
    check_outputs(targets, kinds={it: target_kind(it.format, options) for it in targets})
    own = list(arguments.option)
    if arguments.box_base is not None:
        own.append(("box-base", str(arguments.box_base)))
    chosen = {it: for_format(options, it.format, own, among_others=len(targets) > 1) for it in targets}
    for target in targets:
        try:
            lost = _export(project, target, chosen[target])
        except CancelledError:
            complain(f"Interrupted: {target.path} is as it was.")
            return EXIT_INTERRUPTED
        for loss in lost:
            complain(loss)
        say(f"Wrote {target.path}")
    return EXIT_DONE


def _export(project: Project, target: ExportTarget, options: ExportOptions) -> list[str]:
    bar = ProgressBar()
    try:
        with stop_on_interrupt() as asked:
            return export_project(project, target, options, _progress(bar, f"Writing {target.path.name}", asked.is_set))
    finally:
        bar.clear()


def _progress(bar: ProgressBar, what: str, cancelled: Callable[[], bool]) -> Progress:
    return Progress(lambda done, total: bar.show(what, done, max(1, total)), cancelled)


def _shown(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)

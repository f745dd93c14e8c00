"""``export``: a project in the formats of other tools."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.cli_outputs import check_outputs
from app.cli_terminal import complain, say
from app.document.project_file import read_project
from app.formats.export import export_project
from app.formats.options import ExportOptions
from app.formats.registry import ExportTarget


def run_export(project: Path, targets: tuple[ExportTarget, ...], options: ExportOptions) -> int:
    """Write ``project``, which is not changed, to every target.

    Returns:
        Exit code 0.

    Raises:
        AppError: No project, or a target that cannot be written.
    """
    check_outputs(targets)
    loaded = read_project(project).project
    for target in targets:
        # options are given for all targets at once: each takes its own
        own = {it.name: options.own[it.name] for it in target.format.options if it.name in options.own}
        for loss in export_project(loaded, target, replace(options, own=own)):
            complain(loss)
        say(f"Wrote {target.path}")
    return 0

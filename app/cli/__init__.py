"""The commands that work without a window: ``main(argv)`` gives the exit code.

Each command is loaded when it is asked for, so that ``--help`` and wrong arguments are answered at once.
"""

from __future__ import annotations

import argparse
import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

from app.cli.arguments import parse
from app.cli.terminal import complain
from app.errors import AppError
from tracker.errors import TrackerError

if TYPE_CHECKING:
    from app.session.tracker_protocol import MakeTracker

EXIT_FAILED, EXIT_INTERRUPTED = 1, 130


def main(argv: Sequence[str], make_tracker: MakeTracker | None = None) -> int:
    """Run one command.

    Args:
        argv: Command and arguments, without the program's name.
        make_tracker: Makes the trackers; DiMP's if None.

    Returns:
        Exit code: 0 done, 1 refused or failed with a sentence, 2 wrong arguments, 130 interrupted.
    """
    try:
        arguments = parse(argv)
        return _COMMANDS[arguments.command](arguments, make_tracker)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else EXIT_FAILED
    except (AppError, TrackerError) as error:
        complain(f"main.py: {error}")
        return EXIT_FAILED
    except KeyboardInterrupt:
        complain("Interrupted.")
        return EXIT_INTERRUPTED


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Millions of boxes make none, and looking for them took longer than reading a file."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _track(arguments: argparse.Namespace, make_tracker: MakeTracker | None) -> int:
    from app.cli.track import TrackJob, run_track  # noqa: PLC0415  # see above
    from app.formats.registry import parse_target  # noqa: PLC0415
    from app.session.messages import ModelChoice  # noqa: PLC0415
    from app.session.tracker_factory import dimp_trackers  # noqa: PLC0415

    job = TrackJob(
        source=arguments.source,
        box=arguments.box,
        frame=arguments.frame,
        until=arguments.until,
        backward=arguments.backward,
        model=ModelChoice(arguments.model, arguments.device, arguments.seed),
        name=arguments.name,
        category=arguments.category,
        project=arguments.project,
        exports=tuple(map(parse_target, arguments.export)),
        contact_sheet=arguments.contact_sheet,
    )
    return run_track(job, make_tracker or dimp_trackers())


def _evaluate(arguments: argparse.Namespace, _make_tracker: MakeTracker | None) -> int:
    from app.cli.evaluate import run_evaluate  # noqa: PLC0415

    return run_evaluate(arguments)


def _ablate(arguments: argparse.Namespace, _make_tracker: MakeTracker | None) -> int:
    from app.cli.ablate import run_ablate  # noqa: PLC0415

    return run_ablate(arguments)


def _effort(arguments: argparse.Namespace, make_tracker: MakeTracker | None) -> int:
    from app.cli.effort import run_effort  # noqa: PLC0415
    from app.session.tracker_factory import dimp_trackers  # noqa: PLC0415

    return run_effort(arguments, make_tracker or dimp_trackers())


def _calibrate_doubt(arguments: argparse.Namespace, make_tracker: MakeTracker | None) -> int:
    from app.cli.calibrate_doubt import run_calibrate_doubt  # noqa: PLC0415
    from app.session.tracker_factory import dimp_trackers  # noqa: PLC0415

    return run_calibrate_doubt(arguments, make_tracker or dimp_trackers())


def _export(arguments: argparse.Namespace, _make_tracker: MakeTracker | None) -> int:
    from app.cli.export import run_export  # noqa: PLC0415

    with _no_search_for_cycles():
        return run_export(arguments)


def _import(arguments: argparse.Namespace, _make_tracker: MakeTracker | None) -> int:
    from app.cli.importing import run_import  # noqa: PLC0415

    with _no_search_for_cycles():
        return run_import(arguments)


def _convert(arguments: argparse.Namespace, _make_tracker: MakeTracker | None) -> int:
    from app.cli.export import run_convert  # noqa: PLC0415

    with _no_search_for_cycles():
        return run_convert(arguments)


def _formats(_arguments: argparse.Namespace, _make_tracker: MakeTracker | None) -> int:
    from app.cli.export import run_formats  # noqa: PLC0415

    return run_formats()


def _demo(arguments: argparse.Namespace, make_tracker: MakeTracker | None) -> int:
    from app.cli.demo import run_demo  # noqa: PLC0415
    from app.session.messages import ModelChoice  # noqa: PLC0415
    from app.session.tracker_factory import dimp_trackers  # noqa: PLC0415

    model = ModelChoice(arguments.model, arguments.device)
    return run_demo(arguments.out, model, arguments.until, make_tracker or dimp_trackers())


def _weights(arguments: argparse.Namespace, _make_tracker: MakeTracker | None) -> int:
    from app.cli import weights  # noqa: PLC0415

    match arguments.action:
        case "list":
            return weights.run_list()
        case "verify":
            return weights.run_verify(arguments.name)
        case "add":
            return weights.run_add(arguments.file, arguments.name)
        case _:
            return weights.run_remove(arguments.name)


def _train(arguments: argparse.Namespace, _make_tracker: MakeTracker | None) -> int:
    if find_spec("lightning_fabric") is None:
        raise AppError("Training needs libraries of its own; install them with: pip install '.[train]'")
    from tracker.training.command import main as run_training  # noqa: PLC0415

    return run_training(arguments.arguments)


_COMMANDS = {
    "track": _track,
    "evaluate": _evaluate,
    "ablate": _ablate,
    "export": _export,
    "import": _import,
    "convert": _convert,
    "formats": _formats,
    "demo": _demo,
    "weights": _weights,
    "train": _train,
    "effort": _effort,
    "calibrate-doubt": _calibrate_doubt,
}

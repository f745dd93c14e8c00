"""``python -m bench NAME...``: measurements; the short ones without a name."""

from __future__ import annotations

import argparse
import importlib
import os
from pathlib import Path

from app.headless import has_display

PLAIN = {
    "document": "large_document",
    "timeline": "timeline_speed",
    "review": "review_queue",
}
"""Names and modules of those that take no options."""
LONG = {"formats": "format_speed", "blocking": "blocking", "steps": "frame_steps", "long_run": "long_run"}
"""Minutes each; only by name."""
BENCHMARKS = ("tracker", "csrt", "heartbeat", *PLAIN)


def main() -> None:
    """Run the benchmarks that were asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", help=", ".join(BENCHMARKS) + "; by name only: " + ", ".join(LONG))
    parser.add_argument("--model", action="append", help="a model's name; may be given again (default: default)")
    parser.add_argument(
        "--architecture",
        action="append",
        choices=("lite0", "dimp18", "dimp50"),
        help="random weights; may be given again (default: dimp18, where no model is given)",
    )
    parser.add_argument(
        "--table",
        type=Path,
        help="page to write a table into: docs/tracker.md, docs/formats.md or docs/window-speed.md",
    )
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--runtime", default="auto", choices=("auto", "pytorch", "onnxruntime"))
    parser.add_argument(
        "--only",
        default="",
        help="of blocking: names in bench/*doings.py",
    )
    parser.add_argument("--runs", type=int, default=1, help="of blocking: all of it so often; each run is told")
    options = parser.parse_args()
    if unknown := set(options.names) - {*BENCHMARKS, *LONG}:
        parser.error(f"there is no benchmark named {', '.join(sorted(unknown))}")
    architectures = options.architecture or ([] if options.model else ["dimp18"])
    models = options.model or ([] if options.architecture else ["default"])
    if not has_display():
        # Qt ends the process where it finds no display
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for name in options.names or BENCHMARKS:
        if name == "tracker":
            from bench import speed_report  # noqa: PLC0415 - torch only where it is wanted
            from tracker.compiled_graph import Runtime  # noqa: PLC0415

            speed_report.report(models, architectures, options.threads, Runtime(options.runtime), options.table)
        elif name == "csrt":
            from bench import csrt_speed  # noqa: PLC0415

            csrt_speed.report(options.threads)
        elif name == "heartbeat":
            from bench import heartbeat  # noqa: PLC0415 - Qt only where it is wanted

            heartbeat.report(models or ["default"])
        elif name == "blocking":
            from bench import blocking  # noqa: PLC0415

            only = tuple(filter(None, options.only.split(",")))
            blocking.report(page=options.table, only=only, runs=options.runs)
        elif name in LONG:
            importlib.import_module(f"bench.{LONG[name]}").report(page=options.table)
        else:
            importlib.import_module(f"bench.{PLAIN[name]}").report()


if __name__ == "__main__":
    main()

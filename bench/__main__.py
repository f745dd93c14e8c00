"""``python -m bench [tracker|csrt|heartbeat|document|timeline|formats|review]...``: all of them without arguments."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

BENCHMARKS = ("tracker", "csrt", "heartbeat", "document", "timeline", "formats", "review")


def main() -> None:
    """Run the benchmarks that were asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", help=", ".join(BENCHMARKS) + "; all without a name")
    parser.add_argument("--model", action="append", help="a model's name; may be given again (default: default)")
    parser.add_argument(
        "--architecture",
        action="append",
        choices=("lite0", "dimp18", "dimp50"),
        help="random weights; may be given again (default: dimp18, where no model is given)",
    )
    parser.add_argument("--table", type=Path, help="page to write the tracker's figures into, e.g. docs/tracker.md")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--runtime", default="auto", choices=("auto", "pytorch", "onnxruntime"))
    options = parser.parse_args()
    if unknown := set(options.names) - set(BENCHMARKS):
        parser.error(f"there is no benchmark named {', '.join(sorted(unknown))}")
    architectures = options.architecture or ([] if options.model else ["dimp18"])
    models = options.model or ([] if options.architecture else ["default"])
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
        elif name == "timeline":
            from bench import timeline_speed  # noqa: PLC0415 - Qt only where it is wanted

            timeline_speed.report()
        elif name == "formats":
            from bench import format_speed  # noqa: PLC0415

            format_speed.report()
        elif name == "review":
            from bench import review_queue  # noqa: PLC0415

            review_queue.report()
        else:
            from bench import large_document  # noqa: PLC0415

            large_document.report()


if __name__ == "__main__":
    main()

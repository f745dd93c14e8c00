"""``python -m bench.faults``: SIGKILL at random moments of everything that is done to a project."""

from __future__ import annotations

import argparse
import collections
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_NUM_THREADS", "1")

from app.marked_section import check_section, write_section
from bench.faults.killing import Killed, kill_once
from bench.faults.labour import Activity

SECTION = "kills"
_MEMORY_DISK = Path("/dev/shm")  # nosec B108  # noqa: S108 - a kill asks nothing of the disk, and a busy one takes most of the time


def main() -> int:
    """Kill as often as was asked for; 1 where a program lost anything."""
    parser = argparse.ArgumentParser(prog="python -m bench.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=250)
    parser.add_argument("--minutes", type=float, default=600.0, help="end earlier after so many")
    parser.add_argument("--seed", type=int, default=0, help="of the first kill; the others follow")
    parser.add_argument("--keep", type=Path, help="folder for what a failed kill left")
    parser.add_argument("--page", type=Path, help="page to write the figures into, e.g. docs/reliability.md")
    options = parser.parse_args()
    if options.page:
        check_section(options.page, SECTION)
    started = time.perf_counter()
    killed: list[Killed] = []
    while len(killed) < options.kills and time.perf_counter() - started < 60 * options.minutes:
        killed.append(_kill(options.seed + len(killed), options.keep))
    text = _report(killed, time.perf_counter() - started, options.seed)
    print(text)
    if options.page:
        write_section(options.page, SECTION, text)
    return int(any(it.fault for it in killed))


def _kill(seed: int, keep: Path | None) -> Killed:
    targets = list(Activity)
    place = _MEMORY_DISK if _MEMORY_DISK.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="dimple-faults-", dir=place) as folder:
        killed = kill_once(seed, targets[seed % len(targets)], Path(folder))
        if killed.fault:
            print(
                f"seed {seed} ({killed.interrupted}, step {killed.done}): {killed.fault}", file=sys.stderr, flush=True
            )
            if keep:
                shutil.copytree(folder, keep / f"seed-{seed}", dirs_exist_ok=True)
    return killed


def _report(killed: list[Killed], seconds: float, seed: int) -> str:
    """A table, in Markdown."""
    moments = collections.Counter(
        "between two steps" if it.interrupted is None else it.interrupted.value for it in killed
    )
    upgrades = sum(
        it.interrupted is Activity.OPEN and it.done == 0 and it.version < max(x.version for x in killed)
        for it in killed
    )
    faults = [it for it in killed if it.fault]
    rows = [f"| {name} | {count} |" for name, count in sorted(moments.items(), key=lambda it: -it[1])]
    acknowledged = sum(it.done for it in killed)
    return "\n".join(
        [
            (
                f"{len(killed)} kills (seeds {seed} to {seed + len(killed) - 1}, {seconds / 60:.0f} minutes), "
                f"{acknowledged:,} acknowledged steps replayed: **{len(faults)} with a loss.**"
            ),
            f"{upgrades} of the openings were upgrades of a file of an earlier version.",
            "",
            "| killed in the middle of | times |",
            "|---|---|",
            *rows,
        ]
    )


if __name__ == "__main__":
    sys.exit(main())

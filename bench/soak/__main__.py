"""``python -m bench.soak``: a simulated day of labelling with mouse and keys in the real window."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_NUM_THREADS", "1")

from PySide6.QtCore import QCoreApplication, QEvent, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from app.application import build_window, make_application
from app.marked_section import check_section, write_section
from app.session.fake_tracker import FakeTracker
from app.settings import Settings
from bench.private_home import private_home
from bench.soak.annotator import SoakAnnotator, WrongError
from bench.soak.clips import write_clips
from bench.soak.footprint import Footprint, footprint, growth

SECTIONS = {"fake": "soak", "real": "soak with the tracker"}
_ACTIONS = 60
"""Between opening the project and closing it."""

_ENOUGH = 8
"""Moments from which it can be said whether something grows."""

_SPOKEN_BY_OFFSCREEN = ("propagateSizeHints", "does not support raise", "grabbing the keyboard")


@dataclass(slots=True)
class Day:
    """What was seen.

    Attributes:
        footprints: With no project open, after each piece of work.
        warnings: Of Qt.
        counts: What was done.
        wrong: What was not as it should be; empty where nothing was.
        checked: Undos and redos that could be compared.
        hours: Simulated.
        minutes: Real.
    """

    footprints: list[Footprint] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    wrong: str = ""
    checked: int = 0
    hours: float = 0.0
    minutes: float = 0.0


def soak(hours: float, minutes: float, seed: int, *, real: bool) -> Day:
    """Label for so many simulated hours, or so many real minutes, whatever is over first."""
    day = Day()
    started = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="dimple-soak-") as name,
        private_home(Path(name)),
        _listening(day.warnings),
    ):
        folder = Path(name)
        application = make_application()
        settings = Settings()
        settings.tour_done = True
        program = build_window(settings, None if real else lambda choice: FakeTracker(choice=choice))
        program.window.show()
        application.processEvents()
        annotator = SoakAnnotator(program, folder, seed)
        day.counts = annotator.counts
        video, pictures = write_clips(folder)
        try:
            annotator.add_pictures(video, pictures)
            while annotator.seconds < 3600 * hours and time.monotonic() - started < 60 * minutes:
                annotator.work_on(video, _ACTIONS)
                _settle(application)
                day.footprints.append(footprint(annotator.seconds / 3600))
        except WrongError as error:
            day.wrong = str(error)
            print(error, file=sys.stderr, flush=True)
        program.window.close()
        program.window.deleteLater()
        _settle(application)
        day.checked = annotator.checked
        day.hours, day.minutes = annotator.seconds / 3600, (time.monotonic() - started) / 60
    return day


def report(day: Day) -> str:
    """In Markdown."""
    lines = [
        f"{day.hours:.1f} simulated hours in {day.minutes:.0f} minutes: "
        + ", ".join(f"{count:,} x {what}" for what, count in sorted(day.counts.items(), key=lambda it: -it[1]))
        + "."
    ]
    if day.wrong:
        lines.append(f"**Wrong: {day.wrong}.**")
    else:
        lines.append(
            f"{day.checked:,} undos and redos gave the project of then, "
            "and each closed file was what the screen had shown."
        )
    lines.append(f"Warnings of Qt: {len(day.warnings) or 'none'}. {' '.join(day.warnings[:3])}".rstrip())
    if len(day.footprints) >= _ENOUGH:
        grown = growth(day.footprints)
        shown = day.footprints[:: max(1, len(day.footprints) // 8)]
        lines += ["", "| hour | memory, MB | open files | threads |", "|---|---|---|---|"]
        lines += [f"| {it.hour:.1f} | {it.megabytes:.0f} | {it.files} | {it.threads} |" for it in shown]
        flat = "flat" if grown.is_flat else "**growing**"
        lines += [
            "",
            (
                f"Without the first quarter {flat}: from the first to the second half {grown.megabytes:+.0f} MB, "
                f"{grown.files:+d} files, {grown.threads:+d} threads."
            ),
        ]
    return "\n".join(lines)


def is_good(day: Day) -> bool:
    """Whether all promises were kept, as far as the day was long enough to tell."""
    return not day.wrong and not day.warnings and (len(day.footprints) < _ENOUGH or growth(day.footprints).is_flat)


def main() -> int:
    """Soak, and say how it was; 1 where something grew, warned or was wrong."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--hours", type=float, default=8.0, help="simulated")
    parser.add_argument("--minutes", type=float, default=240.0, help="real ones, at most")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--real", action="store_true", help="with the real tracker instead of the fake one")
    parser.add_argument("--page", type=Path, help="page to write the figures into, e.g. docs/reliability.md")
    options = parser.parse_args()
    section = SECTIONS["real" if options.real else "fake"]
    if options.page:
        check_section(options.page, section)
    day = soak(options.hours, options.minutes, options.seed, real=options.real)
    text = report(day)
    print(text)
    if options.page:
        write_section(options.page, section, text)
    return int(not is_good(day))


def _settle(application: QApplication) -> None:
    for _ in range(3):
        application.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@contextlib.contextmanager
def _listening(warnings: list[str]) -> Iterator[None]:
    """Collect what Qt says that is no mere information."""

    def take(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind not in {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg} and not any(
            it in text for it in _SPOKEN_BY_OFFSCREEN
        ):
            warnings.append(text)
            print(text, file=sys.stderr, flush=True)  # the program may end of it

    before = qInstallMessageHandler(take)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


if __name__ == "__main__":
    sys.exit(main())

"""Numbers and states in words, the same everywhere in the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.known_models import known_models
from app.session.doubt import DoubtReason
from tracker.result import TrackStatus
from tracker.sample_info import SampleOrigin

_TIP_LINES, _TIP_LETTERS = 12, 600
"""Of a tool tip; more would cover the window."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Wording", text)


def shortened(text: str) -> str:
    """As much of a long text as a tool tip can show."""
    shown = "\n".join(text.split("\n")[:_TIP_LINES])[:_TIP_LETTERS]
    return text if shown == text else f"{shown.rstrip()}…"


def model_text(name: str, device: str) -> str:
    """A model and where it computes, in a few letters; only the model while the device is still to be chosen."""
    shown = known_models().shown_name(name)
    kinds = {"cpu": "CPU", "cuda": "GPU", "mps": "GPU"}
    return f"{shown}  ·  {kinds[device]}" if device in kinds else shown


def command_text(text: str) -> str:
    """The name of an undo command as the person reads it; commands themselves know no language."""
    return QCoreApplication.translate("Commands", text)


def time_text(seconds: float) -> str:
    """``0:05.12`` or ``1:02:05.12``, to the hundredth of a second."""
    hundredths = round(max(seconds, 0.0) * 100)
    minutes, rest = divmod(hundredths, 6000)
    hours, minutes = divmod(minutes, 60)
    tail = f"{rest // 100:02d}.{rest % 100:02d}"
    return f"{hours}:{minutes:02d}:{tail}" if hours else f"{minutes}:{tail}"


def duration_text(seconds: float) -> str:
    """A waiting time as ``12 s``, ``3:05 min`` or ``1:20 h``."""
    whole = max(round(seconds), 0)
    if whole < 60:
        return _tr("{0} s").format(whole)
    if whole < 3600:
        return _tr("{0} min").format(f"{whole // 60}:{whole % 60:02d}")
    return _tr("{0} h").format(f"{whole // 3600}:{whole % 3600 // 60:02d}")


def status_text(status: TrackStatus) -> str:
    """A TrackStatus as the person reads it."""
    return {
        TrackStatus.FOUND: _tr("found"),
        TrackStatus.HARD_NEGATIVE: _tr("look-alike near"),
        TrackStatus.UNCERTAIN: _tr("unsure"),
        TrackStatus.NOT_FOUND: _tr("lost"),
    }[status]


def doubt_text(reason: DoubtReason) -> str:
    """Why a frame is doubtful."""
    return {
        DoubtReason.SPOT_CHECK: _tr("spot check"),
        DoubtReason.LOW_SCORE: _tr("low score"),
        DoubtReason.SIZE_JUMP: _tr("the size jumps"),
        DoubtReason.JUMP: _tr("the box jumps"),
        DoubtReason.LEFT: _tr("leaves the picture"),
        DoubtReason.UNCERTAIN: _tr("two places are possible"),
        DoubtReason.DISAGREEMENT: _tr("tracked forward and backward it is in different places"),
        DoubtReason.LOST: _tr("lost"),
    }[reason]


def origin_text(origin: SampleOrigin) -> str:
    """Why the tracker learned from a frame."""
    return {
        SampleOrigin.FIRST_FRAME: _tr("first frame"),
        SampleOrigin.CORRECTION: _tr("correction"),
        SampleOrigin.PASSING: _tr("seen in passing"),
    }[origin]


def status_tone(status: TrackStatus) -> str:
    """Name of the style for a TrackStatus."""
    return {
        TrackStatus.FOUND: "good",
        TrackStatus.HARD_NEGATIVE: "good",
        TrackStatus.UNCERTAIN: "doubt",
        TrackStatus.NOT_FOUND: "bad",
    }[status]


def seconds_of(text: str) -> float | None:
    """What ``time_text`` writes, and ``5.2s``, in seconds; None where it is no time."""
    text = text.strip().lower()
    parts = text.removesuffix("s").strip().split(":")
    if len(parts) > 3 or (len(parts) == 1 and not text.endswith("s") and "." not in text):
        return None
    total = 0.0
    for position, part in enumerate(parts):
        number = part.strip()
        whole = position < len(parts) - 1
        if not number or not number.replace(".", "", 0 if whole else 1).isdecimal() or not number.isascii():
            return None
        total = total * 60 + float(number)
    return total

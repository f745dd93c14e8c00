"""Where no window can be shown: say so, and do the sample's job without one."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from app.cli.terminal import complain

_WITHOUT_DISPLAY = frozenset({"offscreen", "minimal", "vnc", "linuxfb", "eglfs"})


def has_display() -> bool:
    """Whether a window can be shown: Linux needs a display (or a Qt platform that does without), others have one."""
    if not sys.platform.startswith("linux"):
        return True
    if os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in _WITHOUT_DISPLAY:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run_sample_without_display(out: Path) -> int:
    """Track the sample clip as the window would, and write the results.

    Args:
        out: The folder for them.

    Returns:
        Exit code.
    """
    from app.cli import main  # noqa: PLC0415  # a window that opens does without it

    complain(f"There is no display for a window: doing the same without one, with the results in {out}.")
    return main(["demo", "--out", str(out)])


def refuse_without_display(path: Path | None) -> int:
    """Say which command does without a window what opening ``path`` was meant for.

    Returns:
        Exit code 1.
    """
    if path is None:
        advice = "track a video with 'main.py track', or try 'main.py demo'"
    elif path.suffix == ".dimple":
        advice = f"export it with 'main.py export {path} coco:out.json'"
    else:
        advice = f"track it with 'main.py track {path} --box X,Y,WIDTH,HEIGHT --export coco:out.json'"
    complain(f"There is no display for a window; {advice}.")
    return 1

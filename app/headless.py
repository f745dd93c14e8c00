"""Where no window can be shown: say so, and do the sample's job without one."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from app.cli_terminal import complain

_DEMO_FOLDER = Path("out") / "demo"
_WITHOUT_DISPLAY = frozenset({"offscreen", "minimal", "vnc", "linuxfb", "eglfs"})


def has_display() -> bool:
    """Whether a window can be shown: Linux needs a display (or a Qt platform that does without), others have one."""
    if not sys.platform.startswith("linux"):
        return True
    if os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in _WITHOUT_DISPLAY:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run_without_display(path: Path | None) -> int:
    """What ``main.py [PATH]`` does where it cannot open its window.

    Args:
        path: What was to be opened: the bundled sample clip is tracked and exported; for anything else the sentence
            says which command does it.

    Returns:
        Exit code.
    """
    from app.cli import main  # noqa: PLC0415  # a window that opens does without it
    from app.cli_demo import read_sample  # noqa: PLC0415

    if path is not None and path.exists() and path.samefile(read_sample().path):
        complain(f"There is no display for a window: doing the same without one, with the results in {_DEMO_FOLDER}.")
        return main(["demo", "--out", str(_DEMO_FOLDER)])
    if path is None:
        advice = "track a video with 'main.py track', or try 'main.py demo'"
    elif path.suffix == ".dimple":
        advice = f"export it with 'main.py export {path} coco:out.json'"
    else:
        advice = f"track it with 'main.py track {path} --box X,Y,WIDTH,HEIGHT --export coco:out.json'"
    complain(f"There is no display for a window; {advice}.")
    return 1

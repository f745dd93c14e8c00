"""The arguments of ``export``, ``import``, ``convert`` and ``formats``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path


def add_export(parser: argparse.ArgumentParser, whole_number: Callable[[str], int]) -> None:
    """``export PROJECT FORMAT:PATH...``."""
    add = parser.add_argument
    add("project", type=Path, metavar="PROJECT", help="project file (.dimple)")
    add("targets", nargs="*", metavar="FORMAT:PATH", help="coco:out.json, mot:outdir; see main.py formats")
    add("--export", action="append", default=[], metavar="FORMAT:PATH", help="the same, written as for track")
    _add_choices(parser, whole_number)
    add("--pictures", action="store_true", help="write the frames as pictures too")


def add_import(parser: argparse.ArgumentParser) -> None:
    """``import PROJECT PATH``."""
    add = parser.add_argument
    add("project", type=Path, metavar="PROJECT", help="project file (.dimple), made where there is none")
    add("origin", metavar="[FORMAT:]PATH", help="file, folder or zip archive; without FORMAT it is recognised")
    add("--source", type=Path, metavar="VIDEO", help="video or folder of pictures that the boxes belong to")
    add("--sequence", metavar="NAME", help="sequence of the project that they belong to (default: by name and size)")
    _add_bases(parser)
    add(
        "--tolerance",
        type=share_of_pixels,
        default=1.0,
        metavar="PX",
        help="boxes on every frame become keyframes with a straight path between them that is off by no more "
        "(default: 1; the boxes themselves stay as they are)",
    )
    add("--preview", action="store_true", help="only say what would come in")


def add_convert(parser: argparse.ArgumentParser, whole_number: Callable[[str], int]) -> None:
    """``convert FORMAT:IN FORMAT:OUT``."""
    add = parser.add_argument
    add("origin", metavar="[FORMAT:]IN", help="file, folder or zip archive; without FORMAT it is recognised")
    add("target", metavar="FORMAT:OUT", help="file or folder to write")
    add("--source", type=Path, metavar="VIDEO", help="video that the boxes belong to, where the file does not tell")
    add("--frame-base", type=int, choices=(0, 1), help="number of the first frame in IN (default: as it says)")
    add("--in-box-base", type=int, choices=(0, 1), help="number of the top-left pixel in IN (default: as it says)")
    _add_choices(parser, whole_number)


def share(text: str) -> float:
    """A number from 0 to 1.

    Raises:
        argparse.ArgumentTypeError: Not such a number.
    """
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 1")
    return value


def share_of_pixels(text: str) -> float:
    """A number of pixels from 0 up.

    Raises:
        argparse.ArgumentTypeError: Not such a number.
    """
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1e6:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of pixels from 0 up")
    return value


def named_value(text: str) -> tuple[str, str]:
    """``NAME=VALUE``.

    Raises:
        argparse.ArgumentTypeError: Not of this form.
    """
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    return name, value


def _add_choices(parser: argparse.ArgumentParser, whole_number: Callable[[str], int]) -> None:
    add = parser.add_argument
    add("--only-sequence", action="append", metavar="NAME", help="only this sequence; may repeat")
    add("--only-track", action="append", type=whole_number, metavar="ID", help="only this track; may repeat")
    add("--first", type=whole_number, default=0, metavar="K", help="first frame, from 0 (default: 0)")
    add("--last", type=whole_number, metavar="N", help="last frame (default: the end)")
    add("--step", type=whole_number, default=1, metavar="N", help="every n-th frame (default: 1)")
    add("--keyframes-only", action="store_true", help="only boxes that a person set")
    add("--minimum-visibility", type=share, default=0.0, metavar="0..1", help="leave out boxes that are hidden more")
    add("--minimum-score", type=share, default=0.0, metavar="0..1", help="leave out tracked boxes with a lower score")
    add("--no-scores", action="store_true", help="write 1 for every score")
    add("--val", type=share, metavar="0..1", help="share of the sequences for validation; makes splits")
    add("--test", type=share, metavar="0..1", help="share of the sequences for test; makes splits")
    add("--seed", type=whole_number, default=0, help="of the drawing of splits (default: 0)")
    add(
        "--split",
        action="append",
        default=[],
        type=named_value,
        metavar="NAME=SPLIT",
        help="put a sequence into train, val or test; may repeat",
    )
    add(
        "--option",
        action="append",
        default=[],
        type=named_value,
        metavar="NAME=VALUE",
        help="an option of the format, see main.py formats; may repeat",
    )
    add("--box-base", type=int, choices=(0, 1), help="the same as --option box-base=0 or 1")


def _add_bases(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--frame-base", type=int, choices=(0, 1), help="number of the first frame in the file (default: as it says)")
    add("--box-base", type=int, choices=(0, 1), help="number of the top-left pixel in the file (default: as it says)")

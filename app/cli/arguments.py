"""What may follow each command, and what it means; wrong arguments are answered with one sentence."""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Never

from app.cli.format_arguments import add_convert, add_export, add_import
from tracker.geometry import BoundingBox

COMMANDS = (
    "track",
    "evaluate",
    "ablate",
    "effort",
    "calibrate-doubt",
    "export",
    "import",
    "convert",
    "formats",
    "demo",
    "weights",
    "train",
)

_ABOUT = """DiMPLE: label objects in video with a tracker that learns from every correction.

Without a command the window opens: main.py [VIDEO | FOLDER | PROJECT.dimple | --sample]
"""


@dataclass(frozen=True, slots=True)
class WindowArguments:
    """What the window is to open.

    Attributes:
        path: Video, image folder or project; None for the start page.
        sample: Whether to open the bundled sample clip.
        out: Where the results for the sample go if there is no display.
    """

    path: Path | None
    sample: bool
    out: Path


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, without repeating the usage."""

    def error(self, message: str) -> Never:
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments of a command, and ``argv``; leaves the program where they make no sense or help was asked for.

    Raises:
        SystemExit: With code 0 after help, 2 after a sentence on what is wrong.
    """
    parser = _Parser(prog="main.py", description=_ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_track(commands.add_parser("track", help="carry one box through a video, without a window"))
    _add_evaluate(
        commands.add_parser(
            "evaluate", help="measure the tracker on annotated sequences (OTB layout, or video.mp4 with boxes.csv)"
        )
    )
    _add_ablate(commands.add_parser("ablate", help="measure what each part of the tracker is worth"))
    _add_effort(
        commands.add_parser("effort", help="measure how many boxes a person must draw, with a simulated annotator")
    )
    _add_calibrate_doubt(
        commands.add_parser("calibrate-doubt", help="fit how likely a tracked box is wrong, or say how well that holds")
    )
    add_export(commands.add_parser("export", help="write a project in the formats of other tools"), whole_number)
    add_import(commands.add_parser("import", help="take what another tool wrote into a project"))
    add_convert(commands.add_parser("convert", help="from one format to another, without a project"), whole_number)
    commands.add_parser("formats", help="list the formats and their options")
    _add_demo(commands.add_parser("demo", help="track the bundled sample clip and export the result"))
    _add_weights(commands.add_parser("weights", help="list, check, add and remove the tracker's models"))
    commands.add_parser("train", help="train a tracker network, or go on with a run", add_help=False)
    if argv and argv[0] == "train":  # its arguments are its own; argparse would take the options among them for ours
        return argparse.Namespace(command="train", arguments=list(argv[1:]))
    arguments = parser.parse_args(_with_negative_boxes(argv))
    arguments.argv = tuple(argv)
    return arguments


def parse_window(argv: Sequence[str]) -> WindowArguments:
    """The arguments without a command; leaves the program where they make no sense.

    Raises:
        SystemExit: With code 2 after a sentence on what is wrong.
    """
    parser = _Parser(prog="main.py", add_help=False)
    parser.add_argument("path", type=Path, nargs="?")
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--out", type=Path, default=Path("out"))
    arguments = parser.parse_args(argv)
    if arguments.sample and arguments.path is not None:
        parser.error(f"--sample opens the sample clip and {arguments.path} something else; give one of them")
    return WindowArguments(arguments.path, arguments.sample, arguments.out)


def box(text: str) -> BoundingBox:
    """``X,Y,WIDTH,HEIGHT`` in pixels.

    Raises:
        argparse.ArgumentTypeError: Not four numbers, or no box.
    """
    try:
        x, y, w, h = (float(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a box; write X,Y,WIDTH,HEIGHT in pixels, for example 120,80,60,40"
        ) from None
    if not all(map(math.isfinite, (x, y, w, h))):
        raise argparse.ArgumentTypeError(f"the box {text} has a number that is not finite; give four plain numbers")
    if w <= 0 or h <= 0:
        raise argparse.ArgumentTypeError(f"the box {text} is empty; width and height must be above 0")
    return BoundingBox(x, y, w, h)


def whole_number(text: str) -> int:
    """A number from 0 up.

    Raises:
        argparse.ArgumentTypeError: Not such a number.
    """
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 up")
    return int(text)


def seeds(text: str) -> tuple[int, ...]:
    """``0,1,2``.

    Raises:
        argparse.ArgumentTypeError: Not whole numbers, or one twice.
    """
    numbers = tuple(whole_number(part.strip()) for part in text.split(","))
    if len(set(numbers)) != len(numbers):
        raise argparse.ArgumentTypeError(f"{text!r} names a seed twice")
    return numbers


def names(text: str) -> tuple[str, ...]:
    """``csrt,lite0_untrained``.

    Raises:
        argparse.ArgumentTypeError: A name is empty.
    """
    parts = tuple(part.strip() for part in text.split(","))
    if not all(parts):
        raise argparse.ArgumentTypeError(f"{text!r} has an empty name")
    return parts


def _add_track(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("source", type=Path, metavar="SOURCE", help="video file or folder of pictures")
    add("--box", type=box, required=True, metavar="X,Y,W,H", help="the target, in pixels from the top left corner")
    add("--frame", type=whole_number, default=0, metavar="K", help="frame of the box, from 0 (default: 0)")
    add("--until", type=whole_number, metavar="N", help="frame to end at (default: the last; backward: 0)")
    add("--backward", action="store_true", help="towards earlier frames")
    add("--name", default="", help="name of the track")
    add("--category", default="object", help="category of the track (default: object)")
    add("--project", type=Path, metavar="OUT.dimple", help="project file to make")
    add("--export", action="append", default=[], metavar="FORMAT:PATH", help="coco:out.json or mot:outdir; may repeat")
    add("--contact-sheet", type=Path, metavar="OUT.png", help="picture with evenly chosen frames and their boxes")
    _add_model(parser)
    add("--seed", type=whole_number, default=0, help="of everything random in the tracker (default: 0)")


def _add_evaluate(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    _add_sequences(parser)
    _add_model(parser)
    add(
        "--compare",
        type=names,
        default=(),
        metavar="NAME,NAME",
        help="trackers to run beside it: models by name or file, or csrt, OpenCV's CSRT tracker (make csrt)",
    )
    _add_results(parser)


def _add_ablate(parser: argparse.ArgumentParser) -> None:
    _add_sequences(parser)
    _add_model(parser)
    quick = "a first look: 20 frames a sequence, one seed, fewer numbers tried"
    parser.add_argument("--quick", action="store_true", help=quick)
    _add_results(parser)


def _add_sequences(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    help_text = "sequence with img/ and groundtruth_rect.txt or video.mp4 and boxes.csv, or folder of such"
    add("folders", type=Path, nargs="*", metavar="DIR", help=help_text)
    add("--generated", action="store_true", help="the nine generated scenes too")
    help_text = "the scenes that effort is measured on too, from these seeds; 101 is for reports"
    add("--scene-seeds", type=seeds, default=(), metavar="201,202", help=help_text)
    add("--held-out", metavar="CONFIG", help="what a training configuration holds out too, for example lite0")
    add("--frames", type=whole_number, metavar="N", help="only the first frames of each sequence")


def _add_results(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--seeds", type=seeds, default=(0,), metavar="0,1,2", help="run each sequence with each seed (default: 0)")
    add("--jobs", type=whole_number, default=1, metavar="N", help="sequences at a time (default: 1)")
    add("--json", type=Path, metavar="FILE", help="write the numbers as JSON too")
    add("--table", type=Path, metavar="PAGE.md", help="put the tables into a page of docs, in their marked place")


def thresholds(text: str) -> tuple[float, ...]:
    """``0.5,0.7``: IoU between 0 and 1.

    Raises:
        argparse.ArgumentTypeError: Not such numbers.
    """
    try:
        numbers = tuple(float(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no list of numbers, such as 0.5,0.7") from None
    if not all(0 < number < 1 for number in numbers):
        raise argparse.ArgumentTypeError(f"{text!r} has a number that is not between 0 and 1")
    return tuple(dict.fromkeys(numbers))


def _add_effort(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("folders", type=Path, nargs="*", metavar="DIR", help="sequence with img/ and groundtruth_rect.txt, or of such")
    add("--generated", action="store_true", help="the generated scenes, alone or too")
    add("--scene-seeds", type=seeds, default=(101,), metavar="101,102", help="of those scenes; tune on others than 101")
    add(
        "--conditions",
        type=names,
        default=("linear", "csrt", "restart", "memory"),
        metavar="A,B",
        help="what helps the annotator: linear, csrt, restart, memory, mended (default: the first four); bare is "
        "memory without its additions, only-NAME bare with one of them, no-NAME memory without it",
    )
    add("--against", metavar="CONDITION", help="compare with this condition only (default: with all before each)")
    add(
        "--annotators",
        type=names,
        default=("S",),
        metavar="S,Q,W",
        help="S watches from the start, Q is led by the review queue, W puts the worst frame right (default: S)",
    )
    add("--thresholds", type=thresholds, default=(0.5, 0.7), metavar="A,B", help="least IoU (default: 0.5,0.7)")
    add("--seeds", type=seeds, default=(0,), metavar="0,1,2", help="of annotator and tracker (default: 0)")
    add("--limit", type=whole_number, metavar="N", help="only the first N frames of each sequence")
    add("--results", type=Path, metavar="FILE", help="keep every run here, and go on with those that are there")
    add("--json", type=Path, metavar="FILE", help="write the numbers as JSON too")
    add("--plot", type=Path, metavar="FILE.svg", help="draw them, too")
    add("--table", type=Path, metavar="PAGE.md", help="put the tables into a page of docs, in their marked place")
    add("--section", default="effort", metavar="NAME", help="of the marked places: NAME-S and so on (default: effort)")
    _add_model(parser)


def _add_calibrate_doubt(parser: argparse.ArgumentParser) -> None:
    _add_sequences(parser)
    _add_model(parser)
    add = parser.add_argument
    add("--out", type=Path, metavar="FILE", help="write the fitted table, for example resources/doubt.json")
    add("--check", type=Path, metavar="FILE", help="fit nothing; say how well this table holds on the sequences")
    add("--diagram", type=Path, metavar="FILE.svg", help="draw what is told against what is so")
    add("--table", type=Path, metavar="PAGE.md", help="put the figures into a page of docs, in their marked place")


def _add_demo(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--out", type=Path, default=Path("out"), metavar="DIR", help="where the results go (default: out)")
    add("--until", type=whole_number, metavar="N", help="frame to end at (default: the last)")
    _add_model(parser)


def _add_weights(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="all models, with where they are and whether their files are whole")
    verify = actions.add_parser(
        "verify", help="read models whole and compare everything; exit code 1 if one is damaged"
    )
    verify.add_argument("name", nargs="?", metavar="NAME", help="only this one")
    adding = actions.add_parser("add", help="take in a checkpoint of DiMP's authors, or a model from training")
    adding.add_argument("file", type=Path, metavar="FILE", help="a .pth, .pth.tar, .pt or .safetensors file")
    adding.add_argument("--name", metavar="N", help="what to call it (default: as published, or as the file is called)")
    actions.add_parser("remove", help="take away a model that was added").add_argument("name", metavar="NAME")


def _add_model(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--model", default="default", help="name of a model, or a weights file")
    add("--device", default="auto", choices=("auto", "cpu", "cuda", "mps"), help="where the network runs")


def _with_negative_boxes(argv: Sequence[str]) -> list[str]:
    """``--box -5,3,10,10`` as ``--box=-5,3,10,10``: argparse would take the number for an option."""
    joined: list[str] = []
    for argument in argv:
        if joined and joined[-1] == "--box":
            joined[-1] = f"--box={argument}"
        else:
            joined.append(argument)
    return joined

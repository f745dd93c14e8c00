"""From arguments to the options of an export or an import."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from app.document.model import Project
from app.errors import AppError
from app.formats.format import Format, Reader
from app.formats.options import (
    AnyOption,
    ExportOptions,
    ImportOptions,
    OptionValue,
    Split,
    Splits,
)
from app.formats.registry import all_readers
from app.formats.source_shape import shape_of
from app.media.frame_source import SourceInfo
from app.media.open_source import describe_source, open_source


def export_options(arguments: argparse.Namespace, project: Project) -> ExportOptions:
    """What is the same for all targets; ``for_format`` adds the rest.

    Raises:
        AppError: A sequence or track is not in the project, or a number makes no sense.
    """
    if arguments.step < 1:
        raise AppError("--step 0 takes no frame; give 1 or more.")
    tracks = {number for sequence in project.sequences.values() for number in sequence.tracks}
    for number in arguments.only_track or ():
        if number not in tracks:
            raise AppError(f"There is no track {number} in the project: see its tracks in the window.")
    return ExportOptions(
        sequence_ids=_sequences(project, arguments.only_sequence),
        track_ids=frozenset(arguments.only_track) if arguments.only_track else None,
        first_frame=arguments.first,
        last_frame=arguments.last,
        frame_step=arguments.step,
        keyframes_only=arguments.keyframes_only,
        minimum_visibility=arguments.minimum_visibility,
        minimum_score=arguments.minimum_score,
        write_scores=not arguments.no_scores,
        pictures=getattr(arguments, "pictures", False),
        splits=_splits(arguments, project),
    )


def for_format(
    options: ExportOptions, known: Format, own: Iterable[tuple[str, str]], *, among_others: bool
) -> ExportOptions:
    """The options with those of one format.

    Args:
        options: The common ones.
        known: The format.
        own: (name, value) as typed.
        among_others: Whether options may be meant for another target.

    Raises:
        AppError: The format has no such option or value.
    """
    offered: dict[str, AnyOption] = {it.name: it for it in known.options}
    values: dict[str, OptionValue] = {}
    for name, text in own:
        if name in offered:
            values[name] = _value(known, offered[name], text)
        elif not among_others:
            raise AppError(f"{known.title} has no option {name!r}: it offers {', '.join(offered) or 'none'}.")
    return replace(options, own=values)


def parse_origin(text: str) -> tuple[Reader | None, Path]:
    """``FORMAT:PATH``, or a path alone, whose format is recognised when it is read."""
    name, colon, rest = text.partition(":")
    for known in all_readers():
        if colon and rest and known.name == name.strip().lower():
            return known, Path(rest)
    return None, Path(text)


def import_options(frame_base: int | None, box_base: int | None, source: SourceInfo | None) -> ImportOptions:
    """What is told of a file beside its name."""
    return ImportOptions(frame_base, box_base, shape_of(source) if source is not None else None)


def described(path: Path) -> SourceInfo:
    """What there is to know of a video.

    Raises:
        AppError: It cannot be read.
    """
    source = open_source(path)
    try:
        return describe_source(path, source)
    finally:
        source.close()


def _value(known: Format, option: AnyOption, text: str) -> OptionValue:
    value: OptionValue = text
    try:
        if isinstance(option.default, bool):
            value = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}[text.lower()]
        elif isinstance(option.default, int):
            value = int(text)
        elif isinstance(option.default, float):
            value = float(text)
    except (ValueError, KeyError):
        value = ""
    if not option.allows(value):
        raise AppError(f"{known.title} cannot have {text!r} for {option.name}: give {wanted(option)}.")
    return value


def wanted(option: AnyOption) -> str:
    """What an option may be, in words."""
    if option.choices:
        return " or ".join(str(it.value) for it in option.choices)
    if isinstance(option.default, bool):
        return "yes or no"
    if isinstance(option.default, str):
        return "a text"
    return f"a number from {option.minimum:g} to {option.maximum:g}"


def _sequences(project: Project, names: list[str] | None) -> frozenset[int] | None:
    return None if names is None else frozenset(sequence_named(project, name) for name in names)


def sequence_named(project: Project, name: str) -> int:
    """Id of a Sequence.

    Raises:
        AppError: None has this name, or several have.
    """
    found = [it.id for it in project.sequences.values() if it.name == name]
    if len(found) != 1:
        there = ", ".join(it.name for it in project.sequences.values())
        raise AppError(
            f"{'Several sequences have' if found else 'No sequence has'} the name {name!r}: there are {there}."
        )
    return found[0]


def _splits(arguments: argparse.Namespace, project: Project) -> Splits | None:
    if arguments.val is None and arguments.test is None and not arguments.split:
        return None
    val, test = arguments.val or 0.0, arguments.test or 0.0
    if val + test > 1:
        raise AppError(f"--val {val:g} and --test {test:g} are more than all sequences: give shares up to 1 in all.")
    named = {}
    for name, split in arguments.split:
        if split not in {it.value for it in Split}:
            raise AppError(f"There is no split {split!r}: write train, val or test.")
        named[sequence_named(project, name)] = Split(split)
    return Splits(val, test, arguments.seed, named)

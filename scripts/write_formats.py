"""Writes docs/formats.md from the registry of formats: ``python scripts/write_formats.py``."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.formats.format import Field, Format, TargetKind  # noqa: E402 - after the path is set
from app.formats.options import AnyOption  # noqa: E402 - after the path is set
from app.formats.registry import FORMATS, PLUGIN_GROUP  # noqa: E402 - after the path is set
from bench.format_speed import SECTION  # noqa: E402 - after the path is set

TARGET = ROOT / "docs" / "formats.md"
_START, _END = "<!-- readers -->", "<!-- /readers -->"
"""Between them stands what ``make readers`` measured; it stays as it is."""

_READERS = """
## Read by others

`make readers` exports a small project in every format (parts of a pixel, a gap, boxes over the border, pictures), loads
the exports with other people's readers in an environment of its own, and compares every box. Datumaro keeps two
decimals; what stands in place of a number is why there is none.

"""

_HEAD = """# Formats

Made by `python scripts/write_formats.py` from the formats themselves; the dialogs and the command line are made from
the same.

```
python main.py formats                                      # all formats and their options
python main.py export project.dimple coco:boxes.json mot:boxes_mot --step 5
python main.py import project.dimple boxes.xml --preview    # says what would come in; without it, it comes in
python main.py convert coco:boxes.json mot:boxes_mot
```

## What each can hold

What is written is what is on the screen. Before an export, the window and the command line list what the chosen
format cannot hold of this project, with numbers. `yes`: the format's files hold it, and a later import gives it back.

"""

_TAIL = f"""## What all share

- Every n-th frame, a range of frames, only keyframes, only some tracks or sequences, a smallest visible share and a
  smallest score can be chosen; tracked boxes can be written with their score or with 1.
- With pictures, the frames are written where the format wants them. A format that is one file then becomes a folder,
  with the pictures in `images/<sequence>/`; with splits, one file for each of `train`, `val` and `test`.
- Sequences are dealt out to splits whole, by share and seed or by name.
- Each folder gets `export_info.json`: the options, and for each sequence its name, size, frame rate and which frames of
  the video were exported. A later import uses it; other tools pass it over.
- An export appears whole or not at all; what was there before stays when it fails or is cancelled. A folder is only
  replaced where it holds an earlier export and nothing else.

## Import

The format is recognised by the content. A preview says what would come in, what was taken for the number of the first
frame and of the top-left pixel (both can be put right), and what is odd about the file. Then everything comes in as
one edit, which one undo takes back.

- A file, a folder, any file of a folder, or a zip archive of them as CVAT and other tools hand out. Archives are
  unpacked within bounds (4 GB, 500,000 files, of pictures only the head); one with links, or with files that would lie
  outside of it, is refused.
- Several files of one kind in a folder or an archive (tasks of CVAT, COCO files, exports of Label Studio, tables), also
  in folders of their own, come in together: each brings its sequences. What belongs to one sequence is put together
  where no frame has boxes in two files, as in sets to train and to validate; two versions of one are refused, and so
  are files of several formats until one is chosen.
- Where a format has a file a picture (YOLO, Pascal VOC) or lists pictures and no videos (COCO, CVAT for images), boxes
  go to the frames whose pictures have the same names if the sequence is a folder of images; else the number in which
  a name ends is the frame.
- Sequences of the file go into those of the project with the same name, else the same size and number of frames; the
  person can choose others. Categories and attributes are the same when their names are. Tracks keep their numbers where
  the project never used them.
- Where the format does not tell which boxes a person set, keyframes are put where a straight path between them would be
  off by more than the tolerance (1 pixel unless chosen), and where the object appears, leaves or is hidden more or
  less. All boxes stay in the tracked layer as they were.
- LabelMe (a folder with a JSON file a picture, X-AnyLabeling's too) is read and not written: `labelme`. Of outlines the
  boxes round them are taken; shapes of one label and `group_id` are one track.
- Texts are UTF-8, or UTF-16 with a mark as Windows writes it.
- A file that is damaged is refused with its name, the line or the place, and the field. The project is unchanged.

## Formats of others

A Python package can bring one: an entry point in the group `{PLUGIN_GROUP}` that names a class (or an object) with the
members of `app.formats.format.Format`. A broken one costs a sentence in `main.py formats`, nothing else.

## A million boxes

`python -m bench formats --table docs/formats.md` makes a project of a million boxes, exports it to each format, imports
that into another project and converts it to the next format of the table, as commands of their own, and measures each:
seconds of the processor and peak memory, with the start of the program and the project file. The aim of an import
is 20 seconds and 1000 MB. Where an export is a file a frame (`voc`, `yolo`), the file system sets the limit: a
column says what writing the same bytes into as many files takes at least. A folder of ext4, NTFS or APFS holds millions
of files; of exFAT 2.8 million; of FAT32 about 21,000 with names such as `clip_000001.xml`: longer videos do not fit
on such a stick in these formats.

"""


def formats_page() -> str:
    """The page as Markdown."""
    names = [it.name for it in FORMATS]
    lines = [f"| | {' | '.join(names)} |", "|---|" + "---|" * len(names)]
    lines += [
        f"| {kind.value} | {' | '.join('yes' if kind in it.holds else '–' for it in FORMATS)} |" for kind in Field
    ]
    lines.append("")
    for known in FORMATS:
        lines += _section(known)
    speed = _measured(f"<!-- {SECTION}: begin -->", f"<!-- {SECTION}: end -->")
    return _HEAD + "\n".join(lines) + "\n" + _TAIL + speed + _READERS + _measured(_START, _END)


def _measured(start: str, end: str) -> str:
    """A table that was measured, with its marks, as it stands in the page."""
    text = TARGET.read_text(encoding="utf-8") if TARGET.exists() else ""
    table = text.partition(start)[2].partition(end)[0] or "\n"
    return f"{start}{table}{end}\n"


def _section(known: Format) -> list[str]:
    about = inspect.getdoc(sys.modules[type(known).__module__]) or ""
    is_file = known.kind is TargetKind.FILE
    lines = [
        f"## {known.title}",
        "",
        f"`{known.name}`, {f'one file, `{known.suffix}`' if is_file else 'a folder'}.",
        "",
        about.replace("``", "`"),
        "",
    ]
    lines += [f"- `{it.name}`: {it.title}; {_choices(it)}" for it in known.options]
    return [*lines, ""] if known.options else lines


def _choices(option: AnyOption) -> str:
    if option.choices:
        return ", ".join(
            f"{it.title if it.title.startswith(str(it.value)) else f'{it.value}: {it.title}'}"
            f"{' (default)' if it.value == option.default else ''}"
            for it in option.choices
        )
    if isinstance(option.default, bool):
        return f"`yes` or `no` (default: `{'yes' if option.default else 'no'}`)"
    if isinstance(option.default, str):
        return f"a text (default: `{option.default}`)"
    return f"{option.minimum:g} to {option.maximum:g} (default: {option.default:g})"


if __name__ == "__main__":
    TARGET.write_text(formats_page(), encoding="utf-8")

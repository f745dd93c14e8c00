"""Which names the classes of a YOLO folder have, and what follows their boxes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from app.formats.text_lines import text_lines

MOST_CLASSES = 100_000
NAME_LISTS = ("classes.txt", "obj.names")
"""A name a line: labelImg, and CVAT as "YOLO 1.1"."""


@dataclass(frozen=True, slots=True)
class YoloClasses:
    """What stands beside the labels.

    Attributes:
        names: By number; what is not understood is passed over.
        has_points: Whether key points follow each box (Ultralytics pose).
    """

    names: dict[int, str] = field(default_factory=dict)
    has_points: bool = False

    def name(self, number: int) -> str:
        """Of a class, which may have none."""
        return self.names.get(number, f"class {number}")


def read_classes(root: Path) -> YoloClasses:
    """From ``data.yaml`` or a list of names."""
    for name in ("data.yaml", "dataset.yaml", "data.yml"):
        if (root / name).is_file():
            lines = [line for _, line in text_lines(root / name, name)]
            return YoloClasses(_yaml_names(lines), any(line.startswith("kpt_shape:") for line in lines))
    for name in NAME_LISTS:
        if (root / name).is_file():
            return YoloClasses({n - 1: line.strip() for n, line in text_lines(root / name, name) if line.strip()})
    return YoloClasses()


def _yaml_names(lines: list[str]) -> dict[int, str]:
    """The three ways in which people write ``names``: a number a line, a dash a line, and all in one line."""
    start = next((place for place, line in enumerate(lines) if line.startswith("names:")), None)
    if start is None:
        return {}
    names: dict[int, str] = {}
    inline = lines[start].partition(":")[2].strip().rstrip("]}").lstrip("[{")
    rows = inline.split(",") if inline else _block(lines[start + 1 :])
    for place, row in enumerate(rows[:MOST_CLASSES]):
        text = row.strip().removeprefix("- ").strip()
        number, colon, rest = text.partition(":")
        if colon and number.strip().isdecimal() and len(number) < 8:
            names[int(number)] = _unquoted(rest.strip())
        else:
            names[place] = _unquoted(text)
    return names


def _block(lines: list[str]) -> list[str]:
    rows = []
    for line in lines:
        if line.strip() and not line.startswith((" ", "-", "\t")):
            break
        if line.strip() and not line.lstrip().startswith("#"):
            rows.append(line)
    return rows


def _unquoted(text: str) -> str:
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        try:
            return str(json.loads(text))
        except ValueError:
            return text[1:-1]
    if text.startswith("'") and text.endswith("'") and len(text) > 1:
        return text[1:-1].replace("''", "'")
    return text

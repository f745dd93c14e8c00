"""Objects of Pascal VOC out of the text of a file: most look like one before them, and those need no parser.

A program writes its objects alike. So what the parser has read once becomes a pattern: the same tags letter by letter,
with any text where there was text. What matches is the same XML with other texts, and takes a tenth of the time.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET  # nosec B405  # its type alone; see safe_xml

import numpy as np
import numpy.typing as npt

from app.formats.safe_xml import number, small_tree
from app.formats.text_lines import MAX_NUMBER

OBJECT_START = re.compile(r"<object(?:\s[^<>]*)?>")

_OBJECT_END = "</object>"
_MOST_SHAPES = 16
"""That are learned: more are no help, as each is tried for every object."""
_TAG = re.compile("<([^<>]*)>")
_PLAIN_TAG = re.compile(r"/?[A-Za-z_][\w.-]*", re.ASCII)
_SPACE = re.compile(r"[ \t\r\n]*+")
_ANY_TEXT = "([^<>&\0-\x08\x0b-\x1f\ufffe\uffff]*+)"
"""Neither a tag nor an entity, nor what XML forbids or (line ends of Windows) replaces."""

_PARENTS = frozenset({"bndbox", "size", "source", "owner"})
_ATTRIBUTE = ("attributes", "attribute")

_Pattern = tuple[re.Pattern[str], tuple[str, ...]]
"""What matches all objects with the same tags, and the paths of its groups."""


@dataclass(slots=True)
class VocObject:
    """One ``<object>``.

    Attributes:
        file: Name of the file.
        line: Where it begins, from 1.
        texts: Path below it -> text; ``attributes/<name>`` for what CVAT has as pairs of name and value.
    """

    file: str
    line: int
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """In words."""
        return f"{self.file}, line {self.line}, <object>"

    def flag(self, key: str) -> bool:
        """Whether an element says 1."""
        return self.texts.get(key) == "1"

    def number(self, key: str) -> float:
        """What stands in an element.

        Raises:
            AppError: No number.
        """
        text = self.texts.get(key, "")
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not abs(value) <= MAX_NUMBER:
            return number(text, f"{self.place}: <{key.rpartition('/')[2]}>")
        return value


@dataclass(frozen=True, slots=True)
class VocRun:
    """Objects of one file, one behind the other, with the same elements: as columns.

    Attributes:
        file: Name of the file.
        lines: Where each begins, from 1.
        texts: Path as in ``VocObject`` -> the text of each, with outer spaces.
    """

    file: str
    lines: list[int]
    texts: dict[str, tuple[str, ...]]

    def objects(self) -> Iterator[VocObject]:
        """One by one."""
        for place, line in enumerate(self.lines):
            yield VocObject(self.file, line, {path: texts[place].strip() for path, texts in self.texts.items()})

    def flags(self, path: str) -> npt.NDArray[np.bool_]:
        """Which of them have an element that says 1, bool ``(N,)``."""
        texts = self.texts.get(path)
        if texts is None:
            return np.zeros(len(self.lines), dtype=np.bool_)
        return np.array([it.strip() == "1" for it in texts], dtype=np.bool_)


class ObjectReader:
    """Reads objects of one file after the other; knows the shapes that it has met."""

    def __init__(self) -> None:
        self._patterns: list[_Pattern] = []
        self._tried = 0

    def read(self, text: str, start: int, file: str, line: int) -> tuple[VocRun, int] | None:
        """The objects at ``start`` that look alike, and where what is behind them and the space after begins.

        Args:
            text: Of a file, without any ``<!``.
            start: Where ``OBJECT_START`` matches.
            file: Its name.
            line: Of the first object.

        Returns:
            None where the first one is broken or has more than what this format and CVAT know.
        """
        for pattern, paths in self._patterns:
            at, lines, texts = start, list[int](), list[tuple[str, ...]]()
            while match := pattern.match(text, at):
                lines.append(line)
                texts.append(match.groups())
                line += text.count("\n", at, match.end())
                at = match.end()
            if lines:
                return VocRun(file, lines, dict(zip(paths, zip(*texts, strict=True), strict=True))), at
        end = text.find(_OBJECT_END, start) + len(_OBJECT_END)
        tree = small_tree(text[start:end])
        found = _object_texts(tree) if tree is not None else None
        if found is None:
            return None
        self._learn(text[start:end], found)
        following = _SPACE.match(text, end)
        run = VocRun(file, [line], {path: (it,) for path, it in found.items()})
        return run, following.end() if following else end

    def _learn(self, text: str, texts: dict[str, str]) -> None:
        if self._tried == _MOST_SHAPES or "&" in text:
            return
        self._tried += 1
        learned = _pattern(text)
        if learned is None:
            return
        pattern, paths = learned
        match = pattern.fullmatch(text)
        if match and dict(zip(paths, map(str.strip, match.groups()), strict=True)) == texts:
            self._patterns.append(learned)


def _pattern(text: str) -> _Pattern | None:
    """For all objects with the tags of this one; None where one of them is unusual."""
    parts = _TAG.split(text)
    between, tags = parts[::2], parts[1::2]
    shape, paths, above = [re.escape(f"<{tags[0]}>")], list[str](), list[str]()
    name = ""
    for before, last, tag in zip(between[1:], tags, tags[1:], strict=False):
        if not _PLAIN_TAG.fullmatch(tag):
            return None
        is_leaf = tag == f"/{last}"
        if is_leaf and above == [*_ATTRIBUTE, "name"]:
            name = before.strip()
            shape.append(re.escape(before))
        elif is_leaf:
            paths.append(f"attributes/{name}" if above == [*_ATTRIBUTE, "value"] else "/".join(above))
            shape.append(_ANY_TEXT)
        else:
            shape.append(_SPACE.pattern)
        shape.append(re.escape(f"<{tag}>"))
        if not tag.startswith("/"):
            above.append(tag)
        elif above:
            above.pop()
    return (re.compile("".join([*shape, _SPACE.pattern])), tuple(paths)) if len(set(paths)) == len(paths) else None


def _object_texts(element: ET.Element) -> dict[str, str] | None:
    """``VocObject.texts`` of an object; None where it has more than what this format and CVAT know."""
    texts: dict[str, str] = {}
    for child in element:
        if child.tag != _ATTRIBUTE[0]:
            if not take_leaves(texts, child):
                return None
            continue
        for pair in child:
            if pair.tag != _ATTRIBUTE[1] or [it.tag for it in pair] != ["name", "value"] or any(map(len, pair)):
                return None
            name, value = map(_text, pair)
            texts[f"attributes/{name}"] = value
    return texts


def take_leaves(texts: dict[str, str], element: ET.Element) -> bool:
    """Put the text of an element, or of those in it, under its path; whether that is all there is."""
    tag = element.tag
    if not len(element):
        texts.setdefault(tag, _text(element))
        return tag != "object"
    for leaf in element:
        if len(leaf):
            return False
        texts.setdefault(f"{tag}/{leaf.tag}", _text(leaf))
    return tag in _PARENTS


def _text(element: ET.Element) -> str:
    return (element.text or "").strip()

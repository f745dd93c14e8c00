"""One XML file of Pascal VOC: at once where it holds what everybody writes, element by element where it does not."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET  # nosec B405  # its type alone; see safe_xml

from app.errors import AppError
from app.formats.imported_project import MAX_SIDE
from app.formats.safe_xml import Element, number, read_xml, small_tree
from app.formats.text_lines import MAX_NUMBER, whole

_OBJECT = re.compile(r"<object(?![^\s/>])")


@dataclass(slots=True)
class VocObject:
    """One ``<object>``: path below it -> text, and its attributes of ours."""

    place: str
    texts: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)

    def flag(self, key: str) -> bool:
        """Whether an element says 1."""
        return self.texts.get(key) == "1"

    def number(self, element: str) -> float:
        """What stands in an element.

        Raises:
            AppError: No number.
        """
        text = self.texts.get(element, "")
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not abs(value) <= MAX_NUMBER:
            return number(text, f"{self.place}: <{element.rpartition('/')[2]}>")
        return value


@dataclass(slots=True)
class VocPicture:
    """One file while it is read."""

    name: str
    path: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    objects: list[VocObject] = field(default_factory=list)

    def started(self, element: Element) -> None:
        """An element begins."""
        if not self.path and element.name != "annotation":
            raise AppError("{0} is not <annotation>: this is no file of Pascal VOC.", element.place)
        self.path.append(element.name)
        if self.path == ["annotation", "object"]:
            self.objects.append(VocObject(element.place))

    def ended(self, _element: Element, text: str) -> None:
        """An element ends."""
        if self.path[:2] == ["annotation", "object"]:
            below, last = "/".join(self.path[2:]), self.objects[-1]
            if below == "attributes/attribute/name":
                last.texts[below] = text
            elif below == "attributes/attribute/value":
                last.attributes[last.texts.get("attributes/attribute/name", "")] = text
            else:
                last.texts.setdefault(below, text)
        else:
            self.texts.setdefault("/".join(self.path[1:]), text)
        self.path.pop()

    def size(self) -> tuple[int, int]:
        """Width and height.

        Raises:
            AppError: There is none.
        """
        sides = []
        for side in ("width", "height"):
            what = f"{self.name}: <{side}>"
            sides.append(whole(number(self.texts.get(f"size/{side}", ""), what), self.name, f"<{side}>", 1, MAX_SIDE))
        return sides[0], sides[1]


def read_picture(file: Path) -> VocPicture:
    """Read one file.

    Raises:
        AppError: It is not of this format.
    """
    tree = small_tree(file)
    picture = _from_tree(file.name, *tree) if tree is not None else None
    if picture is None:
        picture = VocPicture(file.name)
        read_xml(file, picture.started, picture.ended)
    return picture


def _from_tree(name: str, root: ET.Element, text: str) -> VocPicture | None:
    """The same at once, ten times as fast; None where the file has more than what this format and CVAT know."""
    if root.tag != "annotation":
        return None
    picture = VocPicture(name)
    line, before = 1, 0
    starts = _OBJECT.finditer(text)
    for child in root:
        if child.tag == "object":
            start = next(starts).start()
            line, before = line + text.count("\n", before, start), start
            found = _object_from_tree(f"{name}, line {line}, <object>", child)
            if found is None:
                return None
            picture.objects.append(found)
        elif not _take_leaves(picture.texts, child):
            return None
    return picture


def _object_from_tree(place: str, element: ET.Element) -> VocObject | None:
    found = VocObject(place)
    for child in element:
        if child.tag != "attributes":
            if not _take_leaves(found.texts, child):
                return None
            continue
        for pair in child:
            texts = {it.tag: _text(it) for it in pair if not len(it)}
            if pair.tag != "attribute" or len(texts) != len(pair) or not texts.keys() <= {"name", "value"}:
                return None
            if "value" in texts:
                found.attributes[texts.get("name", "")] = texts["value"]
    return found


def _take_leaves(texts: dict[str, str], element: ET.Element) -> bool:
    """Put the text of an element, or of those in it, under its path; whether that is all there is."""
    tag = element.tag
    if not len(element):
        texts.setdefault(tag, _text(element))
        return tag != "object"
    for leaf in element:
        if len(leaf):
            return False
        texts.setdefault(f"{tag}/{leaf.tag}", _text(leaf))
    return tag in {"bndbox", "size", "source", "owner"}


def _text(element: ET.Element) -> str:
    return (element.text or "").strip()

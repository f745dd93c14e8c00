"""One XML file of Pascal VOC: at once where it holds what everybody writes, element by element where it does not."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from pathlib import Path

from app.errors import AppError
from app.formats.imported_project import MAX_SIDE
from app.formats.safe_xml import Element, number, read_xml, small_text, small_tree
from app.formats.text_lines import whole
from app.formats.voc_objects import OBJECT_START, ObjectReader, VocObject, VocRun, take_leaves


@dataclass(slots=True)
class VocPicture:
    """One file while it is read.

    Attributes:
        name: Of the file.
        texts: Path -> text, without those of the objects.
        runs: Its objects where the file was read at once.
        single: Its objects where it was read element by element.
        path: Elements that are open.
        attribute: Name that the next value of an object's attributes is for.
    """

    name: str
    texts: dict[str, str] = field(default_factory=dict)
    runs: list[VocRun] = field(default_factory=list)
    single: list[VocObject] = field(default_factory=list)
    path: list[str] = field(default_factory=list)
    attribute: str = ""

    def started(self, element: Element) -> None:
        """An element begins."""
        if not self.path and element.name != "annotation":
            raise AppError("{0} is not <annotation>: this is no file of Pascal VOC.", element.place)
        self.path.append(element.name)
        if self.path == ["annotation", "object"]:
            self.single.append(VocObject(element.file, element.line))

    def ended(self, _element: Element, text: str) -> None:
        """An element ends."""
        if self.path[:2] == ["annotation", "object"]:
            below, texts = "/".join(self.path[2:]), self.single[-1].texts
            if below == "attributes/attribute/name":
                self.attribute = text
            elif below == "attributes/attribute/value":
                texts[f"attributes/{self.attribute}"] = text
            else:
                texts.setdefault(below, text)
        else:
            self.texts.setdefault("/".join(self.path[1:]), text)
        self.path.pop()

    @property
    def objects(self) -> list[VocObject]:
        """All, in the order of the file."""
        return [*self.single, *itertools.chain.from_iterable(it.objects() for it in self.runs)]

    @property
    def has_size(self) -> bool:
        """Whether it tells one; some programs write zeros."""
        return not {self.texts.get("size/width", ""), self.texts.get("size/height", "")} <= {"", "0"}

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


def read_picture(file: Path, objects: ObjectReader) -> VocPicture:
    """Read one file.

    Args:
        file: To be read.
        objects: The same for all files, as it learns from each.

    Raises:
        AppError: It is not of this format.
    """
    text = small_text(file)
    picture = _from_text(file.name, text, objects) if text is not None else None
    if picture is None:
        picture = VocPicture(file.name)
        read_xml(file, picture.started, picture.ended)
    return picture


def _from_text(name: str, text: str, reader: ObjectReader) -> VocPicture | None:
    """The same at once; None where the file is broken or has more than what this format and CVAT know.

    The objects, one behind the other, are read first, and the rest with a mark in their place.
    """
    picture = VocPicture(name)
    first = OBJECT_START.search(text)
    if first is None:
        rest = text
    else:
        at = counted = first.start()
        line = 1 + text.count("\n", 0, at)
        while OBJECT_START.match(text, at):
            line, counted = line + text.count("\n", counted, at), at
            read = reader.read(text, at, name, line)
            if read is None:
                return None
            found, at = read
            picture.runs.append(found)
        rest = f"{text[: first.start()]}<object/>{text[at:]}"
    root = small_tree(rest)
    if root is None or root.tag != "annotation":
        return None
    # a mark that is not found stood within something else, a second one is an object apart from the others
    others = [child for child in root if child.tag != "object"]
    if len(root) - len(others) != (first is not None) or not all(take_leaves(picture.texts, it) for it in others):
        return None
    return picture

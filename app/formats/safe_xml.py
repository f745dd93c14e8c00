"""XML from anybody, element by element, and text that XML can hold.

The standard library's expat, with every declaration refused: a document type is the way to entities that grow without
end, to files of this machine and to the network, and no format of ours has one. expat rather than ``defusedxml``: it
gives the line of each element for the sentences, reads in blocks, and adds no dependency
(docs/decisions/0008-safe-xml.md).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET  # nosec B405
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr  # nosec B406

from app.errors import AppError
from app.formats.plain_input import plain
from app.formats.progress import Progress
from app.formats.text_lines import MAX_NUMBER

_BLOCK = 1 << 16
_DEEPEST = 50
_LONGEST_TEXT = 1_000_000
_SMALL = 1 << 20
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Element(NamedTuple):
    """One element as it stands in the file.

    Attributes:
        name: Of the tag.
        attributes: As written.
        file: Name of the file.
        line: In it, from 1.
    """

    name: str
    attributes: Mapping[str, str]
    file: str
    line: int

    @property
    def place(self) -> str:
        """In words, such as ``a.xml, line 3, <box>``."""
        return f"{self.file}, line {self.line}, <{self.name:.40}>"

    def text(self, key: str, default: str | None = None) -> str:
        """An attribute.

        Raises:
            AppError: There is none, and no default.
        """
        value = self.attributes.get(key, default)
        if value is None:
            raise AppError("{0} has no {1!r}: correct the file.", self.place, key)
        return value

    def number(self, key: str, default: float | None = None) -> float:
        """An attribute that is a finite number.

        Raises:
            AppError: It is none.
        """
        text = self.attributes.get(key)
        if text is None and default is not None:
            return default
        found = _as_number(text) if text is not None else math.nan
        return found if abs(found) <= MAX_NUMBER else number(self.text(key), f"{self.place}: {key!r}")

    def integer(self, key: str, default: int | None = None) -> int:
        """An attribute that is a whole number.

        Raises:
            AppError: It is none.
        """
        value = self.number(key, default)
        if not value.is_integer():
            raise AppError("{0}: {1!r} is {2:g}, not a whole number: correct the file.", self.place, key, value)
        return int(value)

    def flag(self, key: str) -> bool:
        """An attribute that is 0 or 1; 0 where there is none.

        Raises:
            AppError: It is something else.
        """
        value = self.attributes.get(key, "0")
        if value not in {"0", "1"}:
            raise AppError("{0}: {1!r} is {2!r:.40}, not 0 or 1: correct the file.", self.place, key, value)
        return value == "1"


Started = Callable[[Element], None]
Ended = Callable[[Element, str], None]
"""Told the element and the text right inside it, without outer spaces."""


def number(text: str, what: str) -> float:
    """``text`` as a finite number.

    Raises:
        AppError: It is none; the sentence begins with ``what``.
    """
    value = _as_number(text)
    if not abs(value) <= MAX_NUMBER:
        raise AppError("{0} is {1!r:.40}, not a number: correct the file.", what, text)
    return value


def _as_number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def read_xml(path: Path, started: Started, ended: Ended, progress: Progress | None = None) -> None:
    """Read a file and tell of each element when it begins and when it ends.

    Raises:
        AppError: It cannot be read, is no XML, or declares a document type or an entity; or as ``started`` and
            ``ended`` raise.
        CancelledError: The person gave up.
    """
    reader = _Reader(path.name, started, ended)
    try:
        size = max(1, path.stat().st_size)
        with plain(path).open("rb") as file:
            done = 0
            while block := file.read(_BLOCK):
                reader.feed(block)
                done += len(block)
                if progress is not None:
                    progress.at(done, size)
        reader.close()
    except OSError as error:
        raise AppError("{0} cannot be read ({1}): check the name.", path, error.strerror) from error


def small_text(path: Path) -> str | None:
    """The text of a small file, for formats of a file a picture, where element by element takes too long.

    Nothing that begins with ``<!`` is let through, so nothing can be declared.

    Returns:
        None for a large or unusual file: ``read_xml`` reads or refuses it, with the line.
    """
    try:
        with plain(path).open("rb") as file:
            text = file.read(_SMALL + 1).decode("utf-8-sig")
    except (OSError, ValueError):
        return None
    return None if len(text) > _SMALL or "<!" in text else text


def small_tree(text: str) -> ET.Element | None:
    """What ``small_text`` gave, or a part of it, as a tree; None where it is no XML."""
    try:
        return ET.fromstring(text)  # noqa: S314  # nosec B314
    except (ValueError, ET.ParseError):
        return None


def root_name(path: Path) -> str:
    """Name of the outermost element, from the first block alone; empty where there is none. Never fails."""
    found: list[str] = []
    reader = _Reader(path.name, lambda element: found.append(element.name), lambda _element, _text: None)
    try:
        with plain(path).open("rb") as file:
            reader.feed(file.read(4096))
    except (AppError, OSError):
        pass  # what came before the mistake counts
    return found[0] if found else ""


def xml_text(text: str) -> str:
    """``text`` as the content of an element."""
    return escape(_NO_XML.sub("\ufffd", text))


def xml_attribute(text: str) -> str:
    """``text`` as the value of an attribute, quotes included."""
    return quoteattr(_NO_XML.sub("\ufffd", text))


class _Reader:
    def __init__(self, name: str, started: Started, ended: Ended) -> None:
        self._name = name
        self._started = started
        self._ended = ended
        self._open: list[Element] = []
        self._texts: dict[int, list[str]] = {}
        self._text_length = 0
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.ExternalEntityRefHandler = self._refuse
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def feed(self, block: bytes) -> None:
        self._parse(block, last=False)

    def close(self) -> None:
        self._parse(b"", last=True)

    def _parse(self, block: bytes, *, last: bool) -> None:
        try:
            self._parser.Parse(block, last)
        except (expat.ExpatError, UnicodeError, LookupError, ValueError) as error:
            # encodings that nobody knows are of the last three kinds
            raise AppError("{0}, line {1} is no XML ({2}): correct the file.", self._name, self._line, error) from error

    @property
    def _line(self) -> int:
        return self._parser.CurrentLineNumber

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = Element(name, attributes, self._name, self._parser.CurrentLineNumber)
        if len(self._open) >= _DEEPEST:
            raise AppError("{0} lies more than {1} elements deep: choose another file.", element.place, _DEEPEST)
        self._open.append(element)
        self._text_length = 0
        self._started(element)

    def _end(self, _name: str) -> None:
        texts = self._texts.pop(len(self._open), None)
        self._ended(self._open.pop(), "".join(texts).strip() if texts else "")

    def _characters(self, text: str) -> None:
        self._text_length += len(text)
        if self._text_length > _LONGEST_TEXT:
            raise AppError("{0}, line {1} is a text without end: choose another file.", self._name, self._line)
        if not text.isspace():
            self._texts.setdefault(len(self._open), []).append(text)

    def _refuse(self, *_arguments: object) -> int:
        raise AppError(
            "{0}, line {1} declares a document type or an entity, which may hide an attack: "
            "take the declaration out of the file.",
            self._name,
            self._line,
        )
